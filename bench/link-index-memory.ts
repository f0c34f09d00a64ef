import { connectRedis } from '../common/redis.ts';
import { createDataset, DEFAULT_AS_OF } from '../sandbox/data/dataset.ts';
import { SANDBOX_CREDENTIALS } from '../sandbox/server/vendors.ts';
import { startSandbox } from '../sandbox/start.ts';
import { createRedisIndex } from '../subgraphs/shared/links/redis-index.ts';
import { createBackgroundContext } from '../subgraphs/shared/upstream/context.ts';
import { createWoocommerceSource } from '../subgraphs/shop/connectors/woocommerce/connector.ts';
import type { Order } from '../subgraphs/shop/model.ts';
import { toOrderEntry } from '../subgraphs/shop/order-index.ts';
import { startRedis } from '../test/setup/redis.ts';

/** How many orders are put, and for how many the result is told. */
const ORDERS = Number(process.env.ORDERS ?? 100_000);
const SCALED_TO = 1_000_000;
const BATCH = 100;

/** All orders of the sandbox's company, as the connector makes them. */
async function readOrders(): Promise<Order[]> {
  await using sandbox = await startSandbox({ dataset: createDataset({ asOf: DEFAULT_AS_OF }) });
  const source = createWoocommerceSource({ name: 'woo', url: sandbox.urls.woo, ...SANDBOX_CREDENTIALS.woo });
  const context = createBackgroundContext({ priority: 'interactive', timeoutMs: 120_000 });
  const ids = [...sandbox.dataset.woo.orders.keys()].map(String);
  const orders = await source.ordersByIds(ids, context);
  await source.close();
  return orders.filter((order) => order !== null);
}

/** Another company's copy of an order: other ids, and another account. */
function copyOf(order: Order, copy: number): Order {
  const shift = copy * 10_000_000;
  const remoteId = String(Number(order.source.remoteId) + shift);
  const { buyer } = order;
  return {
    ...order,
    id: `woo:order:${remoteId}`,
    number: remoteId,
    buyer:
      buyer.type === 'customer'
        ? { type: 'customer', customerId: String(Number(buyer.customerId) + shift) }
        : { type: 'guest', guest: { ...buyer.guest, email: `${copy}.${buyer.guest.email}` } },
    source: { ...order.source, remoteId },
  };
}

await using server = await startRedis();
await using redis = connectRedis({ url: server.url, name: 'bench' });
await redis.untilReady(5000);
const usedBytes = async () => Number(/used_memory:(\d+)/.exec(await redis.client.info('memory'))![1]);

const orders = await readOrders();
const before = await usedBytes();
const index = createRedisIndex({ redis, name: 'woo:orders', hashKey: Buffer.alloc(32, 1) });
const started = performance.now();
let batch: Order[] = [];
for (let count = 0; count < ORDERS; count += 1) {
  batch.push(copyOf(orders[count % orders.length]!, Math.floor(count / orders.length)));
  if (batch.length < BATCH && count < ORDERS - 1) continue;
  await index.put(batch.map(toOrderEntry), { since: 0, round: 1 });
  batch = [];
}
const seconds = (performance.now() - started) / 1000;
const bytes = (await usedBytes()) - before;
const perOrder = bytes / ORDERS;
const json = orders.reduce((sum, order) => sum + JSON.stringify(order).length, 0) / orders.length;

process.stdout.write(`orders put            ${ORDERS} in ${seconds.toFixed(1)} s\n`);
process.stdout.write(`an order as JSON      ${json.toFixed(0)} bytes\n`);
process.stdout.write(`an order in Redis     ${perOrder.toFixed(0)} bytes, all keys included\n`);
process.stdout.write(`1,000,000 orders      ${((perOrder * SCALED_TO) / 1e9).toFixed(2)} GB (bound: 1 GB)\n`);
process.stdout.write(`${JSON.stringify({ orders: ORDERS, bytesPerOrder: Math.round(perOrder) })}\n`);
