import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Measured, measure } from './load.ts';

export interface MeasuredProcess extends Measured {
  /** Processor time for one request. Less disturbed by what else the machine does than requests per second. */
  cpuMs: number;
}

export interface ProcessLoad {
  body: string;
  headers?: Record<string, string>;
  connections: number;
  seconds: number;
}

const REPORT_CPU = new URL('./report-cpu.ts', import.meta.url);
const WARM_UP_S = 3;

/** Starts a server as a process of its own, which prints a line of JSON with its `url`, and puts it under load. */
export async function measureProcess(
  script: URL,
  settings: Record<string, string>,
  { seconds, ...load }: ProcessLoad,
): Promise<MeasuredProcess> {
  const env = { ...process.env, PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'production', ...settings };
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
    return { ...measured, cpuMs: cpuMs / (measured.perSecond * seconds) };
  } finally {
    child.kill();
    await once(child, 'exit');
  }
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

export function format({ perSecond, p50Ms, p99Ms, cpuMs, answerBytes }: MeasuredProcess): string {
  return `${perSecond.toFixed(0).padStart(6)} requests/s   p50 ${p50Ms.toFixed(1)} ms   p99 ${p99Ms.toFixed(1)} ms   cpu ${cpuMs.toFixed(2)} ms   ${answerBytes} bytes`;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
