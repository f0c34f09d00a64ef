import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createLocalJWKSet } from 'jose';
import type { Logger } from '../../common/log.ts';
import type { Client } from '../clients/client.ts';
import type { ClientRegistry } from '../clients/registry.ts';
import { EMBEDDED_ISSUER } from '../clients/revocation-key.ts';
import type { Revocations } from '../clients/revocations.ts';
import { type Claims, scopesOf, textAt } from '../tokens/claims.ts';
import { createLocalKeySet, type KnownKeys } from '../tokens/key-set.ts';
import { TokenError } from '../tokens/token-error.ts';
import type { Grant, TrustedIssuer } from '../tokens/trusted-issuer.ts';
import { customerIn } from './own-customer.ts';
import { createProvider, JWKS_PATH, TOKEN_PATH } from './provider.ts';
import { createSecretCheck } from './secret-check.ts';
import { type CurrentKeyRing, type KeyRing, publicJwk, SIGNING_ALGORITHM } from './signing-key.ts';

export interface EmbeddedIssuerOptions {
  /** The address under which the world reaches this gateway. */
  issuer: string;
  /** What tokens are for, an address as well. */
  audience: string;
  tokenTtlSeconds: number;
  keyRing: CurrentKeyRing;
  registry: ClientRegistry;
  revocations: Revocations;
  log: Logger;
  now?: () => number;
}

export interface EmbeddedIssuer {
  /** For `createAuthenticate`: verifies in this process, without a call to itself. */
  trusted: TrustedIssuer;
  /** POST /oauth/token, GET /oauth/jwks and the two discovery documents. */
  addRoutes(server: FastifyInstance): Promise<void>;
}

/** The issuer for companies that have none: partner apps get tokens by their client credentials. */
export function createEmbeddedIssuer(options: EmbeddedIssuerOptions): EmbeddedIssuer {
  const { issuer, audience, keyRing, registry, revocations, now = Date.now } = options;
  const findClient = async (id: string): Promise<Client | null> => {
    if (revocations.isClientRevoked(id)) return null;
    const client = (await registry.current()).clients.get(id);
    return client?.isActive(now()) ? client : null;
  };
  const access = { audience: [audience], algorithms: [SIGNING_ALGORITHM], typ: 'at+jwt' };
  return {
    trusted: {
      issuer,
      revocationName: EMBEDDED_ISSUER,
      keys: createLocalKeySet(createKnownKeys(keyRing)),
      access,
      assertion: null,
      nameOf: () => null,
      grantOf: createGrants(findClient),
    },
    addRoutes: (server) => addRoutes(server, { ...options, findClient, now }),
  };
}

/** The same keys object while the ring is the same. */
function createKnownKeys(keyRing: CurrentKeyRing): () => Promise<KnownKeys> {
  const keysOf = memoizeLast((ring: KeyRing) => createLocalJWKSet({ keys: ring.published.map(publicJwk) }));
  return async () => keysOf(await keyRing());
}

/**
 * What the registry says of the client now, not what it said when the token was issued: a scope that was taken away, a
 * new row rule and a revocation count at once.
 */
function createGrants(findClient: (id: string) => Promise<Client | null>): TrustedIssuer['grantOf'] {
  const grants = new WeakMap<Claims, { client: Client; grant: Grant }>();
  return async (claims) => {
    const client = await findClient(textAt(claims, ['client_id']) ?? '');
    if (!client) throw new TokenError('The client of the token is not active');
    const known = grants.get(claims);
    if (known?.client === client) return known.grant;
    const allowed = new Set(client.scopes);
    const grant: Grant = {
      clientId: client.id,
      scopes: new Set(scopesOf(claims.scope).filter((scope) => allowed.has(scope))),
      rows: client.rowsFor(customerIn(claims)),
      budget: client.budget,
      documents: client.documents,
      actor: null,
    };
    grants.set(claims, { client, grant });
    return grant;
  };
}

type RouteOptions = EmbeddedIssuerOptions & { findClient(id: string): Promise<Client | null>; now: () => number };

async function addRoutes(server: FastifyInstance, options: RouteOptions): Promise<void> {
  const { keyRing, findClient, log } = options;
  const checkSecret = createSecretCheck(options.now);
  // oidc-provider sees Node's own request; the address is Fastify's, which knows of trusted proxies.
  const addressOf = new WeakMap<object, string>();
  const handlerOf = memoizeLast((ring: KeyRing) => {
    const provider = createProvider({
      ...options,
      ring,
      findClient,
      checkSecret: (client, secret, { req }) => checkSecret(client, secret, addressOf.get(req) ?? ''),
      log: log.child({ name: 'issuer' }),
    });
    return provider.callback();
  });
  const delegate = async (request: FastifyRequest, reply: FastifyReply) => {
    const handle = handlerOf(await keyRing());
    // Throws when clients or revocations are not known now; oidc-provider would call that a fault of its own.
    await findClient('');
    addressOf.set(request.raw, request.ip);
    reply.hijack();
    await handle(request.raw, reply.raw);
    return reply;
  };
  const metadata = metadataOf(options);
  const describe = async (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header('access-control-allow-origin', '*').send(metadata);

  await server.register(async (scope) => {
    // oidc-provider reads and bounds the body itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.post(TOKEN_PATH, delegate);
    scope.get(JWKS_PATH, delegate);
    scope.get('/.well-known/oauth-authorization-server', describe);
    scope.get('/.well-known/openid-configuration', describe);
  });
}

/**
 * RFC 8414. Ours rather than oidc-provider's, which names endpoints that are switched off here and takes their addresses
 * from the Host header.
 */
function metadataOf({ issuer }: EmbeddedIssuerOptions) {
  const base = issuer.replace(/\/$/, '');
  return {
    issuer,
    token_endpoint: `${base}${TOKEN_PATH}`,
    jwks_uri: `${base}${JWKS_PATH}`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    authorization_details_types_supported: ['customer'],
  };
}

function memoizeLast<A extends object, R>(make: (input: A) => R): (input: A) => R {
  let last: { input: A; made: R } | null = null;
  return (input) => {
    if (last?.input !== input) last = { input, made: make(input) };
    return last.made;
  };
}
