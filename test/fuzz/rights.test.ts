import { test } from '@jest/globals';
import fc from 'fast-check';
import { checkCase } from './check-case.ts';

/** A few hundred in every run of the tests, thousands in CI; `npm run test:fuzz` asks for a hundred thousand. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 400);
/** Finding the simplest case that fails takes minutes: FUZZ_SHRINK=1 asks for it. */
const endOnFailure = process.env.FUZZ_SHRINK === undefined;

const bytes = (maxLength: number) => fc.uint8Array({ maxLength, size: 'max' });

test(
  `agrees with the naive oracle on ${RUNS} random schemas, rules, operations and callers`,
  () => {
    const cases = fc.tuple(bytes(700), bytes(700), bytes(30));
    fc.assert(fc.property(cases, checkCase), { numRuns: RUNS, endOnFailure });
  },
  Math.max(120_000, RUNS * 60),
);
