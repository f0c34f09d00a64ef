import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../log.ts';
import type { RedisAlarm } from '../redis-watch.ts';
import { createKnownStates, parseState, type SourceState } from './known-states.ts';
import { createMissedInvalidations } from './missed-invalidations.ts';
import { decodeRecord, type EncodedRecord, encodeRecord } from './record-codec.ts';
import {
  allTags,
  type Claim,
  type Found,
  type RecordKey,
  type RecordStore,
  recordTag,
  type StoredRecord,
} from './record-store.ts';
import { createGathering, type Fill } from './redis-gathering.ts';
import { createInvalidator } from './redis-invalidation.ts';
import { type CacheClient, connectRedisLink, runScript } from './redis-link.ts';
import { createRedisNames, namesOf } from './redis-names.ts';
import { CLAIM, KEEP, RELEASE } from './redis-scripts.ts';
import { createSourceList } from './redis-sources.ts';

export interface RedisStoreOptions {
  url: string;
  /** How Redis lists the connection. */
  name: string;
  /** Name the keys; the same in all processes. The first counts, older ones keep tombstones known. */
  secrets: readonly Buffer[];
  log?: Logger;
  now?: () => number;
  /** Beyond it Redis counts as away. Default 40. */
  deadlineMs?: number;
  /** Of the process's other connections to this Redis. */
  alarm?: RedisAlarm;
}

/** Whoever loads longer than this is not waited for. */
const CLAIM_MS = 5000;
/** Records read lately, beside the text that they were read from. */
const MAX_DECODED = 20_000;

/**
 * Records in Redis, shared by all processes. Redis tells a process when a reply that it keeps is no longer true
 * (client-side caching), so that warm reads need no round trip and an invalidation reaches every process at once.
 * While Redis is away everything is a miss and nothing is kept.
 */
export function createRedisStore(options: RedisStoreOptions): RecordStore {
  const { url, name, secrets, log, deadlineMs, alarm, now = Date.now } = options;
  const names = createRedisNames(secrets);
  const states = createKnownStates();
  const missed = createMissedInvalidations();
  const sources = createSourceList();
  const decoded = new LRUCache<string, { text: string; found: EncodedRecord | null }>({ max: MAX_DECODED });
  /** Owners by claim, which Redis has not been told to be over: while it was away others would wait for them in vain. */
  const open = new Map<string, { source: string; owner: string }>();
  let outages = 0;
  const link = connectRedisLink({
    url,
    name,
    log,
    deadlineMs,
    alarm,
    onLost: () => {
      outages += 1;
      sources.forget();
    },
    onBack: async () => {
      await giveBackOpenClaims();
      await invalidator.catchUp();
    },
  });
  const invalidator = createInvalidator({ link, names, sources, missed, now });

  const tagNames = (tags: readonly string[]) => tags.map(names.tagName);

  async function getMany(keys: readonly RecordKey[]): Promise<Found[]> {
    const found = await link.call((client) => readAll(client, keys));
    const generation = `away ${outages}`;
    return found ?? keys.map(() => ({ record: null, layer: 'redis', generation }));
  }

  /** All goes out in one write: the client gathers what is asked in one turn. */
  function readAll(client: CacheClient, keys: readonly RecordKey[]): Promise<Found[]> {
    const stateOf = new Map(
      [...new Set(keys.map(({ source }) => source))].map((source) => [source, stateTextOf(client, source)]),
    );
    return Promise.all(
      keys.map(async (key) => {
        const name = namesOf(key.source).record(names.hashOf(key));
        const { reply, isKept } = link.read(client, name);
        const [text, stateText] = await Promise.all([reply, stateOf.get(key.source)!]);
        const state = parseState(stateText);
        if (state) states.learn(key.source, state);
        const record = text === null ? null : decode(name, text, key);
        // It must not look like a good one to those who claim the key. Nobody waits: what is asked later comes after it.
        if (text !== null && !record) client.del(name).catch(() => {});
        const isGood = record && record.epoch === state?.epoch && record.record.staleUntilMs > now();
        return {
          record: isGood ? record.record : null,
          layer: isKept ? 'client-side' : 'redis',
          generation: stateText ?? 'none',
        };
      }),
    );
  }

  /** A source whose records are never claimed would have no state, and nothing of it could be kept. */
  async function stateTextOf(client: CacheClient, source: string): Promise<string | null> {
    const known = await link.read(client, namesOf(source).state).reply;
    return known ?? introduced(source);
  }

  function decode(name: string, text: string, key: RecordKey): EncodedRecord | null {
    const known = decoded.get(name);
    if (known?.text === text) return known.found;
    const found = decodeRecord(text, key);
    decoded.set(name, { text, found });
    return found;
  }

  async function claim(keys: readonly RecordKey[]): Promise<Claim> {
    const owner = randomUUID();
    const isAsked = link.isUsable();
    const bySource = Map.groupBy(
      keys.map((_, index) => index),
      (index) => keys[index]!.source,
    );
    const answers = new Map<number, number>();
    const fills = new Map<string, Fill>();
    await Promise.all(
      [...bySource].map(async ([source, indices]) => {
        const { state, waits } = await claimOf(
          source,
          indices.map((index) => keys[index]!),
          owner,
        );
        for (const [position, index] of indices.entries()) answers.set(index, waits[position] ?? 0);
        fills.set(source, { state, owner });
      }),
    );
    const claimName = (index: number) => namesOf(keys[index]!.source).claim(names.hashOf(keys[index]!));
    const isOurs = keys.map((_, index) => answers.get(index) === 0);
    const ownOf = (indices: readonly number[]) => indices.filter((index) => isOurs[index]).map(claimName);
    for (const [source, indices] of isAsked ? bySource : []) {
      for (const name of ownOf(indices)) open.set(name, { source, owner });
    }
    return {
      isOurs,
      keep: async (records) => {
        const parts = [...Map.groupBy(records, ({ key }) => key.source)];
        await Promise.all(
          parts.map(async ([source, part]) => {
            if (!(await keep(source, part, fills.get(source)!))) return;
            for (const { key } of part) open.delete(namesOf(source).claim(names.hashOf(key)));
          }),
        );
      },
      release: async () => {
        await Promise.all(
          [...bySource].map(async ([source, indices]) => {
            const own = ownOf(indices);
            if (own.length === 0) return;
            const isTold = (await link.run(RELEASE, [namesOf(source).state, ...own], [owner])) !== null;
            for (const name of isTold ? own : []) open.delete(name);
          }),
        );
      },
      untilSettled: async (indices) => {
        const taken = indices.filter((index) => answers.get(index)! > 0);
        await Promise.all(taken.map((index) => link.untilGone(claimName(index), answers.get(index)!)));
      },
    };
  }

  async function giveBackOpenClaims(): Promise<void> {
    for (const [name, { source, owner }] of open) {
      await link.tell((client) => runScript(client, RELEASE, [namesOf(source).state, name], [owner]));
      open.delete(name);
    }
  }

  async function claimOf(source: string, keys: readonly RecordKey[], owner: string): Promise<Claimed> {
    const layout = namesOf(source);
    const isListed = await link.call(async (client) => {
      await sources.add(client, source);
      return true;
    });
    const pairs = keys.map(names.hashOf).flatMap((hash) => [layout.record(hash), layout.claim(hash)]);
    const args = [owner, String(CLAIM_MS), String(now())];
    const answer = isListed && (await link.run(CLAIM, [layout.state, ...pairs], args));
    const [text, ...waits] = Array.isArray(answer) ? answer : [];
    const stateText = typeof text === 'string' ? text : null;
    const state = parseState(stateText);
    if (state) states.learn(source, state);
    return { stateText, state, waits: waits.map(Number) };
  }

  /** Answers whether Redis was told. */
  async function keep(source: string, records: readonly StoredRecord[], { state, owner }: Fill): Promise<boolean> {
    if (!state) return false;
    const nowMs = now();
    const layout = namesOf(source);
    const hashes = records.map(({ key }) => names.hashOf(key));
    const plan = {
      base: layout.base,
      since: state.sequence,
      epoch: state.epoch,
      now: nowMs,
      owner,
      records: records.map((record, index) => ({
        name: hashes[index],
        type: record.key.type,
        life: Math.max(Math.ceil(record.staleUntilMs - nowMs), 1),
        tags: allTags(record).map(names.hash),
        marks: allTags(record).flatMap(names.everyHash),
        // A record's own tag leads to its name without an index.
        indexed: allTags(record)
          .filter((tag) => tag !== recordTag(record.key))
          .map(names.hash),
      })),
    };
    const answer = await link.run(
      KEEP,
      [
        layout.state,
        layout.invalidated,
        layout.erased,
        ...hashes.flatMap((hash) => [layout.record(hash), layout.claim(hash)]),
      ],
      [
        JSON.stringify(plan),
        ...records.map((record) =>
          encodeRecord({ record: { ...record, tags: tagNames(record.tags) }, epoch: state.epoch }),
        ),
      ],
    );
    return answer !== null;
  }

  const gather = createGathering(keep);
  const introduced = createIntroductions(async (source) => (await claimOf(source, [], '')).stateText);

  return {
    getMany,
    claim,
    tagNames,
    startFill: states.version,
    setMany: async (records, since) => {
      const parts = [...Map.groupBy(records, ({ key }) => key.source)];
      await Promise.all(
        parts.map(async ([source, part]) => {
          const state = states.at(since, source);
          if (state && link.isUsable()) await gather(source, state, part);
        }),
      );
    },
    invalidate: invalidator.invalidate,
    erase: invalidator.erase,
    typesOf: async (source) => {
      try {
        return await link.tell((client) => client.sMembers(namesOf(source).types));
      } catch {
        return ['*'];
      }
    },
    close: link.close,
  };
}

interface Claimed {
  stateText: string | null;
  state: SourceState | null;
  /** For each key: 0 when it is ours, else how long it may be another's. */
  waits: number[];
}

/** However many ask for a new source at once, one tells Redis of it. */
function createIntroductions(introduce: (source: string) => Promise<string | null>) {
  const open = new Map<string, Promise<string | null>>();
  return (source: string): Promise<string | null> => {
    const known = open.get(source);
    if (known) return known;
    const one = introduce(source).finally(() => open.delete(source));
    open.set(source, one);
    return one;
  };
}
