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

/** Sets status and headers, and returns the body. https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes */
export function startAnswer(reply: FastifyReply, answer: Answer, type: AnswerType | null): string {
  if (answer.kind === 'executed') {
    reply.status(200);
    return answerText(answer.body);
  }
  reply.status(statusOf(answer.reason, type)).headers(HEADERS_OF_REFUSAL[answer.reason] ?? {});
  return JSON.stringify({ errors: answer.errors });
}

/** In plain JSON a 4xx could be anybody's on the way, so a request that was understood gets 200. */
function statusOf(reason: Refusal, type: AnswerType | null): number {
  return reason === 'invalid' && type === 'application/json' ? 200 : STATUS_OF_REFUSAL[reason];
}
