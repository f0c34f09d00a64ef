import { hash } from 'node:crypto';
import type { CacheMetrics } from '../../common/metrics/cache-metrics.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import type { LifetimeLimits } from './answer-lifetime.ts';
import { toParts } from './answer-parts.ts';
import type { TagsOf } from './answer-tags.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { createMemoryShelves } from './memory-shelves.ts';
import type { Partition } from './partitions.ts';
import { createTally } from './tally.ts';

type Data = Record<string, unknown>;

/** Keeps what subgraphs answer, by representation and selection, as long as they allow. */
export interface EntityCache {
  topicOf(question: TopicQuestion): Topic;
  /** Counts as a read of all of them, and answers when that was; null when one of them is not kept, or too old. */
  reuse(parts: readonly KeptAnswer[]): number | null;
  /** For the texts of answers that are made of what is kept. */
  maxTextBytes: number;
  /** Answers how many answers went. */
  invalidate(tags: readonly string[]): Promise<number>;
  /** The same, and keeps nothing with one of the tags until then (epoch milliseconds). */
  erase(tags: readonly string[], untilMs: number): Promise<number>;
}

export interface TopicQuestion {
  subgraph: string;
  /** Equal where the same is asked. */
  text: string;
  /** Whether it asks for root fields, and not for entities. */
  isRoot: boolean;
  tagsOf: TagsOf;
}

/** One question to a subgraph, as fetches of many operations ask it. */
export interface Topic {
  /** What is kept for those who share with the caller. `variables`: the text of those that the question uses. */
  shelfFor(partition: Partition, variables: string): Shelf;
}

/** For one request. */
export interface Shelf {
  /** The instant at which it is looked at. */
  nowMs: number;
  /** Undefined when it has to be asked for. */
  read(text: string): KeptAnswer | undefined;
  /** Reads what others may have kept, by `texts`; null where all is in this process. */
  fetch: ((texts: readonly string[]) => Promise<readonly (KeptAnswer | null)[]>) | null;
  /** To be called before asking for what is not there; must be ended. */
  startFill(texts: readonly string[]): Fill | Promise<Fill>;
}

export interface Fill {
  /** Another one after each invalidation. */
  since: number;
  /** Keeps what came, by `texts`, if the answer may be kept at all. Null stands for an entity that does not exist. */
  keep(answer: ExecutionResultBody, texts: readonly string[], parts: readonly (Data | null)[]): void;
  /** After it, or instead of it. */
  end(): void;
}

export interface EntityCacheOptions extends LifetimeLimits {
  maxBytes: number;
  metrics: CacheMetrics;
  now?: () => number;
}

export function createEntityCache(options: EntityCacheOptions): EntityCache {
  const { maxBytes, metrics, now = Date.now } = options;
  const maxTextBytes = Math.floor(maxBytes / 4);
  const shelves = createMemoryShelves({ maxBytes: maxBytes - maxTextBytes, now });
  const tally = createTally(metrics);

  function topicOf(question: TopicQuestion): Topic {
    const { subgraph, text } = question;
    const id = hash('sha256', JSON.stringify([subgraph, text]), 'base64url').slice(0, 22);
    const shelfName = (partition: string, variables: string) => `${id}${partition}${variables}`;
    /** Most subgraphs say nothing of the kind: then there is one place less to look at. */
    let isEverPrivate = false;

    function shelfFor({ shared, own }: Partition, variables: string): Shelf {
      const nowMs = now();
      const sharedShelf = shelves.find(shelfName(shared, variables));
      const ownShelf = isEverPrivate && own !== null ? shelves.find(shelfName(own, variables)) : undefined;

      function startFill(): Fill {
        const since = shelves.startFill();
        return {
          since,
          keep: (answer, texts, data) => {
            const received = toParts({ answer, texts, parts: data }, question, { limits: options, nowMs: now() });
            if (received === null) return;
            const { isPrivate, parts } = received;
            isEverPrivate ||= isPrivate;
            const partition = isPrivate ? own : shared;
            if (partition === null) return;
            const shelf = shelfName(partition, variables);
            for (const { text: key, answer: part, tags } of parts)
              shelves.keep({ shelf, text: key }, part, { tags, since });
          },
          end: () => {},
        };
      }

      return {
        nowMs,
        read: (key) => {
          const found = freshOf(sharedShelf?.get(key), nowMs) ?? freshOf(ownShelf?.get(key), nowMs);
          if (found === undefined) {
            tally.miss();
            return undefined;
          }
          tally.hit(1, 'memory');
          shelves.use(found, nowMs);
          return found;
        },
        fetch: null,
        startFill,
      };
    }

    return { shelfFor };
  }

  function reuse(parts: readonly KeptAnswer[]): number | null {
    const nowMs = now();
    for (const part of parts) if (!part.isKept || freshOf(part, nowMs) === undefined) return null;
    for (const part of parts) shelves.use(part, nowMs);
    tally.hit(parts.length, 'memory');
    return nowMs;
  }

  return {
    topicOf,
    reuse,
    maxTextBytes,
    // At once: nothing that is asked for from now on may be what is removed.
    invalidate: async (tags) => shelves.invalidate(tags),
    erase: async (tags, untilMs) => shelves.erase(tags, untilMs),
  };
}

function freshOf(answer: KeptAnswer | undefined, nowMs: number): KeptAnswer | undefined {
  return answer !== undefined && nowMs < answer.expiresAtMs ? answer : undefined;
}
