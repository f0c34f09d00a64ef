import { createHash } from 'node:crypto';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, type GraphQLSchema, Kind } from 'graphql';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { stripSupergraph } from '../../gateway/supergraph/strip.ts';
import type { Run } from './run.ts';
import type { MockSubgraph } from './subgraph.ts';

/** Plain ApolloGateway: its own planner and executor, over data sources that hand over answers as they are. */
export interface Reference {
  schema: GraphQLSchema;
  answer(
    run: Run,
    query: string,
    document: DocumentNode,
    variables: Record<string, unknown>,
  ): Promise<ExecutionResultBody>;
  close(): Promise<void>;
}

type GatewayRequest = Parameters<ApolloGateway['executor']>[0];

/** How an answer begins that ApolloGateway did not give, because it threw. */
const GAVE_UP = 'ApolloGateway threw';

/** What its planner says of an operation that can be planned in too many ways. */
export const TOO_MANY_WAYS = /Too many options generated/;

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function createReference(
  supergraphSdl: string,
  subgraphs: ReadonlyMap<string, MockSubgraph>,
): Promise<Reference> {
  const gateway = new ApolloGateway({
    supergraphSdl: stripSupergraph(supergraphSdl),
    // Without limits it plans some operations for minutes, and on this very thread.
    queryPlannerConfig: { debug: { maxEvaluatedPlans: 500, pathsLimit: 1000 } },
    logger: SILENT,
    buildService: ({ name }) => ({
      async process({ request, context }) {
        // Casts: the context is the one that `answer` hands over, and errors need nothing but what is sent of them.
        const { data, errors } = await subgraphs
          .get(name)!
          .answer(context as Run, { ...request, query: request.query! });
        return { data, ...(errors ? { errors } : {}) } as Awaited<ReturnType<GraphQLDataSource['process']>>;
      },
    }),
  });
  const { schema } = await gateway.load();
  return {
    schema,
    async answer(run, query, document, variables) {
      const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      const queryHash = createHash('sha256').update(query).digest('hex');
      const request = {
        request: { variables },
        document,
        operation,
        schema,
        context: run,
        queryHash,
        metrics: {},
        logger: SILENT,
      };
      // Cast: the type is Apollo Server's whole request; the executor reads only what stands above.
      const { data, errors } = await gateway
        .executor(request as unknown as GatewayRequest)
        .catch(({ message }: Error) => ({ data: null, errors: [{ message: `${GAVE_UP}: ${message}` }] }));
      return JSON.parse(JSON.stringify({ data: data ?? null, ...(errors ? { errors } : {}) }));
    },
    close: () => gateway.stop(),
  };
}
