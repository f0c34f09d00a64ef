import type { GraphQLDataSource } from '@apollo/gateway';
import { CodedError, type JsonValue } from '../../common/errors.ts';
import type { ExecutionErrorBody, ExecutionResultBody, SubgraphTransport } from '../../common/transport.ts';
import type { LostFields } from '../planning/lost-fields.ts';
import { callSubgraph } from './call-subgraph.ts';
import { type FetchPlace, placeErrors, placeFailure } from './place-errors.ts';
import type { RequestContext } from './request-context.ts';

/** What ApolloGateway hands to each data source of a request. */
export interface FetchContext extends RequestContext {
  lostFields: LostFields;
}

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/**
 * What ApolloGateway asks for one subgraph's data. It never throws: a dead subgraph is an answer whose errors stand at
 * the fields that are missing, and everything else in the plan goes on.
 */
export function createDataSource(service: string, transport: SubgraphTransport, timeoutMs: number): GraphQLDataSource {
  return {
    async process(options): Promise<Answer> {
      // Cast: ApolloGateway's type knows contexts only as records; ours is set in executor.ts.
      const context = options.context as FetchContext;
      const query = options.request.query ?? '';
      const variables = options.request.variables ?? {};
      const path = ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [];
      const place: FetchPlace = {
        operation: query,
        path,
        entities: countEntities(variables),
        lostFields: context.lostFields,
      };
      try {
        const body = { query, operationName: options.request.operationName ?? null, variables };
        const answer = await callSubgraph(service, transport, body, context, timeoutMs);
        collectNotProvided(answer, context.notProvided);
        return toAnswer(service, answer, place);
      } catch (error) {
        context.log.warn({ err: error, service }, 'subgraph call failed');
        return asAnswer({ errors: placeFailure(toErrorBody(service, error), place) });
      }
    },
  };
}

function toAnswer(service: string, { data, errors = [] }: ExecutionResultBody, place: FetchPlace): Answer {
  if (errors.length === 0 && !holdsWhatWasAsked(data, place.entities)) {
    throw new CodedError('SUBGRAPH_BAD_RESPONSE', `Subgraph ${service} answered without the data it was asked for`);
  }
  const usable = holdsWhatWasAsked(data, place.entities) ? data : null;
  const named = errors.map((error) => ({
    ...error,
    extensions: { code: 'SUBGRAPH_ERROR', ...error.extensions, service },
  }));
  return asAnswer({ data: usable, errors: placeErrors(named, place) });
}

/** ApolloGateway throws for the whole fetch when the entities are not as many as it asked for. */
function holdsWhatWasAsked(data: ExecutionResultBody['data'], entities: number | null): boolean {
  if (data === null || data === undefined) return false;
  return entities === null || (Array.isArray(data._entities) && data._entities.length === entities);
}

function countEntities(variables: Record<string, unknown>): number | null {
  return Array.isArray(variables.representations) ? variables.representations.length : null;
}

function collectNotProvided(answer: ExecutionResultBody, into: Map<string, JsonValue>): void {
  const entries = answer.extensions?.notProvided;
  // Cast: a transport hands over parsed JSON, whose extensions hold nothing but JSON values.
  for (const entry of Array.isArray(entries) ? (entries as JsonValue[]) : []) into.set(JSON.stringify(entry), entry);
}

function toErrorBody(service: string, error: unknown): ExecutionErrorBody {
  if (!(error instanceof CodedError)) throw error;
  return { message: error.message, extensions: { ...error.details, code: error.code, service } };
}

/** ApolloGateway skips an empty list of errors only when the key is absent. */
function asAnswer(answer: { data?: ExecutionResultBody['data']; errors: readonly ExecutionErrorBody[] }): Answer {
  return answer.errors.length === 0 ? { data: answer.data } : { data: answer.data, errors: answer.errors };
}
