import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Measured, measure } from './load.ts';

export interface MeasuredProcess extends Measured {
  /** Processor time for one request. Less disturbed by what else the machine does than requests per second. */
  cpuMs: number;
  /** The same for the first request of an operation, in a process that is warm: it is parsed, validated and planned. */
  coldCpuMs: number;
}

export interface ProcessLoad {
  /** The body of a request whose operation has the name given. */
  bodyOf: (operationName: string) => string;
  headers?: Record<string, string>;
  connections: number;
  seconds: number;
}

/** Loaded into a server, answers `readCpuMs`. */
const REPORT_CPU = new URL('./report-cpu.ts', import.meta.url);
const WARM_UP_S = 3;
const COLD_OPERATIONS = 20;

/** A server as a process of its own, warm. */
export interface MeasuredServer extends AsyncDisposable {
  /** Puts it under load for a while. */
  turn(seconds: number): Promise<Measured & { cpuMs: number }>;
  /** Processor time for the first request of an operation, in milliseconds; each call sends operations of new names. */
  cold(): Promise<number>;
}

/** Starts one, which prints a line of JSON with its `url`, and warms it up. */
export async function startMeasured(
  script: URL,
  settings: Record<string, string>,
  { bodyOf, ...rest }: Omit<ProcessLoad, 'seconds'>,
): Promise<MeasuredServer> {
  const env = { ...process.env, PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'production', ...settings };
  const child = spawn(process.execPath, ['--import', REPORT_CPU.href, fileURLToPath(script)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const stop = async () => {
    child.kill();
    await once(child, 'exit');
  };
  try {
    const url = `${await readUrl(child.stdout!)}/graphql`;
    const load = { ...rest, url, body: bodyOf('Warm') };
    await measure({ ...load, seconds: WARM_UP_S });
    let colds = 0;
    return {
      turn: async (seconds) => {
        const before = await readCpuMs(child);
        const measured = await measure({ ...load, seconds });
        return { ...measured, cpuMs: ((await readCpuMs(child)) - before) / (measured.perSecond * seconds) };
      },
      cold: async () => {
        const names = Array.from({ length: COLD_OPERATIONS }, (_, index) => `Cold${colds + index}`);
        colds += COLD_OPERATIONS;
        const before = await readCpuMs(child);
        for (const name of names) await askOnce(url, bodyOf(name), rest.headers);
        return ((await readCpuMs(child)) - before) / COLD_OPERATIONS;
      },
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One server alone: started, measured, stopped. */
export async function measureProcess(
  script: URL,
  settings: Record<string, string>,
  { seconds, ...load }: ProcessLoad,
): Promise<MeasuredProcess> {
  await using server = await startMeasured(script, settings, load);
  const measured = await server.turn(seconds);
  return { ...measured, coldCpuMs: await server.cold() };
}

async function askOnce(url: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const { data } = (await response.json()) as { data?: unknown };
  if (!data) throw new Error('A first request got no data');
}

async function readCpuMs(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [microseconds] = await once(child, 'message');
  return (microseconds as number) / 1000;
}

/** From the line in which a server tells where it listens. */
async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url) {
      output.resume();
      return url;
    }
  }
  throw new Error('The gateway ended before it listened');
}

/** The operation under another name: to the gateway, one it has not planned yet. */
export function named(query: string, name: string): string {
  return query.replace(/query( \w+)?/, `query ${name}`);
}

export function format({ perSecond, p50Ms, p99Ms, cpuMs, coldCpuMs, answerBytes }: MeasuredProcess): string {
  return `${perSecond.toFixed(0).padStart(6)} requests/s   p50 ${p50Ms.toFixed(1)} ms   p99 ${p99Ms.toFixed(1)} ms   cpu ${cpuMs.toFixed(2)} ms, cold ${coldCpuMs.toFixed(1)} ms   ${answerBytes} bytes`;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
