import type { FastifyReply } from 'fastify';
import type { Answer, Refusal } from '../execution/answer.ts';
import { answerText } from '../execution/answer-body.ts';
import type { AnswerType } from './negotiate.ts';

const STATUS_OF_REFUSAL: Readonly<Record<Refusal, number>> = {
  invalid: 400,
  'mutation-over-get': 405,
  'over-budget': 429,
  overloaded: 503,
  internal: 500,
};

const HEADERS_OF_REFUSAL: Readonly<Partial<Record<Refusal, Record<string, string>>>> = {
  'mutation-over-get': { allow: 'POST' },
  overloaded: { 'retry-after': '1' },
};

/** https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes */
export function sendAnswer(reply: FastifyReply, answer: Answer, type: AnswerType | null): FastifyReply {
  if (answer.kind === 'executed') return reply.status(200).send(answerText(answer.body));
  reply.headers(HEADERS_OF_REFUSAL[answer.reason] ?? {});
  return reply.status(statusOf(answer.reason, type)).send(JSON.stringify({ errors: answer.errors }));
}

/** In plain JSON a 4xx could be anybody's on the way, so a request that was understood gets 200. */
function statusOf(reason: Refusal, type: AnswerType | null): number {
  return reason === 'invalid' && type === 'application/json' ? 200 : STATUS_OF_REFUSAL[reason];
}
