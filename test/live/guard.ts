import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

/**
 * Runs one server and never outlives its parent: when the parent ends, even by SIGKILL, our stdin closes, and we stop
 * the server and remove what it leaves. Started by processes.ts as `node guard.ts '<GuardedProgram as JSON>'`.
 */
export interface GuardedProgram {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  /** Runs the program as this user; PostgreSQL refuses to run as root. Null: as the caller. */
  user: { uid: number; gid: number } | null;
  stopSignal: NodeJS.Signals;
  /** A directory removed once the program has ended. */
  removeAfter: string | null;
}

const KILL_AFTER_MS = 10_000;

function guard(program: GuardedProgram): void {
  const child = spawn(program.command, program.args, {
    cwd: program.cwd,
    env: program.env,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...program.user,
  });
  const stop = (): void => {
    child.kill(program.stopSignal);
    setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
  };
  const end = (exitCode: number): never => {
    if (program.removeAfter !== null) rmSync(program.removeAfter, { recursive: true, force: true });
    process.exit(exitCode);
  };
  process.stdin.on('end', stop).resume();
  // A terminal's Ctrl-C reaches the whole process group; the parent decides when we stop, by closing our stdin.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  child.on('exit', (code) => end(code ?? 1));
  child.on('error', (error) => {
    process.stderr.write(`cannot run ${program.command}: ${error.message}\n`);
    end(127);
  });
}

guard(JSON.parse(process.argv[2] ?? '') as GuardedProgram);
