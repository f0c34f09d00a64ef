import { connectRedis } from '../common/redis.ts';
import { SANDBOX_CREDENTIALS } from '../sandbox/server/vendors.ts';
import { createLinks } from '../subgraphs/shared/links/links.ts';
import { createRecordCache } from '../subgraphs/shared/record-cache.ts';
import { createWoocommerceSource } from '../subgraphs/shop/connectors/woocommerce/connector.ts';
import { indexOrders } from '../subgraphs/shop/order-index.ts';

/** A replica that does nothing but sync, until it is killed: `sync-worker.ts <shop's address> <redis address>`. */
const [wooUrl, redisUrl] = process.argv.slice(2);
const redis = connectRedis({ url: redisUrl!, name: 'sync-worker' });
await redis.untilReady(5000);
const links = createLinks({
  cache: createRecordCache(),
  redis,
  hashKey: Buffer.alloc(32, 1),
  intervalMs: 1000,
  leaseMs: 5000,
});
indexOrders(createWoocommerceSource({ name: 'woo', url: wooUrl!, ...SANDBOX_CREDENTIALS.woo }), links);
links.start();
// The sync alone keeps no process alive.
setInterval(() => {}, 60_000);
