import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until it holds; fails after the deadline. */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`It did not come true within ${timeoutMs} ms`);
    await pause(5);
  }
}
