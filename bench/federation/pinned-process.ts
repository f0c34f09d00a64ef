import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';

/** The gateway has a core of its own; the subgraphs and the load share the other. */
export const GATEWAY_CORE = 1;
export const LOAD_CORE = 0;

export interface PinnedProcess extends Disposable {
  child: ChildProcess;
  pid: number;
  /** The end of what it printed, for telling why it failed. */
  tail(): string;
}

export interface PinnedOptions {
  core: number;
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  /** What it prints goes here, as a log would. */
  logFile: string;
  cwd?: string;
  /** Whether it can be sent messages. */
  hasChannel?: boolean;
}

/** Every process that this one started, by the number of its group, so that none outlives it. */
const groups = new Set<number>();
process.on('exit', () => groups.forEach(stopGroup));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

export function startPinned(options: PinnedOptions): PinnedProcess {
  const { core, command, env, logFile, cwd, hasChannel = false } = options;
  const log = openSync(logFile, 'w');
  // taskset replaces itself by the program, so that the process id is the program's.
  const child = spawn('taskset', ['-c', String(core), ...command], {
    cwd,
    env: { PATH: process.env.PATH!, NODE_ENV: 'production', ...env },
    stdio: hasChannel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    detached: true,
  });
  const pid = child.pid!;
  groups.add(pid);
  return {
    child,
    pid,
    tail: () => readFileSync(logFile, 'utf8').slice(-2000),
    [Symbol.dispose]: () => stopGroup(pid),
  };
}

function stopGroup(pid: number): void {
  groups.delete(pid);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
