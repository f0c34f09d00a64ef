import type { FastifyInstance } from 'fastify';
import { adminSettings, leaveAll, startAdminServer } from '../../common/admin-server.ts';
import { createClock } from '../../common/clock.ts';
import { createLogger } from '../../common/log.ts';
import { createMetrics } from '../../common/metrics/metrics.ts';
import { redisFrom } from '../../common/redis.ts';
import { runService, shutdownSettings } from '../../common/run-service.ts';
import { hostSetting, logLevelSetting, portSetting, timeZoneSetting } from '../../common/service.ts';
import { readSettings, readSources, readTogether } from '../../common/settings.ts';
import { tracingSettings } from '../../common/tracing/settings.ts';
import { startTracer } from '../../common/tracing/start-tracer.ts';
import { addCacheRoutes, cacheSettings, openRecordCache } from '../shared/cache/settings.ts';
import { checkCallers, connectCallers, domainCallerSettings } from '../shared/caller-settings.ts';
import { identityKeysSetting, identityPublicKeySetting } from '../shared/identity-settings.ts';
import { linksOf, syncSettings } from '../shared/links/settings.ts';
import { createPartyAuth } from '../shared/party-http.ts';
import { createSealer } from '../shared/seal.ts';
import { startSubgraphServer } from '../shared/subgraph.ts';
import { createUpstreamBudgets } from '../shared/upstream/budgets.ts';
import { createSourceHealth } from '../shared/upstream/health.ts';
import { webhooksBaseUrlSetting } from '../shared/webhooks/settings.ts';
import { createWebhooks } from '../shared/webhooks/webhooks.ts';
import { createShopSources, shopVendors } from './sources.ts';
import { createShopSubgraph } from './subgraph.ts';
import { createShopWebhooks } from './webhooks.ts';

/** Settings of the shop subgraph as its own service, beside those of its sources. */
export const shopSettings = {
  port: portSetting('4013'),
  host: hostSetting,
  ...adminSettings,
  ...tracingSettings,
  logLevel: logLevelSetting,
  ...shutdownSettings,
  timeZone: timeZoneSetting,
  webhooksBaseUrl: webhooksBaseUrlSetting('4013'),
  identityKeys: identityKeysSetting,
  identityPublicKey: identityPublicKeySetting,
  ...syncSettings,
  ...domainCallerSettings,
  ...cacheSettings,
};

export async function startShop(env: Readonly<Record<string, string | undefined>>) {
  await using started = new AsyncDisposableStack();
  const { settings, configured } = readTogether({
    settings: () => checkCallers(readSettings(shopSettings, env)),
    configured: () => readSources({ env, variable: 'SHOP_SOURCES', vendors: shopVendors }),
  });
  const { port, host, logLevel, timeZone, identityKeys, identityPublicKey } = settings;
  const metrics = createMetrics();
  const log = createLogger({ level: logLevel, name: 'shop' });
  const tracer = started.use(await startTracer(settings, { name: 'jeden-shop', log }));
  const redis = redisFrom(settings, { name: 'jeden-shop', log });
  started.use(redis);
  const { callers, close: closeCallers } = connectCallers(settings, { domain: 'shop', redis, log });
  started.defer(closeCallers);
  const cache = openRecordCache(settings, {
    name: 'jeden-shop-cache',
    redis,
    keys: identityKeys,
    log,
    metrics: metrics.caches,
  });
  started.defer(cache.close);
  const health = createSourceHealth();
  metrics.sources.watch(health.sources);
  const links = linksOf(settings, { cache, redis, identityKeys, log });
  const sources = createShopSources(configured, {
    log,
    onCall: metrics.sources.onCall,
    onRefusal: metrics.sources.onRefusal,
    health,
    budgets: createUpstreamBudgets({ redis, log }),
  });
  const subgraph = createShopSubgraph({
    sources,
    cache,
    links,
    sealer: createSealer(identityKeys),
    clock: createClock({ timeZone }),
    callers,
    health,
    log,
  });
  started.defer(subgraph.close);
  links?.start();
  started.defer(async () => links?.close());
  const webhooks = createWebhooks({
    webhooks: createShopWebhooks(configured),
    cache: links?.watch(cache) ?? cache,
    changed: () => subgraph.changed,
    publicUrl: () => settings.webhooksBaseUrl,
    log,
    redis,
    onWebhook: metrics.sources.onWebhook,
  });
  started.defer(webhooks.close);
  const partyAuth = identityPublicKey ? createPartyAuth({ publicKeys: identityPublicKey }) : undefined;
  const sourcesOf = { shop: configured.map(({ name }) => name) };
  const addOperatorRoutes = (server: FastifyInstance) =>
    addCacheRoutes(server, settings, { cache: links?.watch(cache) ?? cache, sourcesOf });
  const admin = started.use(await startAdminServer({ ...settings, log, metrics, addRoutes: addOperatorRoutes }));
  const server = started.use(
    await startSubgraphServer(subgraph, { port, host, log, metrics, tracer, partyAuth, addRoutes: webhooks.addRoutes }),
  );
  log.info({ url: server.url, admin: admin.url, sources: sources.map(({ name }) => name) }, 'shop is listening');
  const running = started.move();
  const close = () => running.disposeAsync();
  const shutdown = { settings, leave: leaveAll(server, admin) };
  return { url: server.url, adminUrl: admin.url, shutdown, close, [Symbol.asyncDispose]: close };
}

if (import.meta.main) await runService(() => startShop(process.env));
