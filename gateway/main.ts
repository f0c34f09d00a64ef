import { hkdfSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { leaveAll, startAdminServer } from '../common/admin-server.ts';
import { createLogger, type Logger } from '../common/log.ts';
import { createMetrics } from '../common/metrics/metrics.ts';
import { runService } from '../common/run-service.ts';
import { readSettings, readTogether, SettingsError } from '../common/settings.ts';
import { startTracer } from '../common/tracing/start-tracer.ts';
import { createAdmission } from './admission-settings.ts';
import { startAudit } from './audit/start-audit.ts';
import { createAuthorization } from './authorization-settings.ts';
import { addInvalidationRoute } from './entity-cache/invalidation-route.ts';
import { openEntityCache } from './entity-cache/settings.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { gatewaySettings } from './settings.ts';
import { readSubgraphUrls } from './supergraph/subgraph-urls.ts';
import { watchFile } from './supergraph/watch-file.ts';
import { createHttpTransports } from './transport/http-transport.ts';

/** Starts the gateway as its own service: any federation 2 supergraph, with its subgraphs over HTTP. */
export async function startGateway(env: Readonly<Record<string, string | undefined>>, options: { log?: Logger } = {}) {
  await using started = new AsyncDisposableStack();
  const { settings, urls } = readTogether({
    settings: () => readSettings(gatewaySettings, env),
    urls: () => readSubgraphUrls(env),
  });
  const { port, host, supergraph: path, graphiql, corsOrigins, subgraphConnections, logLevel } = settings;
  const log = options.log ?? createLogger({ level: logLevel, name: 'gateway' });
  const metrics = createMetrics();
  const tracer = started.use(await startTracer(settings, { name: 'jeden-gateway', log }));
  const supergraphSdl = await readSupergraph(path);
  const publicUrl = settings.publicUrl ?? `http://localhost:${port}`;
  const rights = started.use(await createAuthorization(settings, { publicUrl, log }));
  const { redis } = rights;
  const audit = await startAudit(settings, { redis, log });
  started.defer(() => audit.close());
  const transports = createHttpTransports({ connections: subgraphConnections });
  started.defer(transports.close);
  const entities = openEntityCache(settings, { metrics: metrics.caches, log, redis, secrets: [namesSecret(settings)] });
  if (entities) started.defer(entities.close);
  const entityCache = entities?.cache ?? null;
  const gateway = started.use(
    await createFirst({
      supergraphSdl,
      transportOf: (subgraph) => transports.transportOf({ url: urls.urlsOf(subgraph) }),
      log,
      metrics,
      tracing: tracer && { tracer, trust: settings.callerTraces },
      authorization: rights.authorization,
      audit,
      ...createAdmission(settings, { redis, log }),
      limits: settings,
      entityCache,
      graphiql: graphiql && {},
      corsOrigins: corsOrigins ?? [],
      forwardHeaders: settings.forwardHeaders ?? [],
      addRoutes: rights.addRoutes,
    }),
  );
  const admin = started.use(
    await startAdminServer({
      ...settings,
      log,
      metrics,
      addRoutes: (server) => addInvalidationRoute(server, entityCache, settings.cacheKey),
    }),
  );
  const server = started.use(await gateway.listen({ port, host }));
  const watching = watchFile({
    path,
    known: supergraphSdl,
    onChange: (text) => reload(gateway, text, log),
    onUnreadable: (err) => log.warn({ err }, 'the supergraph file cannot be read; the one before stays'),
  });
  started.defer(watching.close);
  log.info({ url: server.url, admin: admin.url }, 'gateway is listening');
  const running = started.move();
  const close = () => running.disposeAsync();
  const shutdown = { settings, leave: leaveAll(server, admin) };
  return { url: server.url, adminUrl: admin.url, shutdown, close, [Symbol.asyncDispose]: close };
}

/** Replicas have the same key; who signs nothing tells nobody's rows apart. */
function namesSecret({ gatewayPrivateKey: key }: { gatewayPrivateKey: KeyObject | null }): Buffer {
  const text = key ? key.export({ type: 'pkcs8', format: 'der' }) : Buffer.alloc(32);
  return Buffer.from(hkdfSync('sha256', text, '', 'jeden/entity-cache/names/1', 32));
}

async function readSupergraph(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new SettingsError([`${gatewaySettings.supergraph.name}: expected a readable file`]);
  }
}

async function createFirst(options: GatewayOptions): Promise<Gateway> {
  try {
    return await createGateway(options);
  } catch (cause) {
    const { message } = cause as Error;
    throw new SettingsError([`${gatewaySettings.supergraph.name}: this supergraph cannot be served: ${message}`]);
  }
}

async function reload(gateway: Gateway, supergraphSdl: string, log: Logger): Promise<void> {
  try {
    const { id } = await gateway.replaceSupergraph(supergraphSdl);
    log.info({ supergraph: id }, 'serving the changed supergraph');
  } catch (err) {
    log.error({ err }, 'the changed supergraph cannot be served; the one before stays');
  }
}

if (import.meta.main) await runService(() => startGateway(process.env));
