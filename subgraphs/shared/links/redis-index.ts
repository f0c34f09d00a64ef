import { createHmac, createSecretKey } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { RESP_TYPES } from 'redis';
import type { Redis } from '../../../common/redis.ts';
import type { IndexEntry, IndexedList, LinkIndex, PutOptions, PutResult } from './link-index.ts';
import { packRecord, unpackRecord } from './record-codec.ts';
import { MARK_CHANGED, PUT, REMOVE, WRITE_STATE } from './redis-scripts.ts';

export interface RedisIndexConfig {
  redis: Redis;
  /** Of the index, as "woo:orders". */
  name: string;
  /** Names of parents hold people's identifiers: Redis gets their hashes under this key. */
  hashKey: Buffer;
  now?: () => number;
}

/** Of what the sync does; a request waits no longer than it waits for Redis at all. */
const WRITE_DEADLINE_MS = 5000;
/** Ids are kept in so many hashes, which are small, and so compact, up to some 2 million ids. */
const BUCKETS = 16_384;
const BUCKETS_AT_ONCE = 512;
const UNKNOWN_FIELD = '!';

/** Shared by replicas; see link-index.ts. */
export function createRedisIndex({ redis, name, hashKey, now = Date.now }: RedisIndexConfig): LinkIndex {
  const key = createSecretKey(hashKey);
  const parentHash = (parent: string) => createHmac('sha256', key).update(parent).digest('base64url').slice(0, 16);
  // Under another key every name is another: what stands under the old ones must not pass for all there is.
  const base = `jeden:links1:{${name}}:${parentHash('').slice(0, 6)}:`;
  const idArguments = (ids: readonly string[]) => ids.flatMap((id) => [id, bucketOf(id)]);
  const evaluate = (client: Redis['client'], script: string, args: (string | Buffer)[]) =>
    client.eval(script, { keys: [base], arguments: args as string[] });
  const run = (script: string, args: (string | Buffer)[]) =>
    redis.within(WRITE_DEADLINE_MS, (client) => evaluate(client, script, args));
  const runForRequest = (script: string, args: (string | Buffer)[]) =>
    redis.ask((client) => evaluate(client, script, args));

  async function list(parents: readonly string[]) {
    if (!redis.isSettled()) return null;
    try {
      const hashes = parents.map(parentHash);
      const [state, erasedUntil, ...lists] = await redis.ask((client) => {
        const binary = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
        const fields = hashes.map((hash) => binary.hGetAll(`${base}p:${hash}`));
        return Promise.all([client.get(`${base}state`), client.hmGet(`${base}erased`, hashes), ...fields]);
      });
      return { state, lists: lists.map((fields, index) => toList(fields, Number(erasedUntil[index] ?? 0) > now())) };
    } catch {
      return null;
    }
  }

  async function readBuckets(from: number): Promise<[string, string][]> {
    const buckets = await redis.within(WRITE_DEADLINE_MS, (client) =>
      Promise.all(bucketsFrom(from).map((bucket) => client.hGetAll(`${base}i:${bucket}`))),
    );
    return buckets.flatMap((bucket) => Object.entries(bucket));
  }

  async function remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await run(REMOVE, idArguments(ids));
  }

  return {
    list,
    mark: async (priority) => {
      const read = (client: Redis['client']) => client.mGet([`${base}mark`, `${base}state`]);
      const [mark, state] = await (priority === 'sync' ? redis.within(WRITE_DEADLINE_MS, read) : redis.ask(read));
      return { mark: Number(mark ?? 0), state: state ?? null };
    },
    put: async (entries, { since, round }: PutOptions) => {
      const args = entries.flatMap(({ id, parents, place, changedAtMs, record }: IndexEntry) => [
        ...[id, bucketOf(id), String(changedAtMs), place, parents.map(parentHash).join(',')],
        packRecord(record),
      ]);
      // Cast: the script answers one of these for each entry.
      const put = round === 0 ? runForRequest : run;
      return (await put(PUT, [String(since), String(round), String(now()), ...args])) as PutResult[];
    },
    remove,
    markChanged: async (ids, parents) => {
      await runForRequest(MARK_CHANGED, [String(ids.length), ...idArguments(ids), ...parents.map(parentHash)]);
    },
    removeParents: async (parents, untilMs) => {
      const hashes = parents.map(parentHash);
      if (hashes.length === 0) return;
      const ids = await redis.within(WRITE_DEADLINE_MS, async (client) => {
        // First, so that nothing comes back between.
        await Promise.all(hashes.map((hash) => client.hSet(`${base}erased`, hash, String(untilMs))));
        return (await Promise.all(hashes.map((hash) => client.hKeys(`${base}p:${hash}`)))).flat();
      });
      await remove([...new Set(ids.filter((id) => id !== UNKNOWN_FIELD))]);
      await redis.within(WRITE_DEADLINE_MS, (client) => client.del(hashes.map((hash) => `${base}p:${hash}`)));
    },
    count: async () => {
      let count = 0;
      for (let from = 0; from < BUCKETS; from += BUCKETS_AT_ONCE) {
        const lengths = await redis.within(WRITE_DEADLINE_MS, (client) =>
          Promise.all(bucketsFrom(from).map((bucket) => client.hLen(`${base}i:${bucket}`))),
        );
        count += lengths.reduce((sum, length) => sum + length, 0);
      }
      return count;
    },
    checkKeeps: async () => {
      const info = await redis.within(WRITE_DEADLINE_MS, (client) => client.info('memory'));
      if (/^maxmemory_policy:allkeys/m.test(info))
        throw new Error(
          'SYNC needs a Redis that evicts only what has an expiry: maxmemory-policy noeviction or volatile-lru',
        );
    },
    idsBefore: async function* (round) {
      for (let from = 0; from < BUCKETS; from += BUCKETS_AT_ONCE) {
        const known = await readBuckets(from);
        yield known.filter(([, text]) => Number.parseInt(text, 10) < round).map(([id]) => id);
      }
    },
    readState: () => redis.within(WRITE_DEADLINE_MS, (client) => client.get(`${base}state`)),
    writeState: async (previous, state) => (await run(WRITE_STATE, [previous ?? '', state])) === 1,
    clear: async () => {
      await redis.within(WRITE_DEADLINE_MS, (client) => client.del([`${base}state`, `${base}changed`]));
      for (let from = 0; from < BUCKETS; from += BUCKETS_AT_ONCE) {
        await remove((await readBuckets(from)).map(([id]) => id));
      }
    },
  };
}

function bucketOf(id: string): string {
  return String(crc32(id) % BUCKETS);
}

function bucketsFrom(from: number): number[] {
  return Array.from({ length: BUCKETS_AT_ONCE }, (_, index) => from + index);
}

function toList(fields: Readonly<Record<string, Buffer>>, isErased: boolean): IndexedList {
  const list: IndexedList = { records: [], changed: [], unknownSince: 0, isErased };
  for (const [id, value] of Object.entries(fields)) {
    if (id === UNKNOWN_FIELD) list.unknownSince = Number(value.toString());
    else {
      const record = value.length > 0 ? unpackRecord(value) : null;
      if (record === null) list.changed.push(id);
      else list.records.push(record);
    }
  }
  return list;
}
