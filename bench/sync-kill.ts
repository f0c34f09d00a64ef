import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { connectRedis } from '../common/redis.ts';
import { createDataset, DEFAULT_AS_OF } from '../sandbox/data/dataset.ts';
import { putOrder } from '../sandbox/data/put.ts';
import type { WooStore } from '../sandbox/data/records.ts';
import { SANDBOX_CREDENTIALS } from '../sandbox/server/vendors.ts';
import { startSandbox } from '../sandbox/start.ts';
import { createLinks } from '../subgraphs/shared/links/links.ts';
import { createRecordCache } from '../subgraphs/shared/record-cache.ts';
import { createBackgroundContext } from '../subgraphs/shared/upstream/context.ts';
import { createWoocommerceSource } from '../subgraphs/shop/connectors/woocommerce/connector.ts';
import { toEmailKey } from '../subgraphs/shop/guests.ts';
import type { Order } from '../subgraphs/shop/model.ts';
import { accountTag, guestTag, indexOrders } from '../subgraphs/shop/order-index.ts';
import { startRedis } from '../test/setup/redis.ts';

/**
 * Syncs a shop's orders in a process that is killed at random, and compares what came of it with the shop, order by
 * order: none missing, none twice. ORDERS and KILLS by the environment.
 */
const ORDERS = Number(process.env.ORDERS ?? 100_000);
const KILLS = Number(process.env.KILLS ?? 10);

/** Copies of the company's orders, a few seconds apart, so that there are as many as wanted. */
function multiplyOrders(store: WooStore): void {
  const own = [...store.orders.values()];
  for (let copy = 1; store.orders.size < ORDERS; copy += 1) {
    for (const order of own) {
      if (store.orders.size >= ORDERS) return;
      const id = order.id + copy * 1_000_000;
      putOrder(store, { ...order, id, number: String(id), modifiedAt: order.modifiedAt + copy * 3000 });
    }
  }
}

const dataset = createDataset({ asOf: DEFAULT_AS_OF });
multiplyOrders(dataset.woo);
await using sandbox = await startSandbox({ dataset });
await using server = await startRedis();
// It compares; it serves nobody who waits.
await using redis = connectRedis({ url: server.url, name: 'bench', timeoutMs: 60_000 });
await redis.untilReady(5000);
const links = createLinks({
  cache: createRecordCache(),
  redis,
  hashKey: Buffer.alloc(32, 1),
  maxAgeMs: 3_600_000,
});
await using source = withDispose(
  createWoocommerceSource({ name: 'woo', url: sandbox.urls.woo, ...SANDBOX_CREDENTIALS.woo }),
);
const index = indexOrders(source, links)!;

function withDispose<T extends { close(): Promise<void> }>(closable: T): T & AsyncDisposable {
  return { ...closable, [Symbol.asyncDispose]: () => closable.close() };
}

function startWorker(): ChildProcess {
  const worker = new URL('./sync-worker.ts', import.meta.url).pathname;
  return spawn(process.execPath, ['--no-warnings', worker, sandbox.urls.woo, server.url], { stdio: 'inherit' });
}

const statusOf = async () => (await links.statusOf('woo'))!;

const orders = [...dataset.woo.orders.values()];
const lastChange = Math.max(...orders.map(({ modifiedAt }) => modifiedAt));

/** Changes an order in the shop, as the latest of all changes. */
function changeOne(after: number): void {
  const order = orders[Math.floor(Math.random() * orders.length)]!;
  order.customerNote = 'changed meanwhile';
  order.modifiedAt = lastChange + after * 1000;
}

const started = performance.now();
for (let kill = 1; kill <= KILLS; kill += 1) {
  const worker = startWorker();
  // Somewhere in its part of the way, and in the middle of whatever it does then.
  const until = ((kill - 1 + Math.random()) / KILLS) * ORDERS;
  while (((await links.statusOf('woo'))?.recordsSeen ?? 0) < until) await wait(100);
  await wait(Math.random() * 500);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  changeOne(kill);
  const { phase, recordsSeen } = await statusOf();
  process.stdout.write(`killed ${String(kill).padStart(2)}   ${phase}, ${recordsSeen} orders seen\n`);
}
const worker = startWorker();
const changedAt = Date.now();
const isDone = async () => {
  const { phase, lastSuccessAt } = await statusOf();
  return phase === 'WAITING' && Date.parse(lastSuccessAt ?? '') > changedAt;
};
while (!(await isDone())) await wait(500);
worker.kill('SIGKILL');
const seconds = (performance.now() - started) / 1000;

const { missing, twice, different } = await compare();
const kept = await index.links.count();
process.stdout.write(`synced      ${kept} of ${dataset.woo.orders.size} orders in ${seconds.toFixed(0)} s\n`);
process.stdout.write(`${JSON.stringify({ orders: ORDERS, kills: KILLS, kept, missing, twice, different })}\n`);
process.exitCode = missing + twice + different === 0 && kept === dataset.woo.orders.size ? 0 : 1;

/** Every list of the index against the shop's own data. */
async function compare() {
  const context = createBackgroundContext({ priority: 'interactive', timeoutMs: 600_000 });
  const parents = new Set<string>();
  let withoutParent = 0;
  for (const { customerId, billing } of dataset.woo.orders.values()) {
    if (customerId !== 0) parents.add(accountTag('woo', String(customerId)));
    else if (toEmailKey(billing.email) !== '') parents.add(guestTag('woo', toEmailKey(billing.email)));
    else withoutParent += 1;
  }
  const seen = new Map<string, Order>();
  let twice = 0;
  for (const parent of parents) {
    const orders = await index.list(parent, context);
    if (orders === null) throw new Error('Expected the index to be complete');
    for (const order of orders) {
      if (seen.has(order.id)) twice += 1;
      seen.set(order.id, order);
    }
  }
  let different = 0;
  for (const order of seen.values()) {
    const { modifiedAt, customerNote } = dataset.woo.orders.get(Number(order.source.remoteId))!;
    const second = Math.floor(modifiedAt / 1000) * 1000;
    if (Date.parse(order.updatedAt!) !== second || (order.customerNote ?? '') !== customerNote) different += 1;
  }
  return { missing: dataset.woo.orders.size - withoutParent - seen.size, twice, different };
}
