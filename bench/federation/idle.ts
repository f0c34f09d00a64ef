import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** As a share of all cores. */
const IDLE = 0.15;
const LOOK_MS = 2000;
const MAX_LOOKS = 15;

/** Waits until nobody else uses the machine, or for half a minute. Answers the share of it that is in use. */
export async function waitUntilIdle(): Promise<{ busy: number; gaveUp: boolean }> {
  let busy = 1;
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    busy = await busyShare();
    if (busy < IDLE) return { busy, gaveUp: false };
  }
  return { busy, gaveUp: true };
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
