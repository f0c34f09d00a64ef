import { expect, test } from '@jest/globals';
import { createIdentity } from '../unit/identity-world.ts';
import { palarniaDataset } from './identity-company.ts';
import { startStack } from './identity-stack.ts';

const CUSTOMER = 'id sources { reference stale } identity { incomplete unavailable { source code } links { rule } }';
const WHOLE = ['hubspot:company:77', 'hubspot:contact:501', 'fakturownia:client:3', 'woo:customer:12'];
const REFUSED = { errorRate: 1, errorStatus: 403 };

test('a shop that is down: what points at each other is linked, and the answer says what is missing', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  stack.sandbox.control.set('woo', REFUSED);
  const { data, errors } = await createIdentity(stack.ports).ask(
    `{ customer(id: "hubspot:contact:501") { ${CUSTOMER} } }`,
  );
  expect(errors).toBeUndefined();
  expect(data!.customer).toEqual({
    id: 'hubspot:company:77',
    sources: WHOLE.slice(0, 3).map((reference) => ({ reference, stale: false })),
    identity: {
      incomplete: true,
      unavailable: [{ source: 'woo', code: expect.stringMatching(/^UPSTREAM_/) }],
      links: [{ rule: 'CRM_ASSOCIATION' }, { rule: 'TAX_ID' }],
    },
  });
});

test('nothing of an incomplete answer is kept: the next one, with the shop back, is whole', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const { ask } = createIdentity(stack.ports);
  stack.sandbox.control.set('woo', REFUSED);
  await ask(`{ customer(id: "hubspot:contact:501") { ${CUSTOMER} } }`);
  stack.sandbox.control.set('woo', { errorRate: 0 });
  const { data } = await ask(`{ customer(id: "hubspot:contact:501") { ${CUSTOMER} } }`);
  expect(data!.customer).toMatchObject({ identity: { incomplete: false, unavailable: [] } });
  expect(referencesIn(data!.customer)).toEqual([...WHOLE, expect.stringMatching(/^woo:guest:/)]);
});

test('a start that nobody can decide is an error, and takes nothing else of the request along', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  stack.sandbox.control.set('woo', REFUSED);
  const { data, errors } = await createIdentity(stack.ports).ask(`{
    order: customer(id: "woo:order:1") { id }
    unknown: customerByPhone(phone: "699999998") { id }
    shopless: customer(id: "fakturownia:client:4") { id identity { incomplete } }
    nobody: customer(id: "hubspot:contact:999999") { id } }`);
  const code = expect.stringMatching(/^UPSTREAM_/);
  expect(data).toEqual({
    order: null,
    unknown: null,
    shopless: { id: 'fakturownia:client:4', identity: { incomplete: true } },
    nobody: null,
  });
  expect(errors).toHaveLength(2);
  for (const field of ['order', 'unknown']) {
    expect(errors).toContainEqual(expect.objectContaining({ path: [field], extensions: { code, source: 'woo' } }));
  }
});

test('a look-up that finds several is no ambiguity while the source that may join them is away', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  stack.sandbox.control.set('hubspot', REFUSED);
  const { data, errors } = await createIdentity(stack.ports).ask('{ customerByEmail(email: "ewa@dom.pl") { id } }');
  expect(data).toEqual({ customerByEmail: null });
  expect(errors).toMatchObject([{ extensions: { code: expect.stringMatching(/^UPSTREAM_/), source: 'hubspot' } }]);
});

test('with the CRM away a firm still has its invoices and says that records may be missing', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  stack.sandbox.control.set('hubspot', REFUSED);
  const query = `{ customer(id: "fakturownia:client:3") { ${CUSTOMER} } }`;
  const { data, errors } = await createIdentity(stack.ports).ask(query);
  expect(errors).toBeUndefined();
  expect(data!.customer).toMatchObject({
    id: 'fakturownia:client:3',
    sources: [{ reference: 'fakturownia:client:3' }],
    identity: { incomplete: true, unavailable: [{ source: 'hubspot' }] },
  });
});

test.each(['hubspot', 'fakturownia', 'woo'] as const)(
  'a list without %s is an error, not a short list',
  async (vendor) => {
    await using stack = await startStack({ dataset: palarniaDataset() });
    stack.sandbox.control.set(vendor, REFUSED);
    const { data, errors } = await createIdentity(stack.ports).ask('{ customers { nodes { id } } }');
    expect(data).toEqual({ customers: null });
    expect(errors).toMatchObject([{ path: ['customers'], extensions: { code: expect.stringMatching(/^UPSTREAM_/) } }]);
  },
);

function referencesIn(customer: unknown): string[] {
  // Cast: the selection above.
  return (customer as { sources: { reference: string }[] }).sources.map(({ reference }) => reference);
}
