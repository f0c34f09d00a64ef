import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { adminSettings, leaveAll, startAdminServer } from '../../common/admin-server.ts';
import type { CallerVerifier } from '../../common/caller-header.ts';
import { createLogger } from '../../common/log.ts';
import { createMetrics } from '../../common/metrics/metrics.ts';
import { redisFrom } from '../../common/redis.ts';
import { runService, shutdownSettings } from '../../common/run-service.ts';
import { hostSetting, logLevelSetting, portSetting } from '../../common/service.ts';
import { readSettings, setting } from '../../common/settings.ts';
import { tracingSettings } from '../../common/tracing/settings.ts';
import { startTracer } from '../../common/tracing/start-tracer.ts';
import { addCacheRoutes, cacheSettings, openRecordCache } from '../shared/cache/settings.ts';
import { callerSettings, checkCallers, verifierFrom } from '../shared/caller-settings.ts';
import { addIdentityRoutes } from '../shared/identity-http.ts';
import { identityKeysSetting, identityPrivateKeySetting } from '../shared/identity-settings.ts';
import { createPartyClient } from '../shared/party-http.ts';
import { createSealer } from '../shared/seal.ts';
import { serviceUrlSetting } from '../shared/service-url.ts';
import { startSubgraphServer } from '../shared/subgraph.ts';
import { DOMAINS, type Domain } from './domains.ts';
import { NO_OPERATOR_LINKS, readLinksFile } from './links-file.ts';
import { createIdentitySubgraph } from './subgraph.ts';

/** Settings of the identity subgraph as its own service. */
export const identitySettings = {
  port: portSetting('4011'),
  host: hostSetting,
  ...adminSettings,
  ...tracingSettings,
  logLevel: logLevelSetting,
  ...shutdownSettings,
  identityKeys: identityKeysSetting,
  identityPrivateKey: identityPrivateKeySetting,
  ...callerSettings,
  ...cacheSettings,
  crmUrl: serviceUrlSetting('CRM_URL', 'http://127.0.0.1:4012'),
  shopUrl: serviceUrlSetting('SHOP_URL', 'http://127.0.0.1:4013'),
  accountingUrl: serviceUrlSetting('ACCOUNTING_URL', 'http://127.0.0.1:4014'),
  operatorLinks: setting({
    name: 'LINKS_FILE',
    schema: z.string().transform(toOperatorLinks),
    default: null,
    description: 'JSON file that forces or forbids links: {"link": [[reference, reference]], "forbid": []}',
  }),
};

export async function startIdentity(env: Readonly<Record<string, string | undefined>>) {
  await using started = new AsyncDisposableStack();
  const settings = checkCallers(readSettings(identitySettings, env));
  const { port, host, logLevel, identityKeys, identityPrivateKey: privateKey, operatorLinks } = settings;
  const metrics = createMetrics();
  const log = createLogger({ level: logLevel, name: 'identity' });
  const tracer = started.use(await startTracer(settings, { name: 'jeden-identity', log }));
  const redis = redisFrom(settings, { name: 'jeden-identity', log });
  started.use(redis);
  const verifierOf = verifierFrom(settings, { redis, log });
  const connect = (audience: Domain, url: string) => createPartyClient({ url, audience, privateKey });
  const ports = {
    crm: connect('crm', settings.crmUrl),
    shop: connect('shop', settings.shopUrl),
    accounting: connect('accounting', settings.accountingUrl),
  };
  for (const client of Object.values(ports)) started.defer(client.close);
  const cache = openRecordCache(settings, {
    name: 'jeden-identity-cache',
    redis,
    keys: identityKeys,
    log,
    metrics: metrics.caches,
  });
  started.defer(cache.close);
  const subgraph = createIdentitySubgraph({
    ports,
    cache,
    sealer: createSealer(identityKeys),
    operatorLinks: operatorLinks ?? NO_OPERATOR_LINKS,
    verifyCaller: verifierOf?.('identity'),
    log,
  });
  started.defer(subgraph.close);
  const verifiers = new Map<string, CallerVerifier>(
    verifierOf ? DOMAINS.map((domain) => [domain, verifierOf(domain)]) : [],
  );
  const addRoutes = (app: FastifyInstance) =>
    addIdentityRoutes(app, subgraph.identity, (domain) => verifiers.get(domain));
  const { tracesOf } = subgraph;
  const addOperatorRoutes = (server: FastifyInstance) =>
    addCacheRoutes(server, settings, { cache, sourcesOf: { identity: ['identity'] }, tracesOf });
  const admin = started.use(await startAdminServer({ ...settings, log, metrics, addRoutes: addOperatorRoutes }));
  const server = started.use(await startSubgraphServer(subgraph, { port, host, log, metrics, tracer, addRoutes }));
  log.info({ url: server.url, admin: admin.url }, 'identity is listening');
  const running = started.move();
  const close = () => running.disposeAsync();
  const shutdown = { settings, leave: leaveAll(server, admin) };
  return { url: server.url, adminUrl: admin.url, shutdown, close, [Symbol.asyncDispose]: close };
}

function toOperatorLinks(path: string, context: z.RefinementCtx) {
  try {
    return readLinksFile(path);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'expected a readable file' });
    return z.NEVER;
  }
}

if (import.meta.main) await runService(() => startIdentity(process.env));
