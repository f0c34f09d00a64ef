import { expect, test } from '@jest/globals';
import type { Generation } from '../../gateway/generation.ts';
import { createGenerations } from '../../gateway/generations.ts';

test('closes a replaced generation with its last request, and not before', async () => {
  const [first, second] = [createFake(), createFake()];
  const generations = createGenerations(first.generation, () => {});
  const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const works = [generations.use(() => one.promise), generations.use(() => two.promise)];
  generations.replace(second.generation);
  one.resolve();
  await works[0];
  expect(first.closed).toEqual([]);
  two.resolve();
  await works[1];
  expect(first.closed).toEqual(['closed']);
  expect(second.closed).toEqual([]);
});

test('closes a replaced generation at once when nobody uses it', async () => {
  const first = createFake();
  const generations = createGenerations(first.generation, () => {});
  generations.replace(createFake().generation);
  expect(first.closed).toEqual(['closed']);
});

test('serves new work on the newest generation', async () => {
  const [first, second] = [createFake(), createFake()];
  const generations = createGenerations(first.generation, () => {});
  generations.replace(second.generation);
  expect(await generations.use(async (generation) => generation)).toBe(second.generation);
});

test('waits for work under way when closing, also when that fails', async () => {
  const first = createFake();
  const generations = createGenerations(first.generation, () => {});
  const work = Promise.withResolvers<void>();
  const used = generations.use(() => work.promise);
  const closed = generations.close();
  expect(first.closed).toEqual([]);
  work.reject(new Error('failed'));
  await expect(used).rejects.toThrow('failed');
  await closed;
  expect(first.closed).toEqual(['closed']);
});

test('reports a generation that does not close, and goes on', async () => {
  const reported: unknown[] = [];
  const error = new Error('stuck');
  const generations = createGenerations(createFake(error).generation, (cause) => reported.push(cause));
  await generations.close();
  expect(reported).toEqual([error]);
});

function createFake(failure: Error | null = null) {
  const closed: string[] = [];
  const close = async () => {
    closed.push('closed');
    if (failure) throw failure;
  };
  // Cast: only what generations.ts calls.
  return { closed, generation: { close } as Generation };
}
