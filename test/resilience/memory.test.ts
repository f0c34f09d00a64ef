import { expect, test } from '@jest/globals';
import { fitSlope } from '../../bench/memory/slope.ts';
import { type Sample, startSoak } from '../../bench/memory/soak.ts';

const RELOADS = 24;
const SECONDS = 5;
const REQUESTS = 75;
/** What is made once. */
const WARM = 4;
/**
 * Five times what is measured where nothing leaks: samples differ by 100 KB, so their slope by 5. A kept supergraph is
 * 10 MB, 400 bytes of each request are 60 KB.
 */
const MAX_KB_A_RELOAD = 25;
/** To subgraphs and from clients; they come and go. */
const CONNECTIONS = 48;

test('two minutes of mixed load over changing supergraphs leave no memory, thread, timer or socket behind', async () => {
  const cycles = Array.from({ length: RELOADS }, () => ({ seconds: SECONDS, requests: REQUESTS }));
  await using soak = await startSoak({ cycles, tokens: 150, compiles: false });
  const samples: Sample[] = [];
  for await (const sample of soak.run()) samples.push(sample);
  const surprises = samples.flatMap((one) => one.surprises);
  // On a busy machine a call may run out of time.
  expect(surprises.slice((RELOADS * REQUESTS) / 100)).toEqual([]);

  const kilobytesAReload = (bytesOf: (sample: Sample) => number) =>
    fitSlope(samples.slice(WARM).map((sample) => ({ x: sample.cycle, y: bytesOf(sample) / 1000 }))).value;
  expect(kilobytesAReload(({ liveBytes }) => liveBytes)).toBeLessThan(MAX_KB_A_RELOAD);
  expect(kilobytesAReload(({ threadBytes }) => threadBytes)).toBeLessThan(MAX_KB_A_RELOAD);

  const [warm, last] = [samples[WARM]!, samples.at(-1)!];
  expect(samples.map(({ threads }) => threads)).toEqual(samples.map(() => 1));
  expect(last.threadsStarted).toBe(RELOADS + 1);
  expect(last.openFiles ?? 0).toBeLessThanOrEqual((warm.openFiles ?? 0) + CONNECTIONS);
  const { TCPSocketWrap: connections = 0, ...others } = last.resources;
  expect(connections).toBeLessThanOrEqual(CONNECTIONS);
  // What one supergraph leaves behind there is once for each.
  expect(Math.max(...Object.values(others))).toBeLessThan(RELOADS / 4);
}, 480_000);
