import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { GuardedProgram } from './guard.ts';

export interface Run {
  command: string;
  args: readonly string[];
  cwd?: string;
  /** The whole environment of the program; default: ours. */
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number } | null;
  timeoutMs: number;
}

/** What a program printed last; enough to see why it failed. */
const OUTPUT_TAIL_CHARS = 8_000;

/** Runs a program to its end and answers what it printed; a failure carries the end of its output. */
export async function run({ command, args, cwd, env, user, timeoutMs }: Run): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env: env ?? process.env,
    timeout: timeoutMs,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  const output = tailOf(child);
  const [code, signal] = await once(child, 'close');
  if (code === 0) return output();
  const ending = signal === null ? `exit code ${code}` : `${signal} (limit ${timeoutMs} ms)`;
  throw new Error(`"${command} ${args.slice(0, 3).join(' ')}" ended with ${ending}:\n${output()}`);
}

export interface Server {
  close(): Promise<void>;
}

/** Starts a server under guard.ts and answers when its output matches `ready`. */
export async function startServer(program: GuardedProgram, ready: RegExp, timeoutMs: number): Promise<Server> {
  const guardFile = fileURLToPath(new URL('./guard.ts', import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', guardFile, JSON.stringify(program)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const close = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  try {
    await outputMatches(child, ready, timeoutMs);
  } catch (cause) {
    await close();
    throw new Error(`${program.command} ${program.args[0] ?? ''} did not start`, { cause });
  }
  return { close };
}

/** A port that was free a moment ago on 127.0.0.1. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}

function tailOf(child: ChildProcess): () => string {
  let tail = '';
  const append = (chunk: Buffer): void => {
    tail = (tail + chunk.toString()).slice(-OUTPUT_TAIL_CHARS);
  };
  child.stdout?.on('data', append);
  child.stderr?.on('data', append);
  child.on('error', (error) => append(Buffer.from(error.message)));
  return () => tail;
}

function outputMatches(child: ChildProcess, ready: RegExp, timeoutMs: number): Promise<void> {
  const output = tailOf(child);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (reason: string): void => reject(new Error(`${reason}; it printed:\n${output()}`));
  const timer = setTimeout(() => fail(`not ready within ${timeoutMs} ms`), timeoutMs);
  const look = (): void => {
    if (ready.test(output())) resolve();
  };
  child.stdout?.on('data', look);
  child.stderr?.on('data', look);
  child.once('close', (code) => fail(`ended with exit code ${code}`));
  return promise.finally(() => clearTimeout(timer));
}
