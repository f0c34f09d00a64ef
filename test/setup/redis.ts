import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from 'redis';

export interface TestRedis extends AsyncDisposable {
  /** redis://127.0.0.1:PORT */
  url: string;
  /** As an outage: nothing answers at the address any more. */
  stop(): Promise<void>;
  /** At the same address, and empty: it remembers nothing on disk. */
  start(): Promise<void>;
  /** As a hang: connections stay, and nothing is answered. */
  pause(): void;
  resume(): void;
}

const READY_TIMEOUT_MS = 10_000;
const APT_TIMEOUT_MS = 5 * 60_000;

/** A real Redis of this test alone, on a free loopback port, without anything on disk. */
export async function startRedis(): Promise<TestRedis> {
  const binary = await findRedis();
  const folder = await mkdtemp(join(tmpdir(), 'jeden-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const start = async () => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    child = spawn(binary, args, { stdio: 'ignore' });
    await untilAnswers(url);
  };
  const stop = async () => {
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    child = null;
    await ended;
  };
  await start();
  return {
    url,
    start,
    stop,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The machine's own redis-server (or valkey-server), else, as root on Debian, the one of apt. */
async function findRedis(): Promise<string> {
  const found = await redisInPath();
  if (found !== null) return found;
  const advice = 'These tests need redis-server, and there is none here. Install it: "apt-get install redis-server"';
  if (process.getuid?.() !== 0) throw new Error(`${advice} or "brew install redis".`);
  try {
    await installFromApt();
  } catch (cause) {
    throw new Error(`${advice}; apt-get could not.`, { cause });
  }
  const installed = await redisInPath();
  if (installed === null) throw new Error(advice);
  return installed;
}

async function redisInPath(): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of ['redis-server', 'valkey-server']) {
      const path = join(folder, name);
      const isThere = await access(path).then(
        () => true,
        () => false,
      );
      if (isThere) return path;
    }
  }
  return null;
}

/** Waits for its turn: several test files may want it at once. RUNLEVEL keeps Debian from starting it as a service. */
async function installFromApt(): Promise<void> {
  const run = promisify(execFile);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env, timeout: APT_TIMEOUT_MS };
  const lock = ['-o', 'DPkg::Lock::Timeout=240'];
  await run('apt-get', ['update', '-q', ...lock], options);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...lock, 'redis-server'], options);
}

async function untilAnswers(url: string): Promise<void> {
  const giveUpAt = performance.now() + READY_TIMEOUT_MS;
  const client = createClient({
    url,
    socket: { reconnectStrategy: () => (performance.now() < giveUpAt ? 20 : false) },
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}
