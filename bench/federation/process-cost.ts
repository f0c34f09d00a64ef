import { readdirSync, readFileSync } from 'node:fs';

/** What a process and those that it started have cost so far. */
export interface ProcessCost {
  cpuMs: number;
  rssMb: number;
}

/** Linux counts processor time in ticks of this length, whatever the kernel's own are. */
const TICK_MS = 10;

export function costOf(pid: number): ProcessCost {
  const family = withChildren(pid);
  return { cpuMs: sum(family.map(cpuMsOf)), rssMb: sum(family.map(rssMbOf)) };
}

function withChildren(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(Number(name))?.[PARENT])]),
  );
  const children = (of: number): number[] => [
    of,
    ...[...parents].filter(([, parent]) => parent === of).flatMap(([child]) => children(child)),
  ];
  return children(pid);
}

/** Fields of /proc/PID/stat behind the program's name, which may hold spaces. */
const [PARENT, USER_TICKS, SYSTEM_TICKS] = [1, 11, 12] as const;

/** Null when it has ended. */
function statOf(pid: number): string[] | null {
  const text = readProc(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? null;
}

function cpuMsOf(pid: number): number {
  const stat = statOf(pid);
  return stat ? (Number(stat[USER_TICKS]) + Number(stat[SYSTEM_TICKS])) * TICK_MS : 0;
}

function rssMbOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1];
  return kilobytes ? Number(kilobytes) / 1024 : 0;
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
