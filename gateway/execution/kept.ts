import type { GraphQLSchema } from 'graphql';
import { entityTags, rootTags } from '../entity-cache/answer-tags.ts';
import type { DeclaredTags } from '../entity-cache/declared-tags.ts';
import type { EntityCache, Shelf, Topic } from '../entity-cache/entity-cache.ts';
import type { KeptAnswer } from '../entity-cache/kept-answer.ts';
import { type Partition, type PartitionOf, withHeaders } from '../entity-cache/partitions.ts';
import { type PlanRun, takeExtensions } from './fetch.ts';
import type { RequestContext } from './request-context.ts';

/** What is kept of subgraphs' answers, and for whom. */
export interface AnswerCache {
  cache: EntityCache;
  partitionOf: PartitionOf;
  /** Of the supergraph that is served. */
  declaredTags: DeclaredTags;
}

/** What a fetch's question is kept as; null where nothing is kept. */
export interface KeptTopic {
  subgraph: string;
  topic: Topic;
  partitionOf: PartitionOf;
  /** The client's variables that the question uses. */
  variableNames: readonly string[];
}

interface KeptFetch {
  subgraph: string;
  /** What is sent, without a name of its own. */
  operation: string;
  isRoot: boolean;
  variableNames: readonly string[];
}

/** Kept is what a subgraph gave, whatever a plan then makes of it. */
export function createKeptTopic(
  { subgraph, operation, isRoot, variableNames }: KeptFetch,
  { cache, partitionOf, declaredTags }: AnswerCache,
  schema: GraphQLSchema,
): KeptTopic {
  const tagsOf = isRoot ? rootTags(subgraph, declaredTags, { operation, schema }) : entityTags(subgraph, declaredTags);
  const topic = cache.topicOf({ subgraph, text: operation, isRoot, tagsOf });
  return { subgraph, topic, partitionOf, variableNames };
}

/** Where the answer to a question for root fields is kept. */
export interface RootPlace {
  shelf: Shelf;
  text: string;
}

/** Of entities, whose representation tells them apart: variables are a part of the question. */
export function shelfFor(kept: KeptTopic, run: PlanRun): Shelf {
  return kept.topic.shelfFor(partitionFor(kept, run), variablesText(kept.variableNames, run));
}

/** Of root fields, which their variables tell apart. */
export function rootPlaceFor(kept: KeptTopic, run: PlanRun): RootPlace {
  return { shelf: kept.topic.shelfFor(partitionFor(kept, run), ''), text: variablesText(kept.variableNames, run) };
}

function partitionFor({ subgraph, partitionOf }: KeptTopic, run: PlanRun): Partition {
  const partition = partitionOf(run.caller);
  const forwarded = run.forwardedTo(subgraph);
  return forwarded === null ? partition : withHeaders(partition, forwarded);
}

/** Tells the answer what a kept part tells of itself. */
export function noteKept(answer: KeptAnswer, { nowMs }: Shelf, run: PlanRun): void {
  run.keptParts.push(answer);
  tellOf(answer, nowMs, run);
}

export function tellOf(answer: KeptAnswer, nowMs: number, context: RequestContext): void {
  const { bornAtMs, expiresAtMs, isPrivate, said } = answer;
  context.freshness.addKept({
    ageMs: Math.max(nowMs - bornAtMs, 0),
    freshMs: Math.max(expiresAtMs - nowMs, 0),
    isPrivate,
  });
  if (said) takeExtensions(said, context);
}

/** JSON of those that were sent. */
function variablesText(names: readonly string[], { variables }: PlanRun): string {
  if (names.length === 0) return '';
  const sent = names.filter((name) => Object.hasOwn(variables, name));
  return `{${sent.map((name) => `${JSON.stringify(name)}:${JSON.stringify(variables[name])}`).join()}}`;
}
