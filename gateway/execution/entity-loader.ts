import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { Fill, Shelf } from '../entity-cache/entity-cache.ts';
import { askForRest } from './ask-for-rest.ts';
import { checkShape, type Problem } from './check-shape.ts';
import type { Fits } from './code/check.ts';
import { type Data, explain, type Fetch, type PlanRun, send } from './fetch.ts';
import { noteKept } from './kept.ts';
import { cloneData } from './merge-data.ts';
import { representationOf } from './representation.ts';
import { publicError, subgraphFailure } from './subgraph-error.ts';

/** What one question to a subgraph brought. */
export type Outcome =
  | {
      kind: 'answered';
      entities: readonly (Data | null)[];
      errors: readonly ExecutionErrorBody[];
      /** Others have the same objects: nobody may change them. */
      isShared: boolean;
      /** By the entity's index; null when all are as they should be. */
      problems: ReadonlyMap<number, readonly Problem[]> | null;
    }
  | { kind: 'lost'; error: ExecutionErrorBody };

/** Entities that are asked for with one request. */
export interface EntityBatch {
  texts: string[];
  /** Of each text one of the objects that it was made from. */
  sources: Data[];
  /** Nobody waits for that of entities which were kept from earlier answers. */
  outcome: Promise<Outcome> | Outcome;
}

type Asked = Pick<EntityBatch, 'texts' | 'sources'>;

/** One entity that somebody asked for. */
export interface EntitySlot {
  batch: EntityBatch;
  index: number;
}

/**
 * Asks a subgraph one question about entities, for one request: about those that several parts of a plan ask for at the
 * same time together, and about each once.
 */
export interface EntityLoader {
  slotOf(text: string, source: Data): EntitySlot;
}

/** `shelf`: what is kept of earlier answers to the question; null where nothing is. */
export function createEntityLoader(fetch: Fetch, fits: Fits, run: PlanRun, shelf: Shelf | null): EntityLoader {
  const slots = new Map<string, EntitySlot>();
  let open: EntityBatch | null = null;
  let kept: { batch: EntityBatch; entities: (Data | null)[] } | null = null;

  function begin(): EntityBatch {
    const texts: string[] = [];
    const sources: Data[] = [];
    // In a microtask: what else of the plan can begin now has joined by then.
    const outcome = Promise.resolve().then(() => {
      open = null;
      return load({ texts, sources });
    });
    return { texts, sources, outcome };
  }

  async function load(asked: Asked): Promise<Outcome> {
    if (shelf === null) return ask(fetch, fits, run, asked, null);
    const found = await shelf.fetch?.(asked.texts);
    for (const answer of found ?? []) if (answer) noteKept(answer, shelf, run);
    const askAndKeep = async (rest: Asked) => {
      const fill = await shelf.startFill(rest.texts);
      return ask(fetch, fits, run, rest, fill).finally(fill.end);
    };
    return found ? askForRest(asked, found, askAndKeep) : askAndKeep(asked);
  }

  /** Null when it has to be asked for. */
  function takeKept(text: string, source: Data): EntitySlot | null {
    const answer = shelf?.read(text);
    if (shelf === null || answer === undefined) return null;
    noteKept(answer, shelf, run);
    kept ??= createKeptBatch();
    kept.entities.push(answer.data);
    return put(kept.batch, text, source);
  }

  return {
    slotOf(text, source) {
      const known = slots.get(text);
      if (known !== undefined) return known;
      let slot = takeKept(text, source);
      if (slot === null) {
        open ??= begin();
        slot = put(open, text, source);
      }
      slots.set(text, slot);
      return slot;
    },
  };
}

function put(batch: EntityBatch, text: string, source: Data): EntitySlot {
  batch.sources.push(source);
  return { batch, index: batch.texts.push(text) - 1 };
}

function createKeptBatch() {
  const entities: (Data | null)[] = [];
  const outcome = { kind: 'answered', entities, errors: [], isShared: true, problems: null } as const;
  return { entities, batch: { texts: [], sources: [], outcome } };
}

/** Never rejects. */
async function ask(
  fetch: Fetch,
  fits: Fits,
  run: PlanRun,
  { texts, sources }: Asked,
  fill: Fill | null,
): Promise<Outcome> {
  const { spec, access } = fetch;
  const { service } = access;
  try {
    // There is a text for each, so there is a representation.
    const objects = () => sources.map((source) => representationOf(source, spec)!);
    const { body: answer, isShared } = await send(fetch, run, { texts, objects }, fill?.since);
    const entities = entitiesOf(answer, texts.length);
    const errors = answer.errors ?? [];
    if (entities !== null) {
      const outcome = checked(entities, sources, spec, fits);
      if (outcome.problems === null) fill?.keep(answer, texts, entities);
      return { kind: 'answered', errors, isShared: isShared || fill !== null, ...outcome };
    }
    if (errors[0] !== undefined) return { kind: 'lost', error: publicError(service, errors[0]) };
    throw subgraphFailure('SUBGRAPH_BAD_RESPONSE', service, 'answered without the entities it was asked for');
  } catch (error) {
    return { kind: 'lost', error: explain(service, run, error) };
  }
}

/** Null when they are not as many as were asked for: nobody could tell which is which. */
function entitiesOf({ data }: ExecutionResultBody, count: number): (Data | null)[] | null {
  const entities = data?._entities;
  if (!Array.isArray(entities) || entities.length !== count) return null;
  return entities.every((entity) => typeof entity === 'object' && !Array.isArray(entity)) ? entities : null;
}

/** What is wrong in an entity is replaced by null, in a copy: the data may be another request's too. */
function checked(
  received: readonly (Data | null)[],
  sources: readonly Data[],
  { shape }: Fetch['spec'],
  fits: Fits,
): Pick<Extract<Outcome, { kind: 'answered' }>, 'entities' | 'problems'> {
  const wrong = received.flatMap((entity, index) =>
    entity === null || fits(entity, typenameOf(sources[index]!)) ? [] : [index],
  );
  if (wrong.length === 0) return { entities: received, problems: null };
  const entities = [...received];
  const problems = new Map<number, readonly Problem[]>();
  for (const index of wrong) {
    const copy = cloneData(received[index]!);
    entities[index] = copy;
    problems.set(index, checkShape(copy, shape, typenameOf(sources[index]!)));
  }
  return { entities, problems };
}

function typenameOf(source: Data): string {
  return String(source.__typename);
}
