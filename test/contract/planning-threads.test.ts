import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createPlanner } from '../../gateway/planning/planner.ts';
import { until } from '../setup/until.ts';
import { composeSubgraphs } from './gateway-fixture.ts';

const supergraphSdl = composeSubgraphs([
  { name: 'words', url: 'http://words', document: parse('type Query { word: String }') },
]);
const PLAN = { kind: 'plan', query: '{ word }' } as const;

test('a planner that took too long plans again, in a new thread, and leaves none behind', async () => {
  using threads = watchThreads();
  const planner = await createPlanner({ supergraphSdl, deadlineMs: 1 });
  await expect(planner.perform(PLAN)).rejects.toMatchObject({ code: 'OPERATION_TOO_LARGE' });
  await planner.close();
  expect(threads.started()).toBe(2);
  await until(() => threads.running() === 0);
});

test('a planner that is closed while it plans starts no thread after', async () => {
  using threads = watchThreads();
  const planner = await createPlanner({ supergraphSdl, deadlineMs: 1 });
  const planned = planner.perform(PLAN);
  await planner.close();
  await expect(planned).rejects.toMatchObject({ code: 'OPERATION_TOO_LARGE' });
  await until(() => threads.running() === 0);
  expect(threads.started()).toBe(1);
});

function watchThreads() {
  const running = new Set<Worker>();
  let started = 0;
  const onStarted = (message: unknown) => {
    // Cast: Node's channel of that name tells so.
    const { worker } = message as { worker: Worker };
    started += 1;
    running.add(worker);
    worker.once('exit', () => running.delete(worker));
  };
  subscribe('worker_threads', onStarted);
  return {
    started: () => started,
    running: () => running.size,
    [Symbol.dispose]: () => void unsubscribe('worker_threads', onStarted),
  };
}
