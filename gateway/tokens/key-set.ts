import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { CodedError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';

/** Finds the key that a token names. */
export type KnownKeys = ReturnType<typeof createLocalJWKSet>;

/** An issuer's public keys. Both answer the same object until the keys change. */
export interface KeySet {
  /** Throws AUTHENTICATION_UNAVAILABLE when none are known, or none recent enough to be believed. */
  current(): Promise<KnownKeys>;
  /** For a token that names an unknown key: looks whether there are newer ones, at most once a cool-down. */
  refreshed(): Promise<KnownKeys>;
}

export interface RemoteKeySetOptions {
  /** Where the keys are now. */
  read: () => Promise<JSONWebKeySet>;
  log: Logger;
  /** Shortest time between two fetches, default 30000. */
  cooldownMs?: number;
  /** When known keys are fetched again, default 10 minutes: a key that its issuer withdrew works that long. */
  refreshAfterMs?: number;
  /** How long known keys count while the issuer is down, default 24 hours. */
  maxStaleMs?: number;
  now?: () => number;
}

const MINUTE_MS = 60_000;

/** While no keys are known at all, everybody waits for the next try. */
const FIRST_COOLDOWN_MS = 5000;

/** Keys that are somewhere else: kept, renewed in the background, and stale for a while when they can't be. */
export function createRemoteKeySet(options: RemoteKeySetOptions): KeySet {
  const { read, log, cooldownMs = 30_000, refreshAfterMs = 10 * MINUTE_MS, now = Date.now } = options;
  const { maxStaleMs = 24 * 60 * MINUTE_MS } = options;
  let known: { keys: KnownKeys; text: string; fetchedAtMs: number } | null = null;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let hasFailed = false;
  let trying: Promise<void> | null = null;

  const attempt = async () => {
    triedAtMs = now();
    try {
      const set = await read();
      const text = JSON.stringify(set);
      known = { keys: known?.text === text ? known.keys : createLocalJWKSet(set), text, fetchedAtMs: now() };
      hasFailed = false;
    } catch (err) {
      hasFailed = true;
      log.warn({ err }, "an issuer's keys cannot be fetched");
    }
  };
  const refresh = async () => {
    const isCool = now() - triedAtMs >= (known ? cooldownMs : Math.min(cooldownMs, FIRST_COOLDOWN_MS));
    if (isCool) {
      trying ??= attempt().finally(() => {
        trying = null;
      });
    }
    await trying;
  };
  const ageMs = () => (known ? now() - known.fetchedAtMs : Number.POSITIVE_INFINITY);
  const believed = (): KnownKeys => {
    if (known && ageMs() <= maxStaleMs) return known.keys;
    throw unavailable();
  };
  return {
    current: async () => {
      // Never rejects; only who has nothing to go on with waits for it.
      const refreshed = ageMs() > refreshAfterMs ? refresh() : null;
      if (ageMs() > maxStaleMs) await refreshed;
      return believed();
    },
    refreshed: async () => {
      await refresh();
      // The key may be a new one that could not be fetched: the token is not wrong, it can't be judged.
      if (hasFailed) throw unavailable();
      return believed();
    },
  };
}

/** Keys of this process. */
export function createLocalKeySet(current: () => Promise<KnownKeys>): KeySet {
  return { current, refreshed: current };
}

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Throws when it is none. */
export function parseJwks(value: unknown): JSONWebKeySet {
  return jwksSchema.parse(value);
}

function unavailable(): CodedError {
  return new CodedError('AUTHENTICATION_UNAVAILABLE', "The keys of the token's issuer are not known now");
}
