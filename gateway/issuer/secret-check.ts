import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Client } from '../clients/client.ts';

/** Tries for one client from one address in a minute, before hashing stops: one hash takes 16 MB and tens of milliseconds. */
const TRIES_PER_MINUTE = 30;

export type SecretCheck = 'right' | 'wrong' | 'too-often';

/** Compares secrets, but not for whoever only guesses (RFC 6749, section 2.3.1). */
export function createSecretCheck(now: () => number) {
  const tries = new RateLimiterMemory({ points: TRIES_PER_MINUTE, duration: 60 });
  return async (client: Client, secret: string, address: string): Promise<SecretCheck> => {
    const key = `${client.id} ${address}`;
    // Counted before the hash, so that many at once don't all slip through; a right secret clears the count.
    const isAllowed = await tries.consume(key).then(
      () => true,
      () => false,
    );
    if (!isAllowed) return 'too-often';
    if (!(await client.isSecret(secret, now()))) return 'wrong';
    await tries.delete(key);
    return 'right';
  };
}
