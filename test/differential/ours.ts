import { Client } from 'undici';
import { createLogger } from '../../common/log.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { OPEN } from '../../gateway/authorization.ts';
import type { EntityCache } from '../../gateway/entity-cache/entity-cache.ts';
import { createGateway } from '../../gateway/gateway.ts';
import type { Run } from './run.ts';
import type { MockSubgraph } from './subgraph.ts';

/** The product's gateway from outside: over HTTP, one request after the other. */
export interface Ours {
  answer(run: Run, query: string, variables: Record<string, unknown>): Promise<ExecutionResultBody>;
  close(): Promise<void>;
}

const MUCH = Number.MAX_SAFE_INTEGER;

export interface OursOptions {
  /** What it keeps of its subgraphs' answers, which then allow it for an hour. Default: nothing. */
  entityCache?: EntityCache;
}

export async function createOurs(
  supergraphSdl: string,
  subgraphs: ReadonlyMap<string, MockSubgraph>,
  { entityCache }: OursOptions = {},
): Promise<Ours> {
  let current: Run | null = null;
  const gateway = await createGateway({
    supergraphSdl,
    authorization: OPEN,
    log: createLogger({ level: 'silent', name: 'test' }),
    graphiql: false,
    entityCache,
    // A busy machine must not look like a difference. What takes long to plan is left out, for it could take minutes.
    limits: { maxCost: MUCH, planningTimeoutMs: 3000, subgraphTimeoutMs: 60_000, requestTimeoutMs: 120_000 },
    transportOf: ({ name }) => ({
      execute: async (body) => {
        const answer = await subgraphs.get(name)!.answer(current!, body);
        return entityCache ? { ...answer, caching: { cacheControl: 'max-age=3600' } } : answer;
      },
      close: async () => {},
    }),
  });
  const { url } = await gateway.listen({ port: 0 });
  const client = new Client(url);
  return {
    async answer(run, query, variables) {
      current = run;
      const { body } = await client.request({
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await body.json()) as ExecutionResultBody;
    },
    async close() {
      await client.close();
      await gateway.close();
    },
  };
}
