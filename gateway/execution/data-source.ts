import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { pathKey } from '../planning/fetch-specs.ts';
import type { SubgraphAccess } from './call-subgraph.ts';
import type { Fetch, PlanContext } from './fetch.ts';
import { fetchEntities } from './fetch-entities.ts';
import { fetchRoot } from './fetch-root.ts';

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/**
 * What ApolloGateway asks for one subgraph's data. It reports no errors there: what is missing is noted in the request's
 * context, because ApolloGateway counts the paths of errors wrong when it left out entities.
 */
export function createDataSource(access: SubgraphAccess): GraphQLDataSource {
  return {
    async process(options): Promise<Answer> {
      const fetch = toFetch(access, options);
      const { requires } = fetch.spec;
      return { data: requires ? await fetchEntities(fetch, requires) : await fetchRoot(fetch) };
    },
  };
}

function toFetch(access: SubgraphAccess, options: GraphQLDataSourceProcessOptions): Fetch {
  // Casts: ApolloGateway's types know contexts only as records, and paths only of some kinds of requests; executor.ts
  // makes the one kind there is here.
  const context = options.context as PlanContext;
  const { pathInIncomingRequest: path } = options as { pathInIncomingRequest: (string | number)[] };
  const { query, operationName, variables } = options.request;
  const spec = context.specs.find((one) => one.operation === query && pathKey(one.path) === pathKey(path));
  if (spec === undefined) throw new Error(`A fetch to ${access.service} is not in its plan`);
  return { service: access.service, spec, operationName, variables: variables ?? {}, context, access };
}
