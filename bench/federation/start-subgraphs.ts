import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Options } from './options.ts';
import { LOAD_CORE, startPinned } from './pinned-process.ts';
import type { SubgraphStats } from './subgraphs.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

export interface RunningSubgraphs extends Disposable {
  url: string;
  stats(): Promise<SubgraphStats>;
}

const PROGRAM = fileURLToPath(new URL('./subgraphs.ts', import.meta.url));

export async function startSubgraphs({
  subgraphs,
  delay,
}: Pick<Options, 'subgraphs' | 'delay'>): Promise<RunningSubgraphs> {
  const logFile = join(createTemporaryFolder(), 'subgraphs.log');
  const running = startPinned({
    core: LOAD_CORE,
    command: [process.execPath, PROGRAM, '--mode', subgraphs, '--delay', String(delay)],
    env: {},
    logFile,
  });
  const endRun = (code: number | null, signal: string | null) => {
    process.stderr.write(`The subgraphs ended with ${signal ?? `code ${code}`}: ${running.tail()}\n`);
    process.exit(1);
  };
  running.child.once('exit', endRun);
  const url = await readUrl(logFile);
  return {
    url,
    // Cast: written by our own subgraphs.
    stats: async () => (await (await fetch(`${url}/stats`)).json()) as SubgraphStats,
    [Symbol.dispose]() {
      running.child.off('exit', endRun);
      running[Symbol.dispose]();
    },
  };
}

const TRIES = 200;

async function readUrl(logFile: string): Promise<string> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const [line, rest] = (await readFile(logFile, 'utf8')).split('\n', 2);
    if (rest !== undefined) return (JSON.parse(line!) as { url: string }).url;
    await pause(50);
  }
  throw new Error(`The subgraphs do not start: ${await readFile(logFile, 'utf8')}`);
}
