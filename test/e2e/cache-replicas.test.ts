import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { VENDORS } from '../../sandbox/server/vendors.ts';
import { CUSTOMER_360 } from './customer-360.ts';
import { type Company, type Replica, startCompany } from './replicas.ts';
import { knownToAll } from './unavoidable-calls.ts';
import { changesAt } from './vendor-changes.ts';

let company: Company;
let replicas: Replica[];
beforeAll(async () => {
  company = await startCompany({ sandbox: { customers: 300 } });
  replicas = [await company.startReplica(), await company.startReplica()];
  company.sendWebhooksTo(replicas[0]!);
}, 120_000);
afterAll(async () => {
  await company[Symbol.asyncDispose]();
});

const ORDERS = 'query ($id: ID!) { customer(id: $id) { orders(first: 100) { nodes { id statusRaw } } } }';

interface Orders {
  customer: { orders: { nodes: { id: string; statusRaw: string }[] } };
}

/** The routes of the calls that reached the systems meanwhile. */
async function callsDuring(task: () => Promise<unknown>): Promise<Record<string, number>> {
  const { control } = company.sandbox;
  control.resetCalls();
  await task();
  return Object.assign({}, ...Object.values(control.calls()).map(({ byRoute }) => byRoute));
}

test('what one replica has read costs the other nothing, and is the same there', async () => {
  const [truth] = knownToAll(company.sandbox.dataset);
  const variables = { id: truth!.references[0] };
  const first = await replicas[0]!.data(CUSTOMER_360, variables);
  let second: unknown;
  const calls = await callsDuring(async () => {
    second = await replicas[1]!.data(CUSTOMER_360, variables);
  });
  expect(calls).toEqual({});
  expect(second).toEqual(first);
});

test('a change of one record costs one call; both replicas then serve the new value, and never the old one again', async () => {
  const vendor = changesAt(company.sandbox);
  const { id, order } = await findOrder();
  const seen: string[][] = [[], []];
  let isOn = true;
  const readers = replicas.flatMap((replica, index) =>
    Array.from({ length: 4 }, async () => {
      while (isOn) seen[index]!.push(await statusOf(replica, id, order));
    }),
  );
  const statuses = ['processing', 'on-hold', 'completed', 'cancelled', 'processing', 'on-hold'];
  const change = async () => {
    for (const status of statuses) {
      await vendor.order(order.split(':')[2]!, { status });
      await company.sandbox.control.webhooksIdle();
      await Promise.all(replicas.map((replica) => untilStatus(replica, id, order, status)));
      for (const list of seen) list.length = 0;
      // Whatever is served from now on, under load from both, is the new value.
      await Promise.all(Array.from({ length: 40 }, (_, n) => statusOf(replicas[n % 2]!, id, order)));
      expect(new Set(seen.flat())).toEqual(new Set([status]));
    }
  };
  const calls = await callsDuring(change).finally(async () => {
    isOn = false;
    await Promise.all(readers);
  });
  expect(calls).toEqual({
    'PUT /wp-json/wc/v3/orders/:id': statuses.length,
    'GET /wp-json/wc/v3/orders': statuses.length,
  });
});

test('a thousand requests for what nobody has read make one call; two hundred for fifty records make fifty or fewer', async () => {
  const query = 'query ($id: ID!) { order(id: $id) { id number } }';
  const ids = [...company.sandbox.dataset.woo.orders.keys()].slice(-51).map((id) => `woo:order:${id}`);
  const ask = (id: string, n: number) => replicas[n % replicas.length]!.data(query, { id });
  const one = await callsDuring(() => Promise.all(Array.from({ length: 1000 }, (_, n) => ask(ids[0]!, n))));
  expect(one).toEqual({ 'GET /wp-json/wc/v3/orders': 1 });
  const fifty = ids.slice(1);
  const many = await callsDuring(() => Promise.all(Array.from({ length: 200 }, (_, n) => ask(fifty[n % 50]!, n))));
  expect(Object.keys(many)).toEqual(['GET /wp-json/wc/v3/orders']);
  expect(many['GET /wp-json/wc/v3/orders']).toBeLessThanOrEqual(50);
}, 60_000);

/** An order of a customer whom both replicas have read. */
async function findOrder(): Promise<{ id: string; order: string }> {
  for (const { references } of knownToAll(company.sandbox.dataset).slice(1)) {
    const id = references[0]!;
    const [order] = (await replicas[0]!.data<Orders>(ORDERS, { id })).customer.orders.nodes;
    if (!order) continue;
    await replicas[1]!.data(ORDERS, { id });
    return { id, order: order.id };
  }
  throw new Error('The sandbox has no orders');
}

async function statusOf(replica: Replica, id: string, order: string): Promise<string> {
  const { customer } = await replica.data<Orders>(ORDERS, { id });
  return customer.orders.nodes.find((one) => one.id === order)!.statusRaw;
}

async function untilStatus(replica: Replica, id: string, order: string, wanted: string): Promise<void> {
  const end = performance.now() + 10_000;
  while ((await statusOf(replica, id, order)) !== wanted) {
    if (performance.now() > end) throw new Error(`Not ${wanted} within 10 s`);
  }
}

test('a customer whom one replica has identified is known to the other, whose own systems may hang meanwhile', async () => {
  const { dataset } = company.sandbox;
  // Whatever else is kept is gone at once.
  await using own = await startCompany({ sandbox: { dataset }, env: { CACHE_TTL: '*:*=1ms' } });
  const [one, other] = [await own.startReplica(), await own.startReplica()];
  const variables = { id: knownToAll(dataset)[0]!.references[0] };
  const query = 'query ($id: ID!) { customer(id: $id) { id displayName sources { reference stale } } }';
  const known = await one.data(query, variables);
  for (const vendor of VENDORS) own.sandbox.control.set(vendor, { mode: 'hang' });
  own.sandbox.control.resetCalls();
  expect(await other.data(query, variables)).toEqual(known);
  expect(Object.values(own.sandbox.control.calls()).map(({ byRoute }) => byRoute)).toEqual([{}, {}, {}]);
}, 60_000);
