import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LOAD_CORE } from './pinned-process.ts';

export interface WrkReport {
  requests: number;
  seconds: number;
  bytes: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** By kind; `status` are answers with a status of 400 and above. */
  failures: Record<'connect' | 'read' | 'write' | 'status' | 'timeout', number>;
}

export interface WrkOrder {
  url: string;
  /** What to send, in a file. */
  bodyFile: string;
  headers: Readonly<Record<string, string>>;
  connections: number;
  seconds: number;
}

const SCRIPT = fileURLToPath(new URL('./load.lua', import.meta.url));

/** Each connection sends its next request as soon as it has its answer. */
export async function runWrk(order: WrkOrder): Promise<WrkReport> {
  const { url, bodyFile, headers, connections, seconds } = order;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const { stdout } = await promisify(execFile)('taskset', [
    ...['-c', String(LOAD_CORE), 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s'],
    ...['-s', SCRIPT, url, '--', bodyFile, ...lines],
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as WrkReport;
}

/** Null where no request failed. */
export function describeFailures({ failures, requests }: WrkReport): string | null {
  const kinds = Object.entries(failures).filter(([, count]) => count > 0);
  if (kinds.length === 0) return null;
  return `of ${requests} requests failed ${kinds.map(([kind, count]) => `${count} (${kind})`).join(', ')}`;
}

/** The load's generator is no npm package: C, because one on Node could not keep up on half of two cores. */
export function ensureWrk(): void {
  if (isInstalled('wrk')) return;
  process.stdout.write('installing wrk, which sends the load\n');
  spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'wrk'], { stdio: 'inherit' });
  if (!isInstalled('wrk')) {
    throw new Error('wrk is needed, which sends the load: install it as "apt-get install wrk" or "brew install wrk"');
  }
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['-v']).error === undefined;
}
