import type { z } from 'zod';
import { CodedError } from '../../../common/errors.ts';
import type { TellsPlaces } from './webhook.ts';

/**
 * Where a record stands that came whole with a webhook. It is read as any answer of the vendor's would be, and nothing
 * else of it is used; one that can't be read tells nothing.
 */
export function tellPlaces<T>(schema: z.ZodType<T>, payload: unknown, toPlaces: (payload: T) => string[]): TellsPlaces {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return { told: 'none' };
  try {
    return { told: 'all', tags: toPlaces(parsed.data) };
  } catch (error) {
    if (error instanceof CodedError && error.code === 'UPSTREAM_BAD_RESPONSE') return { told: 'none' };
    throw error;
  }
}
