import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** As a share of all cores. */
const IDLE = 0.15;
const LOOK_MS = 2000;

/** Waits until nobody else uses the machine, but no longer than this. Answers the share of it that is in use. */
export async function waitUntilIdle(seconds: number): Promise<{ busy: number; gaveUp: boolean }> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const busy = await busyShare();
    if (busy < IDLE) return { busy, gaveUp: false };
    if (performance.now() > end) return { busy, gaveUp: true };
  }
}

async function busyShare(): Promise<number> {
  const before = times();
  await pause(LOOK_MS);
  const after = times();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function times(): { idle: number; all: number } {
  const each = cpus().map(({ times }) => times);
  const all = each.flatMap((one) => Object.values(one)).reduce((sum, ms) => sum + ms, 0);
  return { idle: each.reduce((sum, { idle }) => sum + idle, 0), all };
}
