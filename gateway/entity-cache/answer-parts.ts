import type { ExecutionResultBody } from '../../common/transport.ts';
import { type LifetimeLimits, lifetimeOf } from './answer-lifetime.ts';
import type { TopicQuestion } from './entity-cache.ts';
import type { Answer } from './kept-answer.ts';
import { canTellApart, saidOf } from './said.ts';
import { subgraphTag } from './tags.ts';
import { toldTags } from './told-tags.ts';

type Data = Record<string, unknown>;

/** One part of an answer, as it is kept. */
export interface AnswerPart {
  /** Its place on its shelf. */
  text: string;
  answer: Answer;
  /** What removes it. */
  tags: readonly string[];
}

export interface Received {
  answer: ExecutionResultBody;
  texts: readonly string[];
  /** By text; null for an entity that does not exist. */
  parts: readonly (Data | null)[];
}

/** What may be kept of an answer; null for nothing. */
export function toParts(
  { answer, texts, parts }: Received,
  { subgraph, isRoot, tagsOf }: TopicQuestion,
  { limits, nowMs }: { limits: LifetimeLimits; nowMs: number },
): { isPrivate: boolean; parts: AnswerPart[] } | null {
  const lifetime = lifetimeOf(answer, limits);
  if (lifetime === null || !canTellApart(answer, parts.length)) return null;
  const { ageMs, freshMs, negativeMs, isPrivate } = lifetime;
  const toPart = (text: string, position: number): AnswerPart => {
    const data = parts[position]!;
    const index = isRoot ? null : position;
    return {
      text,
      answer: {
        data,
        bornAtMs: nowMs - ageMs,
        expiresAtMs: nowMs + (data === null ? negativeMs : freshMs),
        isPrivate,
        said: saidOf(answer, index),
      },
      tags: [subgraphTag(subgraph), ...tagsOf(text), ...toldTags(subgraph, answer, index)],
    };
  };
  return { isPrivate, parts: texts.map(toPart) };
}
