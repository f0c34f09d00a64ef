import type { Redis } from '../../common/redis.ts';
import type { AuditSink } from './audit.ts';
import { type AuditEntry, auditEntrySchema, byTime, foundBy } from './entry.ts';

/** All replicas' entries, the oldest first. */
export const AUDIT_STREAM = 'jeden:audit';
const INDEX = 'jeden:audit:of:';
const FIELD = 'entry';

const CALL_TIMEOUT_MS = 2000;
const DAY_MS = 86_400_000;
/** Commands that go out in one go: the connection's queue holds more. */
const CHUNK = 1000;

export interface RedisSinkOptions {
  redis: Redis;
  /** About: Redis trims whole nodes of the stream. */
  maxEntries: number;
  /** Entries older than this are not found by customer any more. */
  retentionDays: number;
}

/** Whoever connected closes the connection. */
export function createRedisSink({ redis, maxEntries, retentionDays }: RedisSinkOptions): AuditSink {
  const retentionMs = retentionDays * DAY_MS;

  async function add(entry: AuditEntry): Promise<void> {
    const id = await redis.within(CALL_TIMEOUT_MS, (client) =>
      client.xAdd(
        AUDIT_STREAM,
        '*',
        { [FIELD]: JSON.stringify(entry) },
        { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: maxEntries } },
      ),
    );
    const time = Date.parse(entry.time);
    for (const references of chunks(foundBy(entry), CHUNK / 3)) {
      await redis.within(CALL_TIMEOUT_MS, (client) => {
        const batch = client.multi();
        for (const key of references.map(indexOf)) {
          batch.zAdd(key, { score: time, value: id });
          batch.zRemRangeByScore(key, '-inf', time - retentionMs);
          batch.pExpire(key, retentionMs);
        }
        return batch.execAsPipeline();
      });
    }
  }

  return { name: 'redis', write: add, close: async () => {} };
}

/** Entries that are found by any of these references, the oldest first; those that the stream has dropped are left out. */
export async function readRedisEntries(
  redis: Redis,
  references: readonly string[],
  since: Date | null,
): Promise<AuditEntry[]> {
  const from = since === null ? '-inf' : since.getTime();
  const ids = new Set<string>();
  for (const reference of references) {
    const found = await redis.within(CALL_TIMEOUT_MS, (client) =>
      client.zRange(indexOf(reference), from, '+inf', { BY: 'SCORE' }),
    );
    for (const id of found) ids.add(id);
  }
  const entries: AuditEntry[] = [];
  for (const some of chunks([...ids], CHUNK)) {
    const found = await redis.within(CALL_TIMEOUT_MS, (client) =>
      Promise.all(some.map((id) => client.xRange(AUDIT_STREAM, id, id))),
    );
    entries.push(...found.flat().flatMap((one) => (one === null ? [] : toEntry(one.message[FIELD]))));
  }
  return entries.sort(byTime);
}

function toEntry(text: string | undefined): AuditEntry[] {
  return text === undefined ? [] : [auditEntrySchema.parse(JSON.parse(text))];
}

function indexOf(reference: string): string {
  return `${INDEX}${reference}`;
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const width = Math.floor(size);
  return Array.from({ length: Math.ceil(list.length / width) }, (_, n) => list.slice(n * width, (n + 1) * width));
}
