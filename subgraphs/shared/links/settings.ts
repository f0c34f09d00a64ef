import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../../../common/log.ts';
import type { Redis } from '../../../common/redis.ts';
import { type Parsed, setting } from '../../../common/settings.ts';
import type { RecordCache } from '../record-cache.ts';
import type { SealKey } from '../seal.ts';
import { createLinks, type Links } from './links.ts';

/** Whether and how often the lists of customers are read ahead; see README, "Fewer calls". */
export const syncSettings = {
  sync: setting({
    name: 'SYNC',
    schema: z.enum(['true', 'false'], 'expected true or false').transform((text) => text === 'true'),
    default: 'false',
    description:
      "whether orders and documents are read ahead in the background, where a vendor can't list those of many customers",
  }),
  syncIntervalS: setting({
    name: 'SYNC_INTERVAL_SECONDS',
    schema: wholeNumber(),
    default: '60',
    description: 'pause between two looks for changes, in seconds',
  }),
  syncReconcileH: setting({
    name: 'SYNC_RECONCILE_HOURS',
    schema: wholeNumber(),
    default: '24',
    description: 'pause between two readings of everything, which find what was deleted, in hours',
  }),
};

interface SyncDeps {
  cache: RecordCache;
  redis: Redis | null;
  identityKeys: readonly SealKey[];
  log: Logger;
}

/** Null where the company wants no sync. */
export function linksOf(settings: Parsed<typeof syncSettings>, deps: SyncDeps): Links | null {
  const { cache, redis, identityKeys, log } = deps;
  if (!settings.sync) return null;
  return createLinks({
    cache,
    redis,
    hashKey: Buffer.from(hkdfSync('sha256', identityKeys[0]!.secret, '', 'link index', 32)),
    intervalMs: settings.syncIntervalS * 1000,
    reconcileMs: settings.syncReconcileH * 3_600_000,
    log,
  });
}

function wholeNumber() {
  const expected = 'expected a whole number above zero';
  return z
    .string()
    .regex(/^\d{1,6}$/, expected)
    .transform(Number)
    .refine((value) => value > 0, expected);
}
