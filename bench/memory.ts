import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { print } from './measured-process.ts';
import { KIND_COUNT } from './memory/requests.ts';
import { fitSlope, type Slope } from './memory/slope.ts';
import { type Cycle, type Sample, startSoak } from './memory/soak.ts';

/**
 * What the gateway keeps: its live memory under mixed load, while its supergraph changes again and again. Ends with one
 * line of JSON, and fails when memory grows by more than 1 MB an hour for sure.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    /** Before these, not part of the slope: with more frequent reloads and requests, so that V8 has compiled what it will. */
    warm: { type: 'string', default: '15' },
    'reload-seconds': { type: 'string', default: '60' },
    'per-second': { type: 'string', default: '30' },
    /** More than the gateway remembers. */
    tokens: { type: 'string', default: '6000' },
    /** A folder for heap snapshots, after the warm-up and at the end. Each makes V8 forget what it compiled. */
    snapshots: { type: 'string' },
    /** Without V8's compilers memory is flat at once; with them it is as in service. */
    interpret: { type: 'boolean', default: false },
  },
});
const MAX_MB_AN_HOUR = 1;
const MB = 1_000_000;
/** So many times as often as later, in the warm-up: what a change of supergraph runs, V8 compiles part by part over some hundred of them. */
const WARM_RELOADS = 15;
const WARM_REQUESTS = 3;

/** The supergraph's change takes a part of the time. */
const LOAD_SHARE = 0.8;

function cyclesOf(minutes: number, seconds: number, perSecond: number): Cycle[] {
  const turns = Math.round((seconds * LOAD_SHARE * perSecond) / KIND_COUNT);
  return Array.from({ length: Math.round((minutes * 60) / seconds) }, () => ({
    seconds,
    requests: turns * KIND_COUNT,
  }));
}

const reloadSeconds = Number(values['reload-seconds']);
const perSecond = Number(values['per-second']);
const warmUp = cyclesOf(Number(values.warm), reloadSeconds / WARM_RELOADS, perSecond * WARM_REQUESTS);
const cycles = [...warmUp, ...cyclesOf(Number(values.minutes), reloadSeconds, perSecond)];

await using soak = await startSoak({ cycles, tokens: Number(values.tokens), compiles: !values.interpret });
const samples: Sample[] = [];
print('cycle   minute   live MB   code MB   threads MB   resident MB   threads   files   requests   surprises');
for await (const sample of soak.run()) {
  samples.push(sample);
  printSample(sample);
  if (values.snapshots && [warmUp.length, cycles.length].includes(sample.cycle)) {
    await soak.gateway.writeSnapshot(join(values.snapshots, `cycle-${sample.cycle}.heapsnapshot`));
  }
}

const measured = samples.filter(({ cycle }) => cycle > warmUp.length);
const slopeOf = (bytesOf: (sample: Sample) => number) =>
  fitSlope(measured.map((sample) => ({ x: sample.hours, y: bytesOf(sample) / MB })));
const slopes = {
  live: slopeOf(({ liveBytes }) => liveBytes),
  threads: slopeOf(({ threadBytes }) => threadBytes),
  resident: slopeOf(({ residentBytes }) => residentBytes),
};
print('');
for (const [name, slope] of Object.entries(slopes)) print(`${name.padEnd(10)} ${describe(slope)}`);
print(
  JSON.stringify({
    minutes: Number(values.minutes),
    reloads: cycles.length,
    requests: samples.reduce((sum, { sent }) => sum + sent, 0),
    surprises: samples.reduce((sum, { surprises }) => sum + surprises.length, 0),
    maxMbAnHour: MAX_MB_AN_HOUR,
    mbAnHour: slopes,
    first: shortened(measured[0]!),
    last: shortened(measured.at(-1)!),
  }),
);
if (Object.values(slopes).some(({ low }) => low > MAX_MB_AN_HOUR)) process.exitCode = 1;

function printSample(sample: Sample): void {
  const { cycle, hours, liveBytes, codeBytes, threadBytes, residentBytes, threads, openFiles, sent, surprises } =
    sample;
  const megabytes = (bytes: number) => (bytes / MB).toFixed(2);
  const cells = [
    String(cycle).padStart(5),
    (hours * 60).toFixed(1).padStart(6),
    megabytes(liveBytes).padStart(7),
    megabytes(codeBytes).padStart(7),
    megabytes(threadBytes).padStart(10),
    megabytes(residentBytes).padStart(11),
    String(threads).padStart(7),
    String(openFiles).padStart(5),
    String(sent).padStart(8),
    String(surprises.length).padStart(9),
  ];
  print(cells.join('   '));
  for (const surprise of surprises.slice(0, 2)) print(`        ${surprise}`);
}

function describe({ value, low, high }: Slope): string {
  return `${value.toFixed(2)} MB an hour, with 95 % confidence ${low.toFixed(2)} to ${high.toFixed(2)}`;
}

function shortened({ liveBytes, threadBytes, residentBytes, threads, openFiles, resources }: Sample) {
  return { liveBytes, threadBytes, residentBytes, threads, openFiles, resources };
}
