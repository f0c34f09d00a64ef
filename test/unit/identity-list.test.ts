import { expect, test } from '@jest/globals';
import { createIdentity, createWorld, type Identity, party } from './identity-world.ts';

const anna = { firstName: 'Anna', lastName: 'Nowak', emails: ['anna@dom.pl'] };
const jan = { firstName: 'Jan', lastName: 'Lis', emails: ['jan@dom.pl'] };
const palarnia = { legalName: 'Palarnia', nip: '5252445767' };

/** Palarnia (CRM and accounting), Anna (CRM and shop), Hurtownia (accounting), Jan (shop twice), nobody's receipts. */
const RECORDS = [
  party('COMPANY', 1, palarnia),
  party('CONTACT', 2, anna),
  party('CLIENT', 3, palarnia),
  party('CLIENT', 4, { legalName: 'Detal', isRetail: true }),
  party('CLIENT', 5, { legalName: 'Hurtownia', nip: '1060000062' }),
  party('CUSTOMER', 6, anna),
  party('CUSTOMER', 7, { ...jan, createdAt: '2026-02-01T00:00:00.000Z' }),
  party('CUSTOMER', 8, { ...jan, createdAt: '2026-01-01T00:00:00.000Z' }),
  party('GUEST', 9, { emails: ['gosc@dom.pl'] }),
];

test.each([1, 2, 3, 100])('lists each customer once, the CRM’s first, in pages of %i', async (first) => {
  const identity = createIdentity(createWorld(RECORDS).ports);
  const ids = await readAll(identity, { first });
  expect(ids).toEqual(['hubspot:company:1', 'hubspot:contact:2', 'fakturownia:client:5', 'woo:customer:8']);
});

test('goes on behind any customer of a page', async () => {
  const identity = createIdentity(createWorld(RECORDS).ports);
  const { data } = await identity.ask('{ customers { edges { cursor node { id } } } }');
  const { edges } = data!.customers as { edges: { cursor: string; node: { id: string } }[] };
  expect(edges).toHaveLength(4);
  for (const [index, { cursor }] of edges.entries()) {
    const rest = await readAll(identity, { first: 2, after: cursor });
    expect(rest).toEqual(edges.slice(index + 1).map(({ node }) => node.id));
  }
});

test('a search meets a customer by any of its records, and only once', async () => {
  const contact = party('CONTACT', 10, { firstName: 'Anna', lastName: 'Kos', associations: ['hubspot:company:11'] });
  const company = party('COMPANY', 11, {
    legalName: 'Kos',
    associations: ['hubspot:contact:10', 'hubspot:contact:12'],
  });
  const other = party('CONTACT', 12, { firstName: 'Anna', lastName: 'Ptak', associations: ['hubspot:company:11'] });
  const identity = createIdentity(createWorld([...RECORDS, contact, company, other]).ports);
  for (const first of [1, 10]) {
    expect(await readAll(identity, { first, search: ' anna ' })).toEqual(['hubspot:contact:2', 'hubspot:company:11']);
  }
});

test('works for a bounded while: a page may end early, and leads on', async () => {
  const known = Array.from({ length: 30 }, (_, index) => [
    party('CONTACT', index, { emails: [`a${index}@dom.pl`] }),
    party('CLIENT', index, { emails: [`a${index}@dom.pl`] }),
  ]);
  const last = party('CLIENT', 99, { emails: ['z@dom.pl'] });
  const identity = createIdentity(createWorld([...known.flat(), last]).ports);
  const pages = await readPages(identity, { first: 2 });
  expect(pages.at(-1)!.nodes).toEqual([{ id: 'fakturownia:client:99' }]);
  expect(pages.filter(({ nodes }) => nodes.length === 0).length).toBeGreaterThan(0);
  expect(pages.flatMap(({ nodes }) => nodes)).toHaveLength(31);
});

test.each(['first: 101', 'first: -1', 'after: "nonsense"'])('customers(%s) is BAD_USER_INPUT', async (argument) => {
  const { errors } = await createIdentity(createWorld(RECORDS).ports).ask(`{ customers(${argument}) { totalCount } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('a page of none still knows that there are some, and no total is made up', async () => {
  const { data } = await createIdentity(createWorld(RECORDS).ports).ask(
    '{ customers(first: 0) { nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage } } }',
  );
  expect(data!.customers).toEqual({
    nodes: [],
    totalCount: null,
    pageInfo: { hasNextPage: true, hasPreviousPage: false },
  });
});

interface Page {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function readAll(identity: Identity, variables: Variables): Promise<string[]> {
  const pages = await readPages(identity, variables);
  return pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));
}

interface Variables {
  first: number;
  after?: string;
  search?: string;
}

async function readPages({ ask }: Identity, variables: Variables): Promise<Page[]> {
  const pages: Page[] = [];
  let after: string | null = variables.after ?? null;
  do {
    const { data, errors } = await ask(
      `query ($first: Int, $after: String, $search: String) {
        customers(first: $first, after: $after, search: $search) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      { ...variables, after },
    );
    expect(errors).toBeUndefined();
    // Cast: the selection above.
    const page = data!.customers as Page;
    pages.push(page);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return pages;
}
