import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createClient } from 'redis';
import { runCacheCommand } from '../gateway/cache/command.ts';
import { OUTAGES, type OutageName, type OutageSite, startOutageSite, startTraffic } from '../test/e2e/redis-outages.ts';
import type { Replica } from '../test/e2e/replicas.ts';
import { changesAt } from '../test/e2e/vendor-changes.ts';
import { scrape } from '../test/setup/scrape.ts';
import { INVALIDATION_KEY } from './calls/forget-all.ts';
import { readmeQuery } from './calls/readme-query.ts';
import { print } from './measured-process.ts';
import { fitSlope } from './memory/slope.ts';

/**
 * Two replicas over one Redis with everything at once, for long: people read, systems change and tell so, documents are
 * synced, persons are erased, and in each cycle Redis fails for a while. Ends with one line of JSON, and fails when an
 * answer failed, was older than a change that had been told, or when Redis still knows somebody who was erased.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    'cycle-seconds': { type: 'string', default: '30' },
    customers: { type: 'string', default: '400' },
  },
});
const CYCLE_MS = Number(values['cycle-seconds']) * 1000;
const CYCLES = Math.round((Number(values.minutes) * 60_000) / CYCLE_MS);
const OUTAGE_MS = 2000;
/** By then the replicas have found Redis again. */
const RECOVERY_MS = 10_000;
const READ_EVERY_MS = 25;
const CONTACT_EVERY_MS = 200;
const ERASURES_PER_CYCLE = 2;
/** Of those who are never erased, so many have contacts that change. */
const CHANGED_CONTACTS = 20;
const MB = 1_000_000;
/** Redis that starts again empty has forgotten whom it must not keep: that is its disk's matter. */
const FAULTS = (Object.keys(OUTAGES) as OutageName[]).filter((name) => !name.startsWith('killed'));

await using site = await startOutageSite({
  sandbox: { customers: Number(values.customers) },
  env: {
    CACHE_INVALIDATION_KEY: INVALIDATION_KEY,
    CACHE_TTL: '*:*=10s/10s/10m',
    SYNC: 'true',
    SYNC_INTERVAL_SECONDS: '5',
    AUDIT_MAX_ENTRIES: '1000',
  },
});
const people = site.company.sandbox.dataset
  .truth()
  .customers.map(({ references }) => references)
  .filter(({ length }) => length > 0);
/** From the end, so that those whom many ask for stay. */
const toErase = people.slice(people.length / 2);
const erased: string[] = [];
const failures: string[] = [];
let readings = 0;
let isOn = true;

const redis = await createClient({ url: site.company.redis.url }).connect();
const traffic = await startTraffic(site);
const working = Promise.all([keepReading(), keepChangingContacts()]);
print(
  'cycle   minute   Redis MB   keys   ids of webhooks   old objects MB   resident MB   erased   readings   failed   stale   left of erased',
);
const samples: { hours: number; keys: number; oldMb: number }[] = [];
let left = 0;
const began = performance.now();
for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
  const cycleEndsAt = began + cycle * CYCLE_MS;
  const old = watchOldObjects(site.replicas);
  for (let count = 0; count < ERASURES_PER_CYCLE; count += 1) await erase(toErase.pop());
  const name = FAULTS[cycle % FAULTS.length]!;
  await pause(cycleEndsAt - performance.now() - OUTAGE_MS - RECOVERY_MS);
  const end = await OUTAGES[name](site);
  await pause(OUTAGE_MS);
  await end();
  await pause(cycleEndsAt - performance.now());
  const keys = await surveyRedis();
  left += keys.left.length;
  for (const one of keys.left.slice(0, 3)) print(`left after ${name}: ${one}`);
  await report(cycle, keys, await old.least());
}
isOn = false;
await working;
await traffic.stop();
redis.destroy();
for (const what of [...failures, ...traffic.failures, ...traffic.stale].slice(0, 10)) print(what);
const slopeOf = (read: (sample: (typeof samples)[number]) => number) =>
  fitSlope(samples.slice(Math.floor(samples.length / 3)).map((one) => ({ x: one.hours, y: read(one) })));
const result = {
  minutes: Number(values.minutes),
  readings: readings + traffic.samples.length,
  failed: failures.length + traffic.failures.length,
  changes: traffic.changes(),
  stale: traffic.stale.length,
  erased: erased.length,
  leftOfErased: left,
  keysAnHour: slopeOf(({ keys }) => keys),
  oldObjectsMbAnHour: slopeOf(({ oldMb }) => oldMb),
};
print(JSON.stringify(result));
if (result.failed + result.stale + result.leftOfErased > 0) process.exitCode = 1;

async function keepReading(): Promise<void> {
  const under = new Set<Promise<void>>();
  for (let turn = 0; isOn; turn += 1) {
    // Squared, so that few are asked for often.
    const references = people[Math.floor(Math.random() ** 2 * people.length)]!;
    const reading = read(site.replicas[turn % 2]!, references[turn % references.length]!);
    under.add(reading);
    void reading.then(() => under.delete(reading));
    await pause(READ_EVERY_MS);
  }
  await Promise.all(under);
}

async function read(replica: Replica, id: string): Promise<void> {
  readings += 1;
  const { data, errors } = await replica
    .ask<{ customer: { id: string } | null }>(readmeQuery(), { id })
    .catch((error: unknown) => ({ data: null, errors: [{ message: String(error) }] }));
  if (errors || !data?.customer) failures.push(JSON.stringify(errors ?? data));
}

async function keepChangingContacts(): Promise<void> {
  const vendor = changesAt(site.company.sandbox);
  const contacts = people.flat().filter((one) => one.startsWith('hubspot:contact:'));
  for (let turn = 0; isOn; turn += 1) {
    await vendor.contact(contacts[turn % CHANGED_CONTACTS]!.split(':')[2]!, { city: String(turn) });
    await pause(CONTACT_EVERY_MS);
  }
}

async function erase(references: readonly string[] | undefined): Promise<void> {
  if (!references) return;
  const adminUrls = site.replicas.map(({ adminUrl }) => adminUrl);
  await runCacheCommand(['erase', '--customer', references[0]!], { adminUrls, key: INVALIDATION_KEY });
  erased.push(...references);
}

interface Keys {
  /** Of the cache and the index of links. */
  kept: number;
  /** Each is remembered for three days: these grow as long as the benchmark lasts. */
  webhooks: number;
  /** Who was erased and stands in a name or a value; a tombstone is a hash, and names nobody. */
  left: string[];
}

async function surveyRedis(): Promise<Keys> {
  const keys: Keys = { kept: 0, webhooks: 0, left: [] };
  const pattern = new RegExp(`(?:${erased.join('|')})(?!\\d)`);
  for await (const some of redis.scanIterator({ COUNT: 1000 })) {
    // The audit is no cache, and tells who was read on purpose.
    const kept = some.filter((key) => !key.startsWith('jeden:audit') && !key.startsWith('jeden:webhook:'));
    keys.kept += kept.length;
    keys.webhooks += some.filter((key) => key.startsWith('jeden:webhook:')).length;
    const contents = await Promise.all(kept.map(contentOf));
    for (const [index, key] of kept.entries()) {
      const [match] = pattern.exec(`${key} ${contents[index]}`) ?? [];
      if (match) keys.left.push(`${match} in ${key}`);
    }
  }
  return keys;
}

async function contentOf(key: string): Promise<string> {
  const type = await redis.type(key);
  if (type === 'string') return String(await redis.get(key));
  if (type === 'hash') return JSON.stringify(await redis.hGetAll(key));
  if (type === 'set') return JSON.stringify(await redis.sMembers(key));
  if (type === 'zset') return JSON.stringify(await redis.zRange(key, 0, -1));
  if (type === 'list') return JSON.stringify(await redis.lRange(key, 0, -1));
  // Gone meanwhile.
  if (type === 'none') return '';
  throw new Error(`Redis holds ${key}, a ${type}, of which this benchmark knows nothing`);
}

/** The least that old objects took in both replicas: what is left after a collection. */
function watchOldObjects(replicas: OutageSite['replicas']) {
  const seen: number[] = [];
  let isWatching = true;
  const watch = async () => {
    while (isWatching) {
      const scrapes = await Promise.all(replicas.map(({ adminUrl }) => scrape(adminUrl)));
      seen.push(
        scrapes.reduce((sum, one) => sum + one.sum('nodejs_heap_space_size_used_bytes', { space: 'old' }), 0) / MB,
      );
      await pause(1000);
    }
  };
  const watching = watch();
  return {
    least: async () => {
      isWatching = false;
      await watching;
      return Math.min(...seen);
    },
  };
}

async function report(cycle: number, { kept, webhooks }: Keys, oldMb: number): Promise<void> {
  const [, used] = /used_memory:(\d+)/.exec(await redis.info('memory'))!;
  const resident = await Promise.all(site.replicas.map(({ adminUrl }) => scrape(adminUrl)));
  const minutes = (performance.now() - began) / 60_000;
  samples.push({ hours: minutes / 60, keys: kept, oldMb });
  const cells = [
    cycle,
    minutes.toFixed(1),
    (Number(used) / MB).toFixed(1),
    kept,
    webhooks,
    oldMb.toFixed(1),
    resident.map((one) => (one.sum('process_resident_memory_bytes') / MB).toFixed(0)).join(' and '),
    erased.length,
    readings + traffic.samples.length,
    failures.length + traffic.failures.length,
    traffic.stale.length,
    left,
  ];
  print(cells.join('   '));
}
