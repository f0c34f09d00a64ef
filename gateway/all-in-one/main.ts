import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { leaveAll, startAdminServer } from '../../common/admin-server.ts';
import { createCallerVerifier } from '../../common/caller-header.ts';
import { createClock, type SettableClock } from '../../common/clock.ts';
import { createLogger } from '../../common/log.ts';
import { createMetrics } from '../../common/metrics/metrics.ts';
import { createMemoryRowRuleStore } from '../../common/row-rule-store.ts';
import { runService, type Shutdown } from '../../common/run-service.ts';
import { readSettings, readTogether } from '../../common/settings.ts';
import { startTracer } from '../../common/tracing/start-tracer.ts';
import { sandboxPeople } from '../../sandbox/people.ts';
import { SANDBOX_DATA_SETTINGS, sandboxOptions } from '../../sandbox/settings.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { addDocumentRoutes } from '../../subgraphs/accounting/documents-http.ts';
import { addCacheRoutes, nameSecret, openRecordCache } from '../../subgraphs/shared/cache/settings.ts';
import { linksOf } from '../../subgraphs/shared/links/settings.ts';
import { createSealer } from '../../subgraphs/shared/seal.ts';
import { createAdmission } from '../admission-settings.ts';
import { startAudit } from '../audit/start-audit.ts';
import { createAuthorization } from '../authorization-settings.ts';
import type { ClientRecord } from '../clients/client-file.ts';
import { sandboxClients, sandboxSecret } from '../clients/sandbox-clients.ts';
import { invalidateKept } from '../entity-cache/invalidation-route.ts';
import { openEntityCache } from '../entity-cache/settings.ts';
import { createGateway } from '../gateway.ts';
import { requestToken } from '../issuer/token-command.ts';
import { createCompany, namesByDomain, readCompanySources } from './company.ts';
import { greeting } from './greeting.ts';
import { readmeQueries } from './readme-queries.ts';
import { isSandboxWanted, sandboxEnvironment } from './sandbox-environment.ts';
import { sendSandboxWebhooks } from './sandbox-webhooks.ts';
import { allInOneSettings } from './settings.ts';
import { watchRecords } from './watch-records.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface AllInOne {
  /** `http://127.0.0.1:4000` */
  url: string;
  /** Of the server for operators; null where it is switched off. */
  adminUrl: string | null;
  /** Null when the company's own systems are read. */
  sandbox: Sandbox | null;
  shutdown: Shutdown;
  close(): Promise<void>;
}

export interface AllInOneDeps {
  clock?: SettableClock;
  /** Clients in place of those of the registry file. */
  clients?: readonly ClientRecord[];
}

/**
 * Everything in one process: the gateway over in-process subgraphs, reading the configured systems. Without any of
 * CRM_SOURCES, SHOP_SOURCES and ACCOUNTING_SOURCES it starts the sandbox and reads that.
 */
export async function startAllInOne(env: Env, deps: AllInOneDeps = {}): Promise<AllInOne> {
  await using started = new AsyncDisposableStack();
  const sandbox = isSandboxWanted(env) ? started.use(await startOwnSandbox(env, deps.clock)) : null;
  const fullEnv = sandbox ? { ...sandboxEnvironment(sandbox), ...env } : env;
  const { settings, sources } = readTogether({
    settings: () => readSettings(allInOneSettings, fullEnv),
    sources: () => readCompanySources(fullEnv),
  });
  const { port, host, logLevel, graphiql, corsOrigins, timeZone, identityKeys, operatorLinks } = settings;
  const publicUrl = settings.publicUrl ?? `http://localhost:${port}`;
  const log = createLogger({ level: logLevel, name: 'jeden' });
  const metrics = createMetrics();
  const tracer = started.use(await startTracer(settings, { name: 'jeden', log }));
  const clock = deps.clock ?? sandbox?.clock ?? createClock({ timeZone });
  const clients = deps.clients ?? (sandbox ? await sandboxClients(sandboxPeople(sandbox.dataset)) : undefined);
  const { privateKey, publicKey } = signingKeys(settings.gatewayPrivateKey);
  const rights = started.use(
    await createAuthorization(
      { ...settings, gatewayPrivateKey: privateKey },
      { publicUrl, log, sandboxClients: clients, rowRules: createMemoryRowRuleStore() },
    ),
  );
  const { rowRules, redis } = rights;
  const audit = await startAudit(settings, { redis, log });
  started.defer(() => audit.close());
  const address = { url: '' };
  const entities = openEntityCache(settings, {
    metrics: metrics.caches,
    log,
    redis,
    secrets: identityKeys.map(nameSecret),
  });
  if (entities) started.defer(entities.close);
  const entityCache = entities?.cache ?? null;
  const records = openRecordCache(settings, {
    name: 'jeden-cache',
    redis,
    keys: identityKeys,
    log,
    metrics: metrics.caches,
    tellsTags: entityCache !== null,
  });
  started.defer(records.close);
  const cache = watchRecords(records, entityCache);
  const company = createCompany(sources, {
    cache,
    sealer: createSealer(identityKeys),
    clock,
    log,
    operatorLinks: operatorLinks ?? undefined,
    publicUrl,
    onCall: metrics.sources.onCall,
    onRefusal: metrics.sources.onRefusal,
    webhookUrl: () => settings.publicUrl ?? address.url,
    redis,
    onWebhook: metrics.sources.onWebhook,
    linksOf: (cache) => linksOf(settings, { cache, redis, identityKeys, log }),
    verifierOf: (audience) => createCallerVerifier({ publicKeys: [publicKey], audience, rowRules }),
  });
  started.defer(company.close);
  metrics.sources.watch(company.sources);
  const gateway = await createGateway({
    supergraphSdl: readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'),
    log,
    metrics,
    tracing: tracer && { tracer, trust: settings.callerTraces },
    authorization: rights.authorization,
    audit,
    ...createAdmission(settings, { redis, log }),
    limits: settings,
    entityCache,
    transportOf: ({ name }) => company.transportOf(name),
    graphiql: graphiql && {
      tabs: readmeQueries(readReadme()),
      // Of people who do not exist, everybody may see what support sees.
      ...(sandbox ? { headers: { read: () => supportHeaders(address.url), maxAgeMs: TOKEN_AGE_MS } } : {}),
    },
    corsOrigins: corsOrigins ?? [],
    addRoutes: async (server) => {
      addDocumentRoutes(server, company.documents);
      company.webhooks.addRoutes(server);
      await rights.addRoutes(server);
    },
  });
  started.use(gateway);
  const sourcesOf = { identity: ['identity'], ...namesByDomain(sources) };
  const { tracesOf, links } = company;
  const addOperatorRoutes = (server: FastifyInstance) =>
    addCacheRoutes(server, settings, {
      cache: links?.watch(cache) ?? cache,
      sourcesOf,
      tracesOf,
      ...(entityCache ? { alsoInvalidate: (wanted) => invalidateKept(entityCache, wanted) } : {}),
    });
  const admin = started.use(await startAdminServer({ ...settings, log, metrics, addRoutes: addOperatorRoutes }));
  const server = started.use(await gateway.listen({ port, host }));
  address.url = server.url;
  if (sandbox) sendSandboxWebhooks(sandbox, { url: server.url, publicUrl: settings.publicUrl, env: fullEnv });
  const running = started.move();
  const shutdown = { settings, leave: leaveAll(server, admin) };
  return { url: server.url, adminUrl: admin.url, sandbox, shutdown, close: () => running.disposeAsync() };
}

/** Well within the life of a token, which is an hour in the sandbox. */
const TOKEN_AGE_MS = 20 * 60_000;

async function supportHeaders(url: string): Promise<Record<string, string>> {
  const wish = { clientId: 'support', scope: null, own: null };
  return { authorization: `Bearer ${await requestToken(url, sandboxSecret(wish.clientId) ?? '', wish)}` };
}

/** Between the gateway and subgraphs of one process a key of its own will do. */
function signingKeys(privateKey: KeyObject | null): { privateKey: KeyObject; publicKey: KeyObject } {
  return privateKey ? { privateKey, publicKey: createPublicKey(privateKey) } : generateKeyPairSync('ed25519');
}

async function startOwnSandbox(env: Env, clock?: SettableClock): Promise<Sandbox> {
  const settings = readSettings(SANDBOX_DATA_SETTINGS, env);
  return startSandbox({ ...sandboxOptions(settings), clock: clock ?? createClock({ asOf: settings.asOf }) });
}

/** The queries of the README are GraphiQL's tabs; a deployment without that file has none. */
function readReadme(): string {
  try {
    return readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  } catch {
    return '';
  }
}

if (import.meta.main) {
  await runService(async () => {
    const running = await startAllInOne(process.env);
    process.stdout.write(greeting(running));
    return running;
  });
}
