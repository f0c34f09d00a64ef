import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createCallerVerifier } from '../../common/caller-header.ts';
import { createClock } from '../../common/clock.ts';
import { createLogger } from '../../common/log.ts';
import { readSettings } from '../../common/settings.ts';
import type { SubgraphTransport } from '../../common/transport.ts';
import { createCompany, readCompanySources } from '../../gateway/all-in-one/company.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { allInOneSettings } from '../../gateway/all-in-one/settings.ts';
import { createAuthorization } from '../../gateway/authorization-settings.ts';
import { sandboxSecret } from '../../gateway/clients/sandbox-clients.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import { DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { createSealer } from '../../subgraphs/shared/seal.ts';
import type { Answer } from '../e2e/product.ts';
import { testClients, tokenForEverything } from '../e2e/test-client.ts';

export const SUPERGRAPH = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

/** One request as the gateway handed it to a subgraph. */
export interface Reached {
  subgraph: string;
  query: string;
  variables: Record<string, unknown>;
  headers: Readonly<Record<string, string>>;
}

/** What a caller sends beside the query. A token of null is nobody. */
export interface Sent {
  token: string | null;
  variables?: Record<string, unknown>;
  operationName?: string;
  headers?: Record<string, string>;
}

export interface RecordedProduct extends AsyncDisposable {
  url: string;
  /** The same, for a company that set RIGHTS_DEFAULT=public. */
  openUrl: string;
  sandbox: Sandbox;
  /** A token of one of the sandbox's clients, from the embedded issuer; of `everything` without a name. */
  token(clientId?: string, own?: string): Promise<string>;
  ask<T = Record<string, unknown>>(query: string, sent: Sent, url?: string): Promise<Answer<T>>;
  /** What reached the subgraphs since the last time. */
  takeReached(): Reached[];
}

interface RecordedProductOptions {
  customers?: number;
  /** Where to reach the vendor at this address. */
  urlOf?: (url: string) => Promise<string>;
}

/** The product in one process, put together as it is for a company, that keeps what reaches each subgraph. */
export async function startRecordedProduct(options: RecordedProductOptions = {}): Promise<RecordedProduct> {
  const { customers = 150, urlOf = async (url) => url } = options;
  await using started = new AsyncDisposableStack();
  const sandbox = started.use(await startSandbox({ customers, clock: createClock({ asOf: DEFAULT_AS_OF }) }));
  const { hubspot, woo, fakturownia } = sandbox.urls;
  const urls = { hubspot: await urlOf(hubspot), woo: await urlOf(woo), fakturownia: await urlOf(fakturownia) };
  const env = { ...sandboxEnvironment({ ...sandbox, urls }), LOG_LEVEL: 'silent', PORT: '0', TOKEN_TTL_S: '3600' };
  const settings = readSettings(allInOneSettings, env);
  const log = createLogger({ level: 'silent', name: 'test' });
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicUrl = 'http://graph.test';
  const rights = started.use(
    await createAuthorization(
      { ...settings, gatewayPrivateKey: privateKey },
      { publicUrl, log, sandboxClients: await testClients(sandbox.dataset) },
    ),
  );
  const { rowRules } = rights;
  const company = createCompany(readCompanySources(env), {
    sealer: createSealer(settings.identityKeys),
    clock: sandbox.clock,
    log,
    publicUrl,
    verifierOf: (audience) => createCallerVerifier({ publicKeys: [createPublicKey(privateKey)], audience, rowRules }),
  });
  started.defer(company.close);
  const reached: Reached[] = [];
  const startGateway = async (undeclaredFields: 'authenticated' | 'public') => {
    const gateway = await createGateway({
      supergraphSdl: SUPERGRAPH,
      log,
      authorization: { ...rights.authorization, undeclaredFields },
      // The machine of a test may be busy, and refusals are another test's.
      limits: {
        ...settings,
        planningTimeoutMs: 30_000,
        maxAliases: 100_000,
        maxRootFields: 10_000,
        maxCost: 100_000_000,
      },
      transportOf: ({ name }) => recording(name, company.transportOf(name), reached),
      addRoutes: (server) => rights.addRoutes(server),
    });
    started.use(gateway);
    return (await gateway.listen({ port: 0 })).url;
  };
  const url = await startGateway('authenticated');
  const openUrl = await startGateway('public');
  const running = started.move();
  return {
    url,
    openUrl,
    sandbox,
    token: (clientId, own) =>
      clientId === undefined
        ? tokenForEverything(url)
        : requestToken(url, sandboxSecret(clientId)!, { clientId, scope: null, own: own ?? null }),
    ask: async (query, sent, at = url) => (await (await post(at, query, sent)).json()) as Answer<never>,
    takeReached: () => reached.splice(0),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function recording(subgraph: string, transport: SubgraphTransport, reached: Reached[]): SubgraphTransport {
  return {
    execute: (body, options) => {
      reached.push({ subgraph, query: body.query, variables: body.variables ?? {}, headers: options.headers });
      return transport.execute(body, options);
    },
    close: () => transport.close(),
  };
}

function post(url: string, query: string, { token, variables, operationName, headers }: Sent): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables, operationName }),
  });
}
