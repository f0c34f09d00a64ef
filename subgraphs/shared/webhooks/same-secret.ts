import { hash, timingSafeEqual } from 'node:crypto';

/** Compares in a time that tells nothing of either, neither its length nor where they part. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}
