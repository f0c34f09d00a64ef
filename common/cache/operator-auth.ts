import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { HttpError } from '../http.ts';
import { setting } from '../settings.ts';

export const cacheKeySetting = setting({
  name: 'CACHE_INVALIDATION_KEY',
  schema: z.string().min(16, 'expected at least 16 characters'),
  default: null,
  secret: true,
  description:
    "key that POST /cache/invalidate and /cache/erase on the operators' port ask for; without one there are none",
});

/** The key stands in `Authorization`, as it is or behind "Bearer". */
export function checkSharedKey(header: string | undefined, key: string): void {
  const given = (header ?? '').replace(/^Bearer /i, '');
  // Hashed, so that neither time nor length tells anything of the key.
  if (timingSafeEqual(digest(given), digest(key))) return;
  const message = header === undefined ? 'Expected the shared key in Authorization' : 'The shared key is another one';
  throw new HttpError(401, message);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
