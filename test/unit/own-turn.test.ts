import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ownTurn } from '../../subgraphs/shared/own-turn.ts';

/** Asks so many times at once, and tells after each turn of the event loop who has begun by then. */
async function watch(count: number, turns: number): Promise<number[][]> {
  const begun: number[] = [];
  for (let index = 0; index < count; index += 1) void Promise.resolve(ownTurn()).then(() => begun.push(index));
  await Promise.resolve();
  const seen = [[...begun]];
  for (let turn = 1; turn < turns; turn += 1) {
    await nextTurn();
    seen.push([...begun]);
  }
  return seen;
}

test('two begin in a turn of the event loop, the others in those after it, in the order asked', async () => {
  expect(await watch(5, 4)).toEqual([
    [0, 1],
    [0, 1, 2, 3],
    [0, 1, 2, 3, 4],
    [0, 1, 2, 3, 4],
  ]);
  // As at the start, once nobody has asked for a turn.
  expect(await watch(3, 2)).toEqual([
    [0, 1],
    [0, 1, 2],
  ]);
});
