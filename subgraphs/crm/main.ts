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
import { createPartyAuth } from '../shared/party-http.ts';
import { createSealer } from '../shared/seal.ts';
import { startSubgraphServer } from '../shared/subgraph.ts';
import { createUpstreamBudgets } from '../shared/upstream/budgets.ts';
import { createSourceHealth } from '../shared/upstream/health.ts';
import { webhooksBaseUrlSetting } from '../shared/webhooks/settings.ts';
import { createWebhooks } from '../shared/webhooks/webhooks.ts';
import { createRedisWriteMemory } from '../shared/write-memory.ts';
import { createCrmSources, crmVendors } from './sources.ts';
import { createCrmSubgraph } from './subgraph.ts';
import { createCrmWebhooks } from './webhooks.ts';

/** Settings of the CRM subgraph as its own service, beside those of its sources. */
export const crmSettings = {
  port: portSetting('4012'),
  host: hostSetting,
  ...adminSettings,
  ...tracingSettings,
  logLevel: logLevelSetting,
  ...shutdownSettings,
  timeZone: timeZoneSetting,
  webhooksBaseUrl: webhooksBaseUrlSetting('4012'),
  identityKeys: identityKeysSetting,
  identityPublicKey: identityPublicKeySetting,
  ...domainCallerSettings,
  ...cacheSettings,
};

export async function startCrm(env: Readonly<Record<string, string | undefined>>) {
  await using started = new AsyncDisposableStack();
  const { settings, configured } = readTogether({
    settings: () => checkCallers(readSettings(crmSettings, env)),
    configured: () => readSources({ env, variable: 'CRM_SOURCES', vendors: crmVendors }),
  });
  const { port, host, logLevel, timeZone, identityKeys, identityPublicKey } = settings;
  const metrics = createMetrics();
  const log = createLogger({ level: logLevel, name: 'crm' });
  const tracer = started.use(await startTracer(settings, { name: 'jeden-crm', log }));
  const redis = redisFrom(settings, { name: 'jeden-crm', log });
  started.use(redis);
  const { callers, close: closeCallers } = connectCallers(settings, { domain: 'crm', redis, log });
  started.defer(closeCallers);
  const writes = redis ? createRedisWriteMemory(redis) : undefined;
  const cache = openRecordCache(settings, {
    name: 'jeden-crm-cache',
    redis,
    keys: identityKeys,
    log,
    metrics: metrics.caches,
  });
  started.defer(cache.close);
  const health = createSourceHealth();
  metrics.sources.watch(health.sources);
  const { onCall, onRefusal } = metrics.sources;
  const sources = createCrmSources(configured, {
    cache,
    clock: createClock({ timeZone }),
    log,
    onCall,
    onRefusal,
    health,
    budgets: createUpstreamBudgets({ redis, log }),
  });
  const subgraph = createCrmSubgraph({ sources, sealer: createSealer(identityKeys), callers, health, writes, log });
  started.defer(subgraph.close);
  const webhooks = createWebhooks({
    webhooks: createCrmWebhooks(configured),
    cache,
    changed: () => subgraph.changed,
    publicUrl: () => settings.webhooksBaseUrl,
    log,
    redis,
    onWebhook: metrics.sources.onWebhook,
  });
  started.defer(webhooks.close);
  const partyAuth = identityPublicKey ? createPartyAuth({ publicKeys: identityPublicKey }) : undefined;
  const sourcesOf = { crm: configured.map(({ name }) => name) };
  const addOperatorRoutes = (server: FastifyInstance) => addCacheRoutes(server, settings, { cache, sourcesOf });
  const admin = started.use(await startAdminServer({ ...settings, log, metrics, addRoutes: addOperatorRoutes }));
  const server = started.use(
    await startSubgraphServer(subgraph, { port, host, log, metrics, tracer, partyAuth, addRoutes: webhooks.addRoutes }),
  );
  log.info({ url: server.url, admin: admin.url, sources: sources.map(({ name }) => name) }, 'crm is listening');
  const running = started.move();
  const close = () => running.disposeAsync();
  const shutdown = { settings, leave: leaveAll(server, admin) };
  return { url: server.url, adminUrl: admin.url, shutdown, close, [Symbol.asyncDispose]: close };
}

if (import.meta.main) await runService(() => startCrm(process.env));
