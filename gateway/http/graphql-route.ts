import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { type Answer, answerOperation, type Refusal } from '../execution/answer.ts';
import type { RequestContext } from '../execution/request-context.ts';
import type { Generations } from '../generations.ts';
import type { GatewayLimits } from '../limits.ts';
import { isUtf8, parseMediaType } from './media-type.ts';
import { type AnswerType, negotiate } from './negotiate.ts';
import { type GraphQLParams, paramsOfBody, paramsOfUrl } from './params.ts';

export interface GraphQLRouteOptions {
  generations: Generations;
  limits: GatewayLimits;
  log: Logger;
}

const PATH = '/graphql';

/** POST and GET /graphql to the letter of https://graphql.github.io/graphql-over-http/draft/ */
export async function addGraphQLRoute(server: FastifyInstance, options: GraphQLRouteOptions): Promise<void> {
  await server.register(async (scope) => {
    const parseJson = useStrictJson(scope);
    scope.post(PATH, async (request, reply) => {
      await answer(request, reply, () => paramsOfBody(request.body), { ...options, isReadOnly: false });
      return reply;
    });
    scope.get(PATH, async (request, reply) => {
      await answer(request, reply, () => paramsOfUrl(request.url, parseJson), { ...options, isReadOnly: true });
      return reply;
    });
  });
}

/** Takes JSON in UTF-8 alone: anything else is 415, and could be sent by a page of another site without a preflight. */
function useStrictJson(scope: FastifyInstance): (text: string) => unknown {
  const parse = (text: string): unknown => {
    const value: unknown = JSON.parse(text, (key, inner: unknown) => {
      if (key === '__proto__') throw new CodedError('BAD_REQUEST', 'A key must not be named __proto__');
      return inner;
    });
    return value;
  };
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    async (request: FastifyRequest, body: string) => {
      const type = parseMediaType(request.headers['content-type'] ?? '');
      if (type?.type !== 'application/json' || !isUtf8(type)) throw httpError(415);
      try {
        return parse(body);
      } catch (error) {
        throw error instanceof CodedError ? error : new CodedError('BAD_REQUEST', 'The body is not JSON');
      }
    },
  );
  return parse;
}

function httpError(statusCode: number): Error {
  return Object.assign(new Error('refused'), { statusCode });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  read: () => GraphQLParams,
  { generations, limits, log, isReadOnly }: GraphQLRouteOptions & { isReadOnly: boolean },
): Promise<void> {
  const type = negotiate(request.headers.accept, false);
  if (type === null) throw new CodedError('BAD_REQUEST', 'not acceptable');
  const context = createContext(request, reply, limits, log);
  const params = read();
  const answered = await generations.use((generation) => answerOperation(generation, params, context, { isReadOnly }));
  send(reply, answered, type);
}

function createContext(
  request: FastifyRequest,
  reply: FastifyReply,
  limits: GatewayLimits,
  log: Logger,
): RequestContext {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return {
    requestId: request.id,
    signal: gone.signal,
    deadlineAt: performance.now() + limits.requestTimeoutMs,
    headers: {},
    log: log.child({ requestId: request.id }),
    notProvided: new Map(),
  };
}

const STATUS_OF_REFUSAL: Readonly<Record<Refusal, number>> = {
  invalid: 400,
  'mutation-over-get': 405,
  overloaded: 503,
  internal: 500,
};

function send(reply: FastifyReply, answered: Answer, type: AnswerType): void {
  const body = answered.kind === 'executed' ? answered.body : { errors: answered.errors };
  void reply
    .status(answered.kind === 'executed' ? 200 : statusOf(answered.reason, type))
    .header('content-type', `${type}; charset=utf-8`)
    .send(JSON.stringify(body));
}

function statusOf(reason: Refusal, type: AnswerType): number {
  return reason === 'invalid' && type === 'application/json' ? 200 : STATUS_OF_REFUSAL[reason];
}
