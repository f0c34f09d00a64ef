import { LRUCache } from 'lru-cache';
import { createErasures } from '../../common/cache/erasures.ts';
import { createInvalidationLog } from '../../common/cache/invalidation-log.ts';
import { createTagIndex } from '../../common/cache/tag-index.ts';
import type { Answer, KeepOptions, KeptAnswer } from './kept-answer.ts';
import { sizeOf } from './size.ts';

/** Answers that a process keeps, on shelves: one for each question and all who are answered the same. */
export interface MemoryShelves {
  /** What stands on a shelf, also what is too old already; undefined when there is nothing. Callers `use` what they find. */
  find(shelf: string): ReadonlyMap<string, KeptAnswer> | undefined;
  /** An answer that is used goes later than others when there are too many. */
  use(answer: KeptAnswer, nowMs: number): void;
  /** To be taken before asking for what is then kept. */
  startFill(): number;
  /** Unless it was invalidated since then. */
  keep(place: Place, answer: Answer, options: KeepOptions): void;
  /** Answers how many went. */
  invalidate(tags: readonly string[]): number;
  /** The same, and keeps nothing with one of the tags until then (epoch milliseconds). */
  erase(tags: readonly string[], untilMs: number): number;
}

export interface Place {
  shelf: string;
  /** A representation; of root fields the variables. */
  text: string;
}

interface StoredAnswer extends KeptAnswer {
  place: Place;
  tags: readonly string[];
  usedAtMs: number;
}

/** What an answer takes beside its data. */
const ANSWER_BYTES = 300;
/** An answer's turn is not worth more exactness. */
const USE_STEP_MS = 1000;

export function createMemoryShelves({
  maxBytes,
  now = Date.now,
}: {
  maxBytes: number;
  now?: () => number;
}): MemoryShelves {
  const shelves = new Map<string, Map<string, StoredAnswer>>();
  const index = createTagIndex<StoredAnswer>();
  const invalidations = createInvalidationLog();
  const erasures = createErasures(now);
  const turns = new LRUCache<StoredAnswer, true>({ maxSize: maxBytes, dispose: (_, answer) => takeDown(answer) });

  function takeDown(answer: StoredAnswer): void {
    const { place, tags } = answer;
    answer.isKept = false;
    index.remove(answer, tags);
    const shelf = shelves.get(place.shelf);
    if (shelf?.get(place.text) !== answer) return;
    shelf.delete(place.text);
    if (shelf.size === 0) shelves.delete(place.shelf);
  }

  function invalidate(tags: readonly string[]): number {
    invalidations.add(tags);
    const answers = index.keysOf(tags);
    for (const answer of answers) turns.delete(answer);
    return answers.size;
  }

  return {
    find: (shelf) => shelves.get(shelf),
    use: (answer, nowMs) => {
      // Cast: what is found here was stored here.
      const stored = answer as StoredAnswer;
      if (nowMs - stored.usedAtMs < USE_STEP_MS) return;
      stored.usedAtMs = nowMs;
      turns.get(stored);
    },
    startFill: invalidations.now,
    keep: (place, answer, { tags, since }) => {
      if (invalidations.anySince(since, tags) || erasures.any(tags)) return;
      const shelf = shelves.get(place.shelf) ?? new Map<string, StoredAnswer>();
      const known = shelf.get(place.text);
      if (known) turns.delete(known);
      const stored = { ...answer, place, tags, isKept: true, usedAtMs: now() };
      shelves.set(place.shelf, shelf.set(place.text, stored));
      index.add(stored, tags);
      const size = ANSWER_BYTES + place.text.length + sizeOf(answer.data) + sizeOf(answer.said);
      // One that is too large for the whole is not taken, and must not stay on the shelf either.
      if (size > maxBytes) takeDown(stored);
      else turns.set(stored, true, { size });
    },
    invalidate,
    erase: (tags, untilMs) => {
      erasures.add(tags, untilMs);
      return invalidate(tags);
    },
  };
}
