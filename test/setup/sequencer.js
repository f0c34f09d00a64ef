import Sequencer from '@jest/test-sequencer';

/** It takes its minutes on any machine: begun as one of the last, it would run alone while the other core has nothing to do. */
const FIRST = 'memory.test.ts';

/** Jest's own order, which a machine that has not run the tests before has to guess, but for the longest. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isFirst = ({ path }) => path.endsWith(FIRST);
    return [...sorted.filter(isFirst), ...sorted.filter((one) => !isFirst(one))];
  }
}
