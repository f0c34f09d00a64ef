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

const REPORT_CPU = new URL('./report-cpu.ts', import.meta.url);
const WARM_UP_S = 3;
const COLD_OPERATIONS = 20;

/** Starts a server as a process of its own, which prints a line of JSON with its `url`, and puts it under load. */
export async function measureProcess(
  script: URL,
  settings: Record<string, string>,
  { seconds, bodyOf, ...rest }: ProcessLoad,
): Promise<MeasuredProcess> {
  const env = { ...process.env, PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'production', ...settings };
  const load = { ...rest, body: bodyOf('Warm') };
  const child = spawn(process.execPath, ['--import', REPORT_CPU.href, fileURLToPath(script)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    const url = `${await readUrl(child.stdout!)}/graphql`;
    await measure({ ...load, url, seconds: WARM_UP_S });
    const before = await readCpuMs(child);
    const measured = await measure({ ...load, url, seconds });
    const cpuMs = (await readCpuMs(child)) - before;
    const coldCpuMs = await measureCold(child, url, { bodyOf, headers: load.headers });
    return { ...measured, cpuMs: cpuMs / (measured.perSecond * seconds), coldCpuMs };
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

async function measureCold(
  child: ChildProcess,
  url: string,
  { bodyOf, headers }: Pick<ProcessLoad, 'bodyOf' | 'headers'>,
): Promise<number> {
  const before = await readCpuMs(child);
  for (let index = 0; index < COLD_OPERATIONS; index += 1) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: bodyOf(`Cold${index}`),
    });
    const { data } = (await response.json()) as { data?: unknown };
    if (!data) throw new Error('A first request got no data');
  }
  return ((await readCpuMs(child)) - before) / COLD_OPERATIONS;
}

async function readCpuMs(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [microseconds] = await once(child, 'message');
  return (microseconds as number) / 1000;
}

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
