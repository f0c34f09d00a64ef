import { expect, test } from '@jest/globals';
import { startRows } from './rows-fixture.ts';

const CALLERS = 50;
const REQUESTS = 500;

const ORDERS = `query ($other: ID!) {
  orders(first: 5) { nodes { id number billingEmail customer { claim } } }
  order(id: $other) { id number billingEmail }
}`;

const CUSTOMERS = `query ($other: ID!) {
  customers(first: 5) { nodes { id sources { reference } } }
  customer(id: $other) { id sources { reference } }
}`;

test(`${REQUESTS} requests of ${CALLERS} callers at once, with the same text each: everybody sees what is their own`, async () => {
  await using world = await startRows();
  const { woo } = world.dataset;
  const accounts = [...woo.ordersByCustomer.keys()].sort((left, right) => left - right).slice(0, CALLERS);
  expect(accounts).toHaveLength(CALLERS);
  const ordersOf = (account: number) => woo.ordersByCustomer.get(account)!.map((id) => `woo:order:${id}`);
  const { customers } = world.dataset.truth();
  const truthOf = (account: number) =>
    customers.find(({ references }) => references.includes(`woo:customer:${account}`))!;
  const callers = accounts.map((account) => ({ account, ask: world.as({ own: `woo:customer:${account}` }) }));

  const requests = Array.from({ length: REQUESTS }, async (_, index) => {
    const { account, ask } = callers[index % CALLERS]!;
    const stranger = accounts[(index * 7 + 1) % CALLERS]!;
    const other = stranger === account ? null : ordersOf(stranger)[0]!;
    if (index % 2 === 0) {
      const { data, errors } = await ask('shop', ORDERS, { other: other ?? 'woo:order:0' });
      const { nodes } = data!.orders as { nodes: { number: string }[] };
      // Also of their other accounts.
      const isOwn = nodes.map(({ number }) => truthOf(account).orderNumbers.includes(number));
      return {
        account,
        errors,
        hidden: data!.order,
        isOwn,
        nodes,
      };
    }
    const { data, errors } = await ask('identity', CUSTOMERS, { other: other ?? 'woo:order:0' });
    const { nodes } = data!.customers as { nodes: { id: string; sources: { reference: string }[] }[] };
    const references = nodes.flatMap(({ sources }) => sources.map(({ reference }) => reference));
    // The truth names no guests' records: they belong to their order's buyer.
    const plain = references.filter((reference) => !reference.startsWith('woo:guest:'));
    return {
      account,
      errors,
      hidden: data!.customer,
      isOwn: plain.map((one) => truthOf(account).references.includes(one)),
      nodes,
    };
  });
  for (const { account, errors, hidden, isOwn, nodes } of await Promise.all(requests)) {
    expect({ account, errors, hidden, isOwn: new Set(isOwn) }).toEqual({
      account,
      errors: undefined,
      hidden: null,
      isOwn: new Set([true]),
    });
    expect(nodes.length).toBeGreaterThan(0);
  }
}, 120_000);
