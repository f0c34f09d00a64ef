import { type EntityRequirement, isFlat } from '../planning/fetch-specs.ts';
import { compileCheck } from './code/check.ts';
import type { Merge } from './code/merge.ts';
import type { Build } from './code/source.ts';
import { createCopyEntered, type EnteredParts } from './copy-entered.ts';
import { compileGrouping, type EntityGroup } from './entity-groups.ts';
import { createEntityLoader, type EntityBatch, type Outcome } from './entity-loader.ts';
import type { Data, Fetch, PlanRun, Step } from './fetch.ts';
import { type FetchUnit, noteLost, noteMissing } from './fetch-units.ts';
import { type KeptTopic, shelfFor } from './kept.ts';
import { cloneData } from './merge-data.ts';
import { positionsAt } from './positions.ts';
import { rewriteData } from './rewrite-data.ts';
import { noteObjects, type TargetsIn } from './targets.ts';

export interface EntityStepConfig {
  fetch: Fetch;
  requires: readonly EntityRequirement[];
  merge: Merge;
  targetsIn: TargetsIn;
  question: Question;
  entered: EnteredParts;
  /** Null where nothing is kept. */
  kept: KeptTopic | null;
  build: Build;
}

/** What is asked of entities: fetches that ask the same share one. */
export interface Question {
  number: number;
  /** How many fetches ask it. */
  askers: number;
}

/** A step that asks a subgraph for entities, each once, however often it stands in the answer; what it gives not, is noted. */
export function entityStep(config: EntityStepConfig): Step {
  const { fetch, requires, merge, targetsIn, question, entered, kept, build } = config;
  const { spec } = fetch;
  const group = compileGrouping(spec, build);
  const fits = compileCheck(spec.shape, build);
  const bringsObjects = !isFlat(spec);
  // Other parts of the plan, and later requests, go on from their own objects.
  const needsCopies = bringsObjects && question.askers > 1;
  const copy = spec.outputRewrites.length > 0 ? cloneData<Data> : createCopyEntered(entered);

  return (run) => {
    const targets = askable(targetsIn(run.tree), fetch, requires, run);
    if (targets.length === 0) return null;
    let loader = run.loaders[question.number];
    if (loader === undefined) {
      loader = createEntityLoader(fetch, fits, run, kept && shelfFor(kept, run));
      run.loaders[question.number] = loader;
    }
    const groups = group(targets, loader.slotOf);
    if (groups.length === 0) return null;
    return finish(groups, new Set(groups.map(({ slot }) => slot.batch)), run);
  };

  /** Waits for nothing where all was kept from earlier answers. */
  function finish(
    groups: readonly EntityGroup[],
    batches: ReadonlySet<EntityBatch>,
    run: PlanRun,
  ): Promise<void> | null {
    const awaited: Awaited[] = [];
    for (const batch of batches) {
      const own = batches.size === 1 ? groups : groups.filter(({ slot }) => slot.batch === batch);
      if (batch.outcome instanceof Promise) awaited.push({ outcome: batch.outcome, own });
      else take(own, batch.outcome, run);
    }
    return awaited.length === 0 ? null : finishLater(awaited, run);
  }

  async function finishLater(awaited: readonly Awaited[], run: PlanRun): Promise<void> {
    for (const { outcome, own } of awaited) take(own, await outcome, run);
  }

  function take(own: readonly EntityGroup[], outcome: Outcome, run: PlanRun): void {
    note(own, outcome, fetch, run);
    if (outcome.kind === 'lost') return;
    for (const { targets, slot } of own) {
      const entity = outcome.entities[slot.index];
      if (entity != null) fill(targets, entity, needsCopies || outcome.isShared);
    }
    if (bringsObjects) noteObjects(run.tree);
  }

  function fill(targets: readonly Data[], entity: Data, isOthers: boolean): void {
    const data = isOthers ? copy(entity) : entity;
    rewriteData(data, spec.outputRewrites);
    for (const target of targets) merge(target, data, targets.length > 1);
  }
}

interface Awaited {
  outcome: Promise<Outcome>;
  own: readonly EntityGroup[];
}

/** Asking with null where the truth is unknown would get a wrong answer. */
function askable(
  targets: readonly Data[],
  { spec }: Fetch,
  requires: readonly EntityRequirement[],
  run: PlanRun,
): readonly Data[] {
  if (run.unknowns.isEmpty()) return targets;
  const unaskable = new Set<Data>();
  for (const { path, value } of positionsAt(run.tree.data, spec.path)) {
    const fitting = requires.filter(({ types }) => types.has(String(value.__typename)));
    if (fitting.some(({ keys }) => run.unknowns.among(keys, path, value) !== null)) unaskable.add(value);
  }
  return targets.filter((target) => !unaskable.has(target));
}

/** Notes what is missing in an answer, and why. */
function note(groups: readonly EntityGroup[], outcome: Outcome, { spec, access }: Fetch, run: PlanRun): void {
  if (outcome.kind === 'answered' && isWhole(groups, outcome)) return;
  const positions = positionsAt(run.tree.data, spec.path);
  const units = groups.map((group) => toUnit(group, outcome, () => placesOf(group, positions)));
  if (outcome.kind === 'lost') {
    noteLost({ spec, units }, outcome.error, run.unknowns);
    return;
  }
  noteMissing({ service: access.service, spec, units }, errorsOf(groups, outcome), run.unknowns);
  run.absent.push(...units.flatMap(({ data, places }) => (data === null ? places() : [])));
}

type Answered = Extract<Outcome, { kind: 'answered' }>;

function isWhole(groups: readonly EntityGroup[], { entities, errors, problems }: Answered): boolean {
  return errors.length === 0 && problems === null && groups.every(({ slot }) => entities[slot.index] !== null);
}

/** Without those that are about entities which other fetches asked for in the same request. */
function errorsOf(groups: readonly EntityGroup[], { errors, entities }: Answered): Answered['errors'] {
  const own = new Set(groups.map(({ slot }) => slot.index));
  return errors.filter(({ path = [] }) => {
    const index = path[0] === '_entities' ? path[1] : undefined;
    return typeof index !== 'number' || own.has(index) || entities[index] === undefined;
  });
}

function placesOf({ targets }: EntityGroup, positions: ReturnType<typeof positionsAt>) {
  const wanted = new Set(targets);
  return positions.filter(({ value }) => wanted.has(value)).map(({ path }) => path);
}

function toUnit({ targets, slot }: EntityGroup, outcome: Outcome, places: FetchUnit['places']): FetchUnit {
  const { index } = slot;
  const isAnswered = outcome.kind === 'answered';
  return {
    places,
    from: ['_entities', index],
    data: (isAnswered && outcome.entities[index]) || null,
    typename: String(targets[0]!.__typename),
    problems: isAnswered ? (outcome.problems?.get(index) ?? []) : [],
  };
}
