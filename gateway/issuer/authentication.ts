import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../common/log.ts';
import type { Redis } from '../../common/redis.ts';
import type { Parsed } from '../../common/settings.ts';
import type { ClientRecord } from '../clients/client-file.ts';
import { createFileRegistry, createFixedRegistry } from '../clients/registry.ts';
import { createRevocations } from '../clients/revocations.ts';
import { clientsFileOf } from '../clients/settings.ts';
import { createSharedRevocations } from '../clients/shared-revocations.ts';
import { type Authenticate, createAuthenticate } from '../tokens/authenticate.ts';
import { createExternalIssuer } from '../tokens/external-issuer.ts';
import { tokenIssuersSetting } from '../tokens/issuer-config.ts';
import { createEmbeddedIssuer } from './embedded-issuer.ts';
import { createKeyFileRing } from './key-file.ts';
import { audienceOf, issuerSettings, keyFileOf } from './settings.ts';
import { createFixedKeyRing, newSigningKey } from './signing-key.ts';

export const authenticationSettings = { ...issuerSettings, tokenIssuers: tokenIssuersSetting } as const;

type AuthenticationSettings = Parsed<typeof authenticationSettings>;

export interface AuthenticationDeps {
  /** The address under which callers reach the gateway. */
  publicUrl: string;
  log: Logger;
  /** Null: this process alone. The caller owns the connection. */
  redis: Redis | null;
  /** The sandbox's own clients: then nothing is read from the disk or written to it. */
  sandboxClients?: readonly ClientRecord[];
}

export interface Authentication extends AsyncDisposable {
  authenticate: Authenticate;
  /** The embedded issuer's routes. */
  addRoutes(server: FastifyInstance): Promise<void>;
  close(): Promise<void>;
}

/** How long the start waits for Redis. */
const REDIS_START_MS = 2000;

/** Everything about tokens: the embedded issuer, the company's own ones, clients and revocations. */
export async function createAuthentication(
  settings: AuthenticationSettings,
  deps: AuthenticationDeps,
): Promise<Authentication> {
  const { publicUrl, log, redis, sandboxClients } = deps;
  const registry = sandboxClients
    ? createFixedRegistry(sandboxClients)
    : createFileRegistry({ path: clientsFileOf(settings), log });
  const shared = redis && createSharedRevocations({ redis, log });
  // Redis may be away; then tokens are refused until it was there once.
  if (await redis?.untilReady(REDIS_START_MS)) await shared?.refresh().catch(() => {});
  const revocations = createRevocations(registry, shared);
  const embedded = createEmbeddedIssuer({
    issuer: publicUrl,
    audience: audienceOf(publicUrl),
    tokenTtlSeconds: settings.tokenTtlSeconds,
    keyRing: await openKeyRing(settings, deps),
    registry,
    revocations,
    log,
  });
  const external = (settings.tokenIssuers ?? []).map((config) => createExternalIssuer(config, { log }));
  const close = async () => {
    await shared?.close();
  };
  return {
    authenticate: createAuthenticate({ issuers: [embedded.trusted, ...external], revocations }),
    addRoutes: embedded.addRoutes,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function openKeyRing(settings: AuthenticationSettings, { sandboxClients, log }: AuthenticationDeps) {
  if (settings.issuerKeys) return createFixedKeyRing(settings.issuerKeys);
  if (!sandboxClients) return createKeyFileRing({ path: keyFileOf(settings), log });
  const key = await newSigningKey();
  const ring = { signing: key, published: [key] };
  return async () => ring;
}
