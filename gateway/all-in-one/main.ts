import { readFileSync } from 'node:fs';
import { createClock, type SettableClock } from '../../common/clock.ts';
import { createLogger } from '../../common/log.ts';
import { runService } from '../../common/service.ts';
import { readSettings, readTogether } from '../../common/settings.ts';
import { SANDBOX_DATA_SETTINGS, sandboxOptions } from '../../sandbox/settings.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { addDocumentRoutes } from '../../subgraphs/accounting/documents-http.ts';
import { createSealer } from '../../subgraphs/shared/seal.ts';
import { createGateway } from '../gateway.ts';
import { createCompany, readCompanySources } from './company.ts';
import { greeting } from './greeting.ts';
import { readmeQueries } from './readme-queries.ts';
import { isSandboxWanted, sandboxEnvironment } from './sandbox-environment.ts';
import { allInOneSettings } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface AllInOne {
  /** `http://127.0.0.1:4000` */
  url: string;
  /** Null when the company's own systems are read. */
  sandbox: Sandbox | null;
  close(): Promise<void>;
}

/**
 * Everything in one process: the gateway over in-process subgraphs, reading the configured systems. Without any of
 * CRM_SOURCES, SHOP_SOURCES and ACCOUNTING_SOURCES it starts the sandbox and reads that.
 */
export async function startAllInOne(env: Env, deps: { clock?: SettableClock } = {}): Promise<AllInOne> {
  await using started = new AsyncDisposableStack();
  const sandbox = isSandboxWanted(env) ? started.use(await startOwnSandbox(env, deps.clock)) : null;
  const fullEnv = sandbox ? { ...sandboxEnvironment(sandbox), ...env } : env;
  const { settings, sources } = readTogether({
    settings: () => readSettings(allInOneSettings, fullEnv),
    sources: () => readCompanySources(fullEnv),
  });
  const { port, host, logLevel, graphiql, corsOrigins, timeZone, publicUrl, identityKeys, operatorLinks, ...limits } =
    settings;
  const log = createLogger({ level: logLevel, name: 'jeden' });
  const clock = deps.clock ?? sandbox?.clock ?? createClock({ timeZone });
  const company = createCompany(sources, {
    sealer: createSealer(identityKeys),
    clock,
    log,
    operatorLinks: operatorLinks ?? undefined,
    publicUrl: publicUrl ?? `http://localhost:${port}`,
  });
  started.defer(company.close);
  const gateway = await createGateway({
    supergraphSdl: readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'),
    log,
    limits,
    transportOf: ({ name }) => company.transportOf(name),
    graphiql: graphiql && { tabs: readmeQueries(readReadme()) },
    corsOrigins: corsOrigins ?? [],
    addRoutes: (server) => addDocumentRoutes(server, company.documents),
  });
  started.use(gateway);
  const server = await gateway.listen({ port, host });
  const running = started.move();
  return { url: server.url, sandbox, close: () => running.disposeAsync() };
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
