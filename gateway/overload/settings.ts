import { z } from 'zod';
import { setting } from '../../common/settings.ts';
import { DEFAULT_OVERLOAD_LIMITS } from './limits.ts';

/** When operations are refused with 503. */
export const overloadSettings = {
  overloadWaitMs: setting({
    name: 'OVERLOAD_WAIT_MS',
    schema: wholeNumber(),
    default: String(DEFAULT_OVERLOAD_LIMITS.overloadWaitMs),
    description:
      'longest time for which an operation may expect to wait for its turn, in ms, and a thirtieth of it while most are refused; beyond it is refused',
  }),
  maxOperations: setting({
    name: 'MAX_OPERATIONS',
    schema: wholeNumber(),
    default: String(DEFAULT_OVERLOAD_LIMITS.maxOperations),
    description: 'most operations at once, also such as only wait for a vendor: each holds memory',
  }),
} as const;

function wholeNumber() {
  const expected = 'expected a whole number above zero';
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value > 0, expected);
}
