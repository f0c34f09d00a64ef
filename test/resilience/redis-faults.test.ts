import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  invoicesOf,
  OUTAGES,
  type OutageName,
  type OutageSite,
  startOutageSite,
  startTraffic,
  untilShared,
} from '../e2e/redis-outages.ts';

let site: OutageSite;
let invoices: Iterator<string>;
beforeAll(async () => {
  site = await startOutageSite();
  invoices = invoicesOf(site);
  await untilShared(site, invoices);
}, 60_000);
afterAll(async () => {
  await site[Symbol.asyncDispose]();
});

const OUTAGE_MS = 1000;
/** A machine that does much else is slow by itself; waiting for Redis at each step would take longer. */
const SLOW_MS = 2000;

test.each(Object.keys(OUTAGES) as OutageName[])(
  'while Redis %s no request fails or gets what was told to be old; afterwards replicas share again',
  async (name) => {
    const traffic = await startTraffic(site);
    await pause(300);
    const before = traffic.changes();
    const end = await OUTAGES[name](site);
    await pause(OUTAGE_MS);
    const meanwhile = traffic.changes() - before;
    await end();
    const endedAt = performance.now();
    await untilShared(site, invoices);
    const recoveryMs = performance.now() - endedAt;
    await pause(300);
    await traffic.stop();
    expect(traffic.failures).toEqual([]);
    expect(traffic.stale).toEqual([]);
    expect(meanwhile).toBeGreaterThan(2);
    expect(recoveryMs).toBeLessThan(10_000);
    expect(Math.max(...traffic.samples.map(({ tookMs }) => tookMs))).toBeLessThan(SLOW_MS);
  },
  60_000,
);
