import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Ask, type RowsWorld, type SubgraphName, startRows } from './rows-fixture.ts';
import { listQuery } from './rows-paths.ts';

let world: RowsWorld;
let rows: Record<'orders' | 'invoices', Row[]>;
let customers: Row[];

/** One row of a root list, with whose it is as somebody with all rights is told. */
interface Row {
  id: string;
  customer: string | null;
  channel: string | null;
}

beforeAll(async () => {
  world = await startRows();
  const all = world.as('all');
  const [orders, invoices, everybody] = await Promise.all([
    readAll(all, 'shop', 'orders', 100),
    readAll(all, 'accounting', 'invoices', 100),
    readAll(all, 'identity', 'customers', 100),
  ]);
  rows = { orders: await withCustomers(orders.nodes), invoices: await withCustomers(invoices.nodes) };
  customers = everybody.nodes.map(({ id }) => ({ id, customer: id, channel: null }));
}, 120_000);

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

interface Node {
  id: string;
  customer?: { claim: string } | null;
  channel?: { code: string } | null;
}

interface Page {
  totalCount: number | null;
  nodes: Node[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const SELECTIONS = {
  orders: 'id number customer { claim } channel { code }',
  invoices: 'id number customer { claim }',
  customers: 'id displayName',
} as const;

type List = keyof typeof SELECTIONS;

async function readPage(
  ask: Ask,
  subgraph: SubgraphName,
  list: List,
  variables: { first: number; after: string | null },
): Promise<Page> {
  const { data, errors } = await ask(subgraph, listQuery(list, SELECTIONS[list]), variables);
  if (errors) throw new Error(JSON.stringify(errors));
  // Cast: the selection.
  return data![list] as Page;
}

async function readAll(ask: Ask, subgraph: SubgraphName, list: List, first: number) {
  const pages: Page[] = [];
  let after: string | null = null;
  do {
    const page = await readPage(ask, subgraph, list, { first, after });
    pages.push(page);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  const nodes = pages.flatMap((page) => page.nodes);
  return { nodes, pages, totals: pages.map(({ totalCount }) => totalCount) };
}

/** Whose each is, from identity, asked with all rights. */
async function withCustomers(nodes: readonly Node[]): Promise<Row[]> {
  const claims = [...new Set(nodes.flatMap(({ customer }) => customer?.claim ?? []))];
  const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { id } } }';
  const of = claims.map((claim) => ({ __typename: 'Customer', claim }));
  const { data } = await world.as('all')('identity', query, { of });
  const found = data!._entities as ({ id: string } | null)[];
  const ids = new Map(claims.map((claim, index) => [claim, found[index]?.id ?? null]));
  return nodes.map(({ id, customer, channel }) => ({
    id,
    customer: ids.get(customer?.claim ?? '') ?? null,
    channel: channel?.code ?? null,
  }));
}

/** The customers with rows in both lists, those with the fewest orders first. */
function buyers(): string[] {
  const counts = Map.groupBy(rows.orders, ({ customer }) => customer);
  const invoiced = new Set(rows.invoices.map(({ customer }) => customer));
  const ids = [...counts.keys()].filter((id) => id !== null && invoiced.has(id)) as string[];
  return ids.sort((left, right) => counts.get(left)!.length - counts.get(right)!.length || (left < right ? -1 : 1));
}

const SUBGRAPH_OF = { orders: 'shop', invoices: 'accounting', customers: 'identity' } as const;

/** Reads a list in small pages and compares it with what is allowed of the whole. */
async function expectExactly(rules: unknown, list: List, isAllowed: (row: Row) => boolean, first = 7): Promise<void> {
  const { nodes, totals, pages } = await readAll(world.as(rules), SUBGRAPH_OF[list], list, first);
  const whole = list === 'customers' ? customers : rows[list];
  const expected = whole.filter(isAllowed).map(({ id }) => id);
  const ids = nodes.map(({ id }) => id);
  expect([list, rules, ids.toSorted()]).toEqual([list, rules, expected.toSorted()]);
  // A count is the caller's own, or none is told.
  for (const total of totals) expect([null, expected.length]).toContain(total);
  for (const { edges, nodes: own } of pages) expect(edges.map(({ node }) => node.id)).toEqual(own.map(({ id }) => id));
  if (list !== 'customers') expect(ids).toEqual(expected);
}

test('one customer’s, and some customers’, are all that a partner’s lists hold, in order, and counted', async () => {
  const [first = '', ...others] = buyers();
  for (const allowed of [[first], others.slice(20, 25)]) {
    const isAllowed = ({ customer }: Row) => customer !== null && allowed.includes(customer);
    for (const list of ['orders', 'invoices', 'customers'] as const) {
      await expectExactly({ customers: allowed }, list, isAllowed);
    }
  }
});

test('a shopper’s lists hold what is theirs', async () => {
  const own = buyers()[10]!;
  for (const list of ['orders', 'invoices', 'customers'] as const) {
    await expectExactly({ own }, list, ({ customer }) => customer === own);
  }
});

test('more customers than can be listed: what they have is looked for, each row judged by itself', async () => {
  const allowed = buyers().slice(-60);
  const isAllowed = ({ customer }: Row) => customer !== null && allowed.includes(customer);
  await expectExactly({ customers: allowed }, 'invoices', isAllowed, 50);
  await expectExactly({ customers: allowed }, 'customers', isAllowed, 50);
}, 60_000);

test('a salesperson’s lists hold the customers they look after', async () => {
  const { hubspot } = world.dataset;
  const [person] = [...hubspot.owners.values()];
  const mine = new Set(
    [...hubspot.companies.values(), ...hubspot.contacts.values()]
      .filter(({ ownerId }) => ownerId === person!.id)
      .map((record) => `hubspot:${'nip' in record ? 'company' : 'contact'}:${record.id}`),
  );
  const all = world.as('all');
  const answers = await Promise.all(
    customers.map(({ id }) =>
      all('identity', 'query ($id: ID!) { customer(id: $id) { sources { reference } } }', { id }),
    ),
  );
  const owned = new Set(
    customers
      .filter((_, index) => {
        const { sources } = answers[index]!.data!.customer as { sources: { reference: string }[] };
        return sources.some(({ reference }) => mine.has(reference));
      })
      .map(({ id }) => id),
  );
  expect(owned.size).toBeGreaterThan(3);
  const isAllowed = ({ customer }: Row) => customer !== null && owned.has(customer);
  await expectExactly({ owner: `hubspot:owner:${person!.id}` }, 'customers', isAllowed);
  await expectExactly({ owner: `hubspot:owner:${person!.id}` }, 'invoices', isAllowed, 50);
}, 60_000);

test('a channel’s orders are looked for among all; too many to look through, and the answer says what would help', async () => {
  const code = 'admin';
  const own = rows.orders.filter(({ channel }) => channel === code);
  const ask = world.as({ channels: [code] });
  const { errors } = await ask('shop', listQuery('orders', 'id'), { first: 100 });
  expect(rows.orders.length).toBeGreaterThan(1000);
  expect(errors).toMatchObject([{ extensions: { code: 'FILTER_NOT_SUPPORTED', source: 'woo' } }]);
  const some = `query ($after: String) { orders(first: 5, after: $after, filter: { placed: { from: "2026-06-01" } }) {
    totalCount nodes { id channel { code } customer { claim } } pageInfo { hasNextPage endCursor } } }`;
  const found: Node[] = [];
  let after: string | null = null;
  do {
    const answer = await ask('shop', some, { after });
    expect(answer.errors).toBeUndefined();
    const page = answer.data!.orders as Page;
    found.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(found.length).toBeGreaterThan(5);
  expect(found.map(({ id }) => id)).toEqual(own.map(({ id }) => id).slice(0, found.length));
  expect(new Set(found.map((order) => order.channel?.code))).toEqual(new Set([code]));
  expect(new Set(found.map(({ customer }) => customer))).toEqual(new Set([null]));
}, 60_000);

test('who may see nothing gets the lists of an empty company, without any call to a vendor', async () => {
  world.sandbox.control.resetCalls();
  for (const rules of ['none', { customers: [] }, { own: 'woo:customer:1', channels: [] }]) {
    for (const list of ['orders', 'invoices', 'customers'] as const) {
      const page = await readPage(world.as(rules), SUBGRAPH_OF[list], list, { first: 5, after: null });
      expect(page).toMatchObject({ nodes: [], edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
    }
  }
  expect(Object.values(world.sandbox.control.calls()).map(({ total }) => total)).toEqual([0, 0, 0]);
});

test('a partner’s lists are read from the partner’s customers, not from the whole company', async () => {
  const [one, other] = buyers();
  await using fresh = await startRows();
  await fresh.as({ customers: [one, other] })('shop', listQuery('orders', 'id number'), { first: 20 });
  const lists = fresh.sandbox.control.calls().woo.list.filter(({ route }) => route === 'GET /wp-json/wc/v3/orders');
  expect(lists.length).toBeGreaterThan(0);
  // By account, or by what identity looks for.
  const narrowing = ['customer', 'search', 'include'];
  expect(lists.filter(({ queryKeys }) => !queryKeys.some((key) => narrowing.includes(key)))).toEqual([]);
}, 60_000);

test('what is hidden costs the vendors what nothing costs: the time tells no more than the answer', async () => {
  const [one, other] = buyers();
  const hidden = rows.orders.find(({ customer }) => customer === other)!;
  await using fresh = await startRows();
  const ask = fresh.as({ customers: [one] });
  const query = 'query ($id: ID!) { order(id: $id) { id } }';
  await ask('shop', query, { id: 'woo:order:999999998' });
  const costOf = async (id: string) => {
    fresh.sandbox.control.resetCalls();
    expect(await ask('shop', query, { id })).toEqual({ data: { order: null } });
    return Object.values(fresh.sandbox.control.calls()).map(({ byRoute }) => byRoute);
  };
  const absent = await costOf('woo:order:999999999');
  expect(await costOf(hidden.id)).toEqual(absent);
  expect(absent).toEqual([{}, { 'GET /wp-json/wc/v3/orders': 1 }, {}]);
}, 60_000);

test('a search finds among the caller’s customers alone, and does not show how many others it could find', async () => {
  const named = customers.filter(({ customer }) => customer !== null).slice(0, 40);
  const ask = world.as({ customers: named.slice(0, 3).map(({ id }) => id) });
  const query = `query ($search: String) { customers(search: $search, first: 2) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;
  const { data } = await world.as('all')('identity', listQuery('customers', 'id displayName'), { first: 40 });
  const names = (data!.customers as { nodes: { id: string; displayName: string }[] }).nodes;
  for (const { id, displayName } of names.slice(0, 6)) {
    const answer = await ask('identity', query, { search: displayName });
    const { nodes, pageInfo } = answer.data!.customers as Page;
    const isMine = named.slice(0, 3).some((one) => one.id === id);
    expect([displayName, nodes.some((node) => node.id === id)]).toEqual([displayName, isMine]);
    if (!isMine)
      expect({ nodes, pageInfo }).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  }
});

test('cursors of what was looked through are sealed: they tell no ids and no counts of what is hidden', async () => {
  const allowed = buyers().slice(-60);
  const page = await readPage(world.as({ customers: allowed }), 'accounting', 'invoices', { first: 3, after: null });
  for (const { cursor } of page.edges) {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    const [, ...positions] = JSON.parse(text) as string[];
    expect(positions.filter((_, index) => index % 2 === 1)).toEqual([expect.stringMatching(/^[a-z0-9]+\.[\w-]{30,}$/)]);
  }
}, 60_000);
