import type { FastifyInstance, FastifyRequest } from 'fastify';
import { dropOwnHeaders } from '../../common/caller-header.ts';
import type { Authenticate } from './authenticate.ts';
import { ANONYMOUS, type Caller } from './caller.ts';
import { TokenError } from './token-error.ts';

/** Who sent a request. */
export type CallerOf = (request: FastifyRequest) => Caller;

/** Verifies the token of each request to this scope's routes before its body is read, and drops headers that look like ours. */
export function useCaller(scope: FastifyInstance, authenticate: Authenticate): CallerOf {
  const callers = new WeakMap<FastifyRequest, Caller>();
  scope.addHook('onRequest', async (request, reply) => {
    dropOwnHeaders(request.raw.headers);
    try {
      callers.set(request, await authenticate(request.headers));
    } catch (error) {
      if (error instanceof TokenError) reply.header('www-authenticate', error.challenge);
      throw error;
    }
  });
  return (request) => callers.get(request) ?? ANONYMOUS;
}
