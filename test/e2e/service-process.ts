import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { processEnv } from '../setup/process-env.ts';

/** One part of the product as a process of its own. */
export interface ServiceProcess extends AsyncDisposable {
  url: string;
  /** Everything it has written. */
  output(): string;
  /** Sends SIGTERM and does not wait. */
  signal(): void;
  /** Answers with its exit code; null when it had to be ended. */
  ended: Promise<number | null>;
  /** Asks it to end and answers with its exit code; null when it had to be ended. */
  stop(): Promise<number | null>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

type Started = ReturnType<typeof start>;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a service's log tells its address. */
const LOGGED_URL = /"url":"(http:[^"]+)"/;

/** Starts `file` on a free port, with these settings alone, and waits for the words that tell its address. */
export async function startService(
  file: string,
  env: Record<string, string>,
  announcement = LOGGED_URL,
): Promise<ServiceProcess> {
  const child = start(file, [], { PORT: '0', SHUTDOWN_DELAY_MS: '0', ...env });
  const written: string[] = [];
  const ended = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  try {
    const url = await announcedUrl(child, { written, ended, announcement });
    return {
      url,
      output: () => written.join(''),
      signal: () => void child.kill('SIGTERM'),
      ended,
      stop: () => end('SIGTERM'),
      kill: async () => void (await end('SIGKILL')),
      [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
    };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

/** Runs `file` with these settings alone until it ends. */
export async function runToEnd(file: string, args: readonly string[], env: Record<string, string>) {
  const child = start(file, args, env);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

function start(file: string, args: readonly string[], env: Record<string, string>) {
  return spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    env: processEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

interface Starting {
  written: string[];
  ended: Promise<number | null>;
  announcement: RegExp;
}

function announcedUrl(child: Started, { written, ended, announcement }: Starting): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      written.push(chunk.toString());
      const [, url] = announcement.exec(written.join('')) ?? [];
      if (url) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => reject(new Error(`The service ended with ${code}:\n${written.join('')}`)));
  });
}
