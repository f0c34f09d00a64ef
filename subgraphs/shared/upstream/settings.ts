import { z } from 'zod';
import { setting } from '../../../common/settings.ts';

const positive = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'expected a whole number above 0')
  .transform(Number);

/** For one whole call with its retries, in milliseconds; below the deadline of a request, so that the error names the vendor. */
export const timeoutSetting = setting({
  name: 'TIMEOUT_MS',
  schema: positive,
  default: '10000',
  description: 'longest time for one call with its retries, in milliseconds',
});

/** `fallback` is what the vendor is known to bear. */
export function concurrencySetting(fallback: string) {
  return setting({
    name: 'CONCURRENCY',
    schema: positive,
    default: fallback,
    description: 'most calls at the same time',
  });
}
