import type { KeyObject } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { CodedError } from '../../common/errors.ts';
import type { PartyPort } from './party.ts';
import {
  orderNumbersAnswerSchema,
  orderNumbersQuerySchema,
  ownedAnswerSchema,
  ownedQuerySchema,
  partyAnswerSchema,
  partyListAnswerSchema,
  partyListQuerySchema,
  partyQuerySchema,
  refreshQuerySchema,
  sourcesAnswerSchema,
} from './party-schema.ts';
import { requestSignal } from './request-signal.ts';
import { createUpstreamClient, type UpstreamClientDeps } from './upstream/client.ts';
import type { CallContext } from './upstream/context.ts';

const ISSUER = 'jeden-identity';
const MAX_AGE_S = 60;
const CLOCK_TOLERANCE_S = 5;

/** Whether the Authorization header proves that identity asks this subgraph, now. */
export type PartyAuth = (authorization: string | undefined, audience: string) => Promise<boolean>;

/** Several public keys while identity's key rotates. */
export function createPartyAuth({ publicKeys }: { publicKeys: readonly KeyObject[] }): PartyAuth {
  return async (authorization, audience) => {
    const token = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) return false;
    const checks = await Promise.all(publicKeys.map((key) => isValid(token, key, audience)));
    return checks.includes(true);
  };
}

async function isValid(token: string, key: KeyObject, audience: string): Promise<boolean> {
  try {
    await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      issuer: ISSUER,
      audience,
      maxTokenAge: MAX_AGE_S,
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['exp', 'iat'],
    });
    return true;
  } catch {
    return false;
  }
}

export function addPartyRoutes(server: FastifyInstance, name: string, port: PartyPort, auth: PartyAuth): void {
  const check = async (request: FastifyRequest) => {
    if (await auth(request.headers.authorization, name)) return;
    throw new CodedError('UNAUTHENTICATED', 'Expected the signature of identity');
  };
  server.post('/internal/parties', { preParsing: check }, (request, reply) =>
    port.parties(readBody(partyQuerySchema, request.body), toContext(request, reply)),
  );
  server.post('/internal/parties-list', { preParsing: check }, (request, reply) =>
    port.list(readBody(partyListQuerySchema, request.body), toContext(request, reply)),
  );
  const { orderNumbers, owned, refresh, sources } = port;
  if (orderNumbers) {
    server.post('/internal/order-numbers', { preParsing: check }, (request, reply) =>
      orderNumbers(readBody(orderNumbersQuerySchema, request.body), toContext(request, reply)),
    );
  }
  if (owned) {
    server.post('/internal/owned', { preParsing: check }, (request, reply) =>
      owned(readBody(ownedQuerySchema, request.body), toContext(request, reply)),
    );
  }
  if (refresh) {
    server.post('/internal/refresh', { preParsing: check }, async (request, reply) => {
      await refresh(readBody(refreshQuerySchema, request.body), toContext(request, reply));
      return {};
    });
  }
  if (sources) {
    server.post('/internal/sources', { preParsing: check }, async (request, reply) => ({
      sources: await sources(toContext(request, reply)),
    }));
  }
}

function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CodedError('BAD_USER_INPUT', 'The query of parties has another shape than expected');
}

/** Parties have no selection, so there is no field that a source could fail to provide. */
function toContext(request: FastifyRequest, reply: FastifyReply): CallContext {
  const { id: requestId, span } = request;
  return { requestId, span, signal: requestSignal(request, reply), notProvided: () => {} };
}

export interface PartyClient extends Required<Omit<PartyPort, 'strained'>> {
  close(): Promise<void>;
}

/** Identity's way to a domain that runs as its own service. `audience` is the subgraph's name. */
export function createPartyClient(
  config: { url: string; audience: string; privateKey: KeyObject; timeoutMs?: number },
  deps: UpstreamClientDeps = {},
): PartyClient {
  const { url, audience, privateKey, timeoutMs = 30_000 } = config;
  const token = createTokenSource(privateKey, audience);
  const client = createUpstreamClient(
    {
      source: audience,
      vendor: 'jeden',
      isOurs: true,
      baseUrl: url,
      timeoutMs,
      concurrency: 32,
      retries: 1,
      authorize: async (request) => ({
        ...request,
        headers: { ...request.headers, authorization: `Bearer ${await token()}`, 'x-deadline-ms': String(timeoutMs) },
      }),
    },
    deps,
  );
  const ask = async <T>(operation: string, body: unknown, schema: z.ZodType<T>, context: CallContext): Promise<T> => {
    const path = `/internal/${operation}`;
    return (await client.request({ operation, method: 'POST', path, body, schema, idempotent: true }, context)).data;
  };
  return {
    parties: (query, context) => ask('parties', query, partyAnswerSchema, context),
    list: (query, context) => ask('parties-list', query, partyListAnswerSchema, context),
    orderNumbers: (query, context) => ask('order-numbers', query, orderNumbersAnswerSchema, context),
    owned: (query, context) => ask('owned', query, ownedAnswerSchema, context),
    refresh: async (query, context) => {
      await ask('refresh', query, z.object({}), context);
    },
    sources: async (context) => (await ask('sources', {}, sourcesAnswerSchema, context)).sources,
    close: client.close,
  };
}

/** Signs anew when half of a token's life is over. */
function createTokenSource(privateKey: KeyObject, audience: string): () => Promise<string> {
  let current: { token: Promise<string>; untilMs: number } | null = null;
  return () => {
    if (!current || Date.now() >= current.untilMs) {
      current = { token: sign(privateKey, audience), untilMs: Date.now() + (MAX_AGE_S / 2) * 1000 };
    }
    return current.token;
  };
}

function sign(privateKey: KeyObject, audience: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${MAX_AGE_S}s`)
    .sign(privateKey);
}
