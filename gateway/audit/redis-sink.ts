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
/** Entries beyond the limit are dropped some at a time. */
const SURPLUS = 100;

export interface RedisSinkOptions {
  redis: Redis;
  /** About: some more may stand there for a while. */
  maxEntries: number;
  /** Entries older than this are not found by customer any more. */
  retentionDays: number;
}

/** Whoever connected closes the connection. */
export function createRedisSink({ redis, maxEntries, retentionDays }: RedisSinkOptions): AuditSink {
  const retentionMs = retentionDays * DAY_MS;

  let dropping: Promise<void> | null = null;

  async function add(entry: AuditEntry): Promise<void> {
    const text = JSON.stringify(entry);
    const [id, length] = await redis.within(CALL_TIMEOUT_MS, (client) =>
      client
        .multi()
        .xAdd(AUDIT_STREAM, '*', { [FIELD]: text })
        .xLen(AUDIT_STREAM)
        .execAsPipelineTyped(),
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
    if (length >= maxEntries + SURPLUS) dropping ??= dropOldest().finally(() => (dropping = null));
  }

  /** Never rejects: what could not be dropped is so with a later entry. Other replicas may be at it too. */
  async function dropOldest(): Promise<void> {
    try {
      for (;;) {
        const surplus = (await redis.within(CALL_TIMEOUT_MS, (client) => client.xLen(AUDIT_STREAM))) - maxEntries;
        if (surplus <= 0) return;
        await redis.within(CALL_TIMEOUT_MS, (client) => drop(client, Math.min(surplus, SURPLUS)));
      }
    } catch {
      return;
    }
  }

  return { name: 'redis', write: add, close: async () => void (await dropping) };
}

/** Takes the oldest out of what they are found by first: else it would name them for ever. */
async function drop(client: Redis['client'], count: number): Promise<void> {
  const range = (await client.xRange(AUDIT_STREAM, '-', '+', { COUNT: count })) ?? [];
  const oldest = range.filter((one) => one !== null);
  const found = oldest.flatMap(({ id, message }) =>
    toEntry(message[FIELD]).flatMap((entry) => foundBy(entry).map((reference) => ({ id, reference }))),
  );
  for (const some of chunks(found, CHUNK)) {
    const batch = client.multi();
    for (const { id, reference } of some) batch.zRem(indexOf(reference), id);
    await batch.execAsPipeline();
  }
  if (oldest.length > 0)
    await client.xDel(
      AUDIT_STREAM,
      oldest.map(({ id }) => id),
    );
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
