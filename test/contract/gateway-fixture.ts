import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { OPEN } from '../../gateway/authorization.ts';
import { createGateway, type GatewayOptions } from '../../gateway/gateway.ts';
import { createHttpTransports, type HttpTransportOptions } from '../../gateway/transport/http-transport.ts';
import { type SubgraphParts, startTestSubgraph, type TestSubgraph } from './gateway-subgraph.ts';

export interface GraphQLAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

/** The gateway over real HTTP subgraphs. */
export async function startGraph(
  parts: readonly SubgraphParts[],
  options: Partial<GatewayOptions> = {},
  http: HttpTransportOptions = {},
) {
  await using started = new AsyncDisposableStack();
  const subgraphs = await Promise.all(parts.map(startTestSubgraph));
  for (const subgraph of subgraphs) started.use(subgraph);
  const supergraphSdl = composeSubgraphs(subgraphs);
  const logged: string[] = [];
  const log = createLogger({ level: 'debug', name: 'test', destination: { write: (line) => void logged.push(line) } });
  const transports = createHttpTransports(http);
  started.defer(transports.close);
  const gateway = await createGateway({
    authorization: OPEN,
    supergraphSdl,
    transportOf: transports.transportOf,
    log,
    ...options,
  });
  started.use(gateway);
  const { url } = await gateway.listen({ port: 0 });
  const running = started.move();
  const endpoint = `${url}/graphql`;
  return {
    url,
    endpoint,
    gateway,
    supergraphSdl,
    subgraph: (name: string): TestSubgraph => subgraphs.find((one) => one.name === name)!,
    logged: () => logged.join(''),
    ask: (query: string, variables: Record<string, unknown> = {}) => ask(endpoint, query, variables),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

type Graph = Awaited<ReturnType<typeof startGraph>>;

/** One for all tests of a file, whose subgraphs are as new for each: starting it takes longer than most tests. */
export function shareGraph(...start: Parameters<typeof startGraph>): () => Graph {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph(...start);
  });
  beforeEach(() => {
    for (const { name } of start[0]) graph.subgraph(name).reset();
  });
  afterAll(async () => {
    await graph?.[Symbol.asyncDispose]();
  });
  return () => graph;
}

export async function ask(
  endpoint: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphQLAnswer> {
  const response = await post(endpoint, { query, variables });
  return (await response.json()) as GraphQLAnswer;
}

export function post(endpoint: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Codes by path, as `customer.name: SUBGRAPH_UNAVAILABLE`, sorted. */
export function codesByPath({ errors = [] }: GraphQLAnswer): string[] {
  return errors.map(({ path, extensions }) => `${path?.join('.') ?? ''}: ${extensions?.code}`).sort();
}

export function composeSubgraphs(subgraphs: readonly Pick<TestSubgraph, 'name' | 'url' | 'document'>[]): string {
  const services = subgraphs.map(({ name, url, document }) => ({ name, url, typeDefs: document }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return supergraphSdl;
}
