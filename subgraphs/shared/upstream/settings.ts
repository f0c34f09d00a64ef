import { z } from 'zod';
import { setting } from '../../../common/settings.ts';

export const positive = z
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

/** `fallback` is what the vendor documents, or what is careful where it documents nothing; null = no limit. */
export function callsPerSecondSetting(fallback: string | null) {
  const unset = fallback === null ? '; unset = as many as the places allow' : '';
  return setting({
    name: 'CALLS_PER_SECOND',
    schema: positive,
    default: fallback,
    description: `most calls a second, of all replicas together${unset}`,
  });
}

/** `fallback` is what the vendor is known to bear. */
export function concurrencySetting(fallback: string) {
  return setting({
    name: 'CONCURRENCY',
    schema: positive,
    default: fallback,
    description: 'most calls at the same time',
  });
}

/** Work in the background: sync, and what a webhook sets off. */
export const syncShareSetting = setting({
  name: 'SYNC_PERCENT',
  schema: z
    .string()
    .regex(/^[1-9]\d?$|^100$/, 'expected 1 to 100')
    .transform((text) => Number(text) / 100),
  default: '30',
  description: 'percent of the limits and of the calls at the same time that work in the background may use',
});
