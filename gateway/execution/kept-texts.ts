import { LRUCache } from 'lru-cache';
import type { KeptAnswer } from '../entity-cache/kept-answer.ts';
import type { AnswerCache } from './kept.ts';
import type { RequestContext } from './request-context.ts';

/** The text of an answer that was made of kept parts alone. */
export interface KeptText {
  /** The answer's data as JSON. */
  text: string;
  parts: readonly KeptAnswer[];
}

/** Where the text of one operation's answer is kept, for one caller and these variables. */
export interface TextPlace {
  /** Null when one of its parts is not kept any more: then it is made anew. */
  read(): (KeptText & { nowMs: number }) | null;
  keep(answer: KeptText): void;
}

/**
 * The texts of one supergraph's answers. As long as all the parts of an answer are kept, and none was replaced by another,
 * making it again would give the same text.
 */
export interface KeptTexts {
  /** Null where none is kept. `operation`: the same object for the same. */
  placeOf(operation: object, variables: Readonly<Record<string, unknown>>, context: RequestContext): TextPlace | null;
}

export function createKeptTexts({ cache, partitionOf }: AnswerCache): KeptTexts {
  const texts = new LRUCache<string, KeptText>({ maxSize: cache.maxTextBytes });
  const numbers = new WeakMap<object, number>();
  let count = 0;

  function numberOf(operation: object): number {
    const known = numbers.get(operation);
    if (known !== undefined) return known;
    count += 1;
    numbers.set(operation, count);
    return count;
  }

  return {
    placeOf(operation, variables, { caller, forwardsHeaders }) {
      // What subgraphs then answer differs for every client.
      if (forwardsHeaders) return null;
      const key = `${numberOf(operation)} ${partitionOf(caller).shared} ${JSON.stringify(variables)}`;
      return {
        read() {
          const known = texts.get(key);
          if (known === undefined) return null;
          const nowMs = cache.reuse(known.parts);
          if (nowMs !== null) return { ...known, nowMs };
          texts.delete(key);
          return null;
        },
        keep(answer) {
          // One caller's own, or what nobody here knows the end of.
          if (answer.parts.some(({ isPrivate, isKept }) => isPrivate || !isKept)) return;
          texts.set(key, answer, { size: key.length + WEIGHT * answer.text.length });
        },
      };
    },
  };
}

/** The text itself, and what its parts may still hold after they are kept nowhere else. */
const WEIGHT = 4;
