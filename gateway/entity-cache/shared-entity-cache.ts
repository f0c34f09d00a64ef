import { hash } from 'node:crypto';
import type { RecordKey, RecordStore, StoredRecord } from '../../common/cache/record-store.ts';
import type { CacheMetrics } from '../../common/metrics/cache-metrics.ts';
import type { LifetimeLimits } from './answer-lifetime.ts';
import { type AnswerPart, toParts } from './answer-parts.ts';
import type { EntityCache, Fill, Shelf, Topic, TopicQuestion } from './entity-cache.ts';
import type { KeptAnswer } from './kept-answer.ts';
import type { Partition } from './partitions.ts';
import { createTally } from './tally.ts';

export interface SharedEntityCacheOptions extends LifetimeLimits {
  store: RecordStore;
  metrics: CacheMetrics;
  now?: () => number;
}

/** Texts of whole answers are not kept: nobody here knows at once what others remove. */
const MAX_TEXT_BYTES = 1;

/** Keeps what subgraphs answer in the record cache's store, for all gateways that share it. */
export function createSharedEntityCache(options: SharedEntityCacheOptions): EntityCache {
  const { store, metrics, now = Date.now } = options;
  const tally = createTally(metrics);

  function topicOf(question: TopicQuestion): Topic {
    const { subgraph, text } = question;
    const id = hash('sha256', JSON.stringify([subgraph, text]), 'base64url').slice(0, 22);
    let isEverPrivate = false;

    function shelfFor({ shared, own }: Partition, variables: string): Shelf {
      const keyOf = (partition: string, place: string): RecordKey => ({
        source: `graph.${subgraph}`,
        type: 'answer',
        id: `${id}${partition}${variables}|${place}`,
      });

      async function fetch(texts: readonly string[]): Promise<(KeptAnswer | null)[]> {
        const partitions = isEverPrivate && own !== null ? [shared, own] : [shared];
        const keys = partitions.flatMap((partition) => texts.map((place) => keyOf(partition, place)));
        const found = await store.getMany(keys);
        return texts.map((_, index) => {
          for (let place = index; place < found.length; place += texts.length) {
            const { record, layer } = found[place]!;
            const answer = record && toKept(record);
            if (answer === null) continue;
            tally.hit(1, layer);
            return answer;
          }
          tally.miss();
          return null;
        });
      }

      /** The claim tells what was invalidated before, and so what is invalidated from then on. */
      async function startFill(texts: readonly string[]): Promise<Fill> {
        const claim = await store.claim(texts.map((place) => keyOf(shared, place)));
        const since = store.startFill();
        let isOpen = true;
        return {
          since,
          keep: (answer, places, data) => {
            const received = toParts({ answer, texts: places, parts: data }, question, {
              limits: options,
              nowMs: now(),
            });
            if (received === null) return;
            const { isPrivate, parts } = received;
            isEverPrivate ||= isPrivate;
            const toStored = (partition: string) => (part: AnswerPart) => toRecord(keyOf(partition, part.text), part);
            // The store never fails; nobody waits for it.
            if (!isPrivate) {
              isOpen = false;
              void claim.keep(parts.map(toStored(shared))).then(() => claim.release());
            } else if (own !== null) void store.setMany(parts.map(toStored(own)), since);
          },
          end: () => {
            if (isOpen) void claim.release();
          },
        };
      }

      return { nowMs: now(), read: () => undefined, fetch, startFill };
    }

    return { shelfFor };
  }

  return {
    topicOf,
    reuse: () => null,
    maxTextBytes: MAX_TEXT_BYTES,
    invalidate: store.invalidate,
    erase: store.erase,
  };
}

function toRecord(key: RecordKey, { answer, tags }: AnswerPart): StoredRecord {
  const { data, isPrivate, said, bornAtMs, expiresAtMs } = answer;
  const instants = { freshUntilMs: expiresAtMs, revalidateUntilMs: expiresAtMs, staleUntilMs: expiresAtMs };
  return { key, value: { data, isPrivate, said }, tags, fetchedAtMs: bornAtMs, ...instants };
}

function toKept({ value, fetchedAtMs, staleUntilMs }: StoredRecord): KeptAnswer {
  // Cast: the key's source and type are ours alone.
  const { data, isPrivate, said } = value as Pick<KeptAnswer, 'data' | 'isPrivate' | 'said'>;
  return { data, isPrivate, said, bornAtMs: fetchedAtMs, expiresAtMs: staleUntilMs, isKept: false };
}
