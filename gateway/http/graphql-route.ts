import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpError } from '../../common/http.ts';
import type { Logger } from '../../common/log.ts';
import type { GatewayMetrics } from '../../common/metrics/gateway-metrics.ts';
import type { Audit } from '../audit/audit.ts';
import type { Authorization } from '../authorization.ts';
import type { Budgets } from '../budgets/budgets.ts';
import type { TrustedDocuments } from '../documents/trusted-documents.ts';
import { answerOperation, type GraphQLParams } from '../execution/answer.ts';
import type { Generations } from '../generations.ts';
import type { GatewayLimits } from '../limits.ts';
import type { Overload } from '../overload/overload.ts';
import { type CallerOf, useCaller } from '../tokens/use-caller.ts';
import { cacheHeaders, VARY } from './cache-headers.ts';
import { addCors, type CorsOrigins } from './cors.ts';
import { countAnswer } from './count-answer.ts';
import { refuseCrossSite } from './csrf.ts';
import type { HeaderRule } from './forwarded-headers.ts';
import type { SendGraphiql } from './graphiql.ts';
import { acceptOnlyJson } from './json.ts';
import { type AnswerType, negotiate } from './negotiate.ts';
import { paramsOfBody, paramsOfUrl } from './params.ts';
import { createRequestContext } from './request-context.ts';
import { startAnswer } from './start-answer.ts';

export interface GraphQLRouteOptions {
  generations: Generations;
  authorization: Authorization;
  audit: Audit | null;
  /** Null: callers may ask for as much as they want. */
  budgets: Budgets | null;
  /** Null: nothing is refused for having too much to do. */
  overload: Overload | null;
  documents: TrustedDocuments;
  limits: GatewayLimits;
  metrics: GatewayMetrics;
  log: Logger;
  corsOrigins: CorsOrigins;
  forwardHeaders: readonly HeaderRule[];
  /** Null where browsers get no GraphiQL. */
  sendGraphiql: SendGraphiql | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The type that this request is answered in; null outside of /graphql. */
    answerType: AnswerType | null;
  }
}

export const GRAPHQL_PATH = '/graphql';
const ALLOW = 'GET, HEAD, POST, OPTIONS';

/** /graphql to the letter of https://graphql.github.io/graphql-over-http/draft/ */
export async function addGraphQLRoute(server: FastifyInstance, options: GraphQLRouteOptions): Promise<void> {
  const { sendGraphiql } = options;
  await server.register(async (scope) => {
    scope.decorateRequest('answerType', null);
    addCors(scope, options.corsOrigins);
    options.overload?.use(scope);
    const callerOf = useCaller(scope, options.authorization.authenticate);
    const answer = createAnswering(options, callerOf);
    const parseJson = acceptOnlyJson(scope);
    const setHeaders = headerSetter([VARY, ...options.forwardHeaders.map(({ name }) => name)].join(', '));

    scope.post(GRAPHQL_PATH, { onRequest: chooseType(false), onSend: setHeaders }, async (request, reply) =>
      answer(request, reply, { params: paramsOfBody(request.body), isReadOnly: false }),
    );
    scope.get(
      GRAPHQL_PATH,
      { onRequest: chooseType(sendGraphiql !== null), onSend: setHeaders },
      async (request, reply) => {
        if (sendGraphiql && request.answerType === 'text/html') return sendGraphiql(request, reply);
        refuseCrossSite(request.headers);
        const params = paramsOfUrl(request.url, (text) => parseJson(request, text));
        return answer(request, reply, { params, isReadOnly: true });
      },
    );
    scope.options(GRAPHQL_PATH, async (_request, reply) => reply.status(204).header('allow', ALLOW).send());
    scope.route({
      method: ['DELETE', 'PATCH', 'PUT', 'TRACE'],
      url: GRAPHQL_PATH,
      onRequest: async () => {
        throw new HttpError(405, 'Use POST, or GET for a query', { allow: ALLOW });
      },
      handler: async () => {},
    });
  });
}

/** Before the body is read: also what is wrong with it is told in a type that the caller takes. */
function chooseType(offersHtml: boolean) {
  return async (request: FastifyRequest): Promise<void> => {
    request.answerType = negotiate(request.headers.accept, offersHtml);
    if (request.answerType !== null) return;
    throw new HttpError(406, 'Only application/graphql-response+json and application/json can be answered');
  };
}

/** Last, because Fastify takes the content type from errors. */
function headerSetter(variesBy: string) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { answerType } = request;
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    const vary = reply.getHeader('vary');
    reply.headers({
      vary: vary === undefined ? variesBy : `${vary}, ${variesBy}`,
      'x-content-type-options': 'nosniff',
      'x-request-id': request.id,
    });
    if (answerType !== null) reply.header('content-type', `${answerType}; charset=utf-8`);
  };
}

interface Asked {
  params: GraphQLParams;
  isReadOnly: boolean;
}

function createAnswering(options: GraphQLRouteOptions, callerOf: CallerOf) {
  const { generations, authorization, audit, budgets, documents, limits, metrics, log, forwardHeaders } = options;
  const { policies } = authorization;
  return async (request: FastifyRequest, reply: FastifyReply, { params, isReadOnly }: Asked) => {
    const startedAt = performance.now();
    const caller = callerOf(request);
    const context = createRequestContext(request, reply, {
      authorization,
      budgets,
      caller,
      limits,
      metrics,
      log,
      forwardHeaders,
    });
    const answer = await generations.use((generation) =>
      answerOperation(generation, params, context, { isReadOnly, policies, audit, documents }),
    );
    countAnswer(metrics, answer, { clientId: caller.clientId, ms: performance.now() - startedAt });
    reply.headers({ ...(await context.purse.headers()), ...cacheHeaders(answer, context.freshness) });
    return startAnswer(reply, answer, request.answerType);
  };
}
