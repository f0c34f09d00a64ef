import Sequencer from '@jest/test-sequencer';

/** They take long on any machine: begun as one of the last, one of them would run alone while the other core has nothing to do. */
const LONGEST = [
  'e2e/customer-360.test.ts',
  'contract/identity-outage.test.ts',
  'differential/entities.test.ts',
  'differential/kept-answers.test.ts',
  'differential/abstract-types.test.ts',
  'e2e/identity-truth.test.ts',
  'e2e/doctor.test.ts',
  'contract/upstream-budget.test.ts',
  'fuzz/rights.test.ts',
];

/** Jest's own order, which a machine that has not run the tests before has to guess, but for the longest. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = LONGEST.findIndex((name) => path.endsWith(name));
      return place === -1 ? LONGEST.length : place;
    };
    return super.sort(tests).sort((a, b) => placeOf(a) - placeOf(b));
  }
}
