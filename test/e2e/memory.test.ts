import { expect, test } from '@jest/globals';
import { fitSlope } from '../../bench/memory/slope.ts';
import { type Sample, startSoak } from '../../bench/memory/soak.ts';

const RELOADS = 24;
const SECONDS = 5;
const REQUESTS = 75;
/** What is made once. */
const WARM = 4;
/** The same load without a leak: some 5 KB either way. A supergraph takes 10 MB, an operation some 20 KB. */
const MAX_KB_A_RELOAD = 25;
/** Connections to subgraphs and from clients come and go. */
const CONNECTIONS = 48;

test('two minutes of mixed load over changing supergraphs leave no memory, thread, timer or socket behind', async () => {
  const cycles = Array.from({ length: RELOADS }, () => ({ seconds: SECONDS, requests: REQUESTS }));
  await using soak = await startSoak({ cycles, tokens: 50, compiles: false });
  const samples: Sample[] = [];
  for await (const sample of soak.run()) samples.push(sample);
  const sent = samples.reduce((sum, one) => sum + one.sent, 0);
  const surprises = samples.flatMap((one) => one.surprises);
  // A busy machine lets a call run out of time.
  if (surprises.length > sent / 100) expect(surprises).toEqual([]);

  const [warm, last] = [samples[WARM]!, samples.at(-1)!];
  const kilobytesAReload = (bytesOf: (sample: Sample) => number) =>
    fitSlope(samples.slice(WARM).map((sample) => ({ x: sample.cycle, y: bytesOf(sample) / 1000 }))).value;
  expect(kilobytesAReload(({ liveBytes }) => liveBytes)).toBeLessThan(MAX_KB_A_RELOAD);
  expect(kilobytesAReload(({ threadBytes }) => threadBytes)).toBeLessThan(MAX_KB_A_RELOAD);
  expect(samples.map(({ threads }) => threads)).toEqual(samples.map(() => 1));
  expect(last.threadsStarted).toBe(RELOADS + 1);
  expect(last.openFiles ?? 0).toBeLessThanOrEqual((warm.openFiles ?? 0) + CONNECTIONS);
  const { TCPSocketWrap: _connections, PipeWrap: _streams, ...others } = last.resources;
  expect(others).toEqual({ TCPServerWrap: 2 });
}, 300_000);
