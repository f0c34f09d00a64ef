import { expect, test } from '@jest/globals';
import { createTurns } from '../../subgraphs/shared/upstream/turns.ts';

const never = new AbortController().signal;

test('one at a time, in the order asked; who gave up waiting is passed over', async () => {
  const turns = createTurns();
  const order: string[] = [];
  const gone = new AbortController();
  const end = await turns.take(never);
  const second = turns.take(gone.signal);
  const third = turns.take(never).then((endThird) => {
    order.push('third');
    return endThird;
  });
  gone.abort(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  expect(order).toEqual([]);
  end();
  (await third)();
  expect(order).toEqual(['third']);
  (await turns.take(never))();
});
