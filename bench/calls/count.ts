import type { Sandbox } from '../../sandbox/start.ts';

/** Runs `task` and counts the calls that reached the systems meanwhile. */
export async function countCalls({ control }: Pick<Sandbox, 'control'>, task: () => Promise<unknown>): Promise<number> {
  const before = totalCalls(control);
  await task();
  return totalCalls(control) - before;
}

export function totalCalls(control: Sandbox['control']): number {
  return Object.values(control.calls()).reduce((sum, { total }) => sum + total, 0);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}
