import type { EntityRequirement } from '../planning/fetch-specs.ts';
import { compileCheck } from './code/check.ts';
import { compileTargets } from './code/collect-targets.ts';
import type { Merge } from './code/merge.ts';
import { compileRepresent, type Represent } from './code/represent.ts';
import { createEntityLoader, type EntityBatch, type EntitySlot, type Outcome } from './entity-loader.ts';
import type { Data, Fetch, PlanRun, Step } from './fetch.ts';
import { type FetchUnit, noteLost, noteMissing } from './fetch-units.ts';
import { cloneData } from './merge-data.ts';
import { positionsAt } from './positions.ts';
import { representationOf } from './representation.ts';
import { rewriteData } from './rewrite-data.ts';
import type { SharedObjects } from './shared-objects.ts';

/** Objects of the answer that stand for one entity. */
interface Group {
  targets: Data[];
  slot: EntitySlot;
}

export interface EntityStepConfig {
  fetch: Fetch;
  requires: readonly EntityRequirement[];
  merge: Merge;
  shared: SharedObjects;
  question: Question;
}

/** What is asked of entities: fetches that ask the same share one. */
export interface Question {
  number: number;
  /** How many fetches ask it. */
  askers: number;
}

/** A step that asks a subgraph for entities, each once, however often it stands in the answer; what it gives not, is noted. */
export function entityStep({ fetch, requires, merge, shared, question }: EntityStepConfig): Step {
  const { spec } = fetch;
  const targetsIn = compileTargets(spec.path, shared.has);
  const represent: Represent =
    spec.inputRewrites.length === 0 ? compileRepresent(spec.representation) : (object) => textOf(object, fetch);
  const fits = compileCheck(spec.shape);
  const isFlat = [...spec.shape.values()].every(({ fields }) => fields === null);

  return (run) => {
    const targets = targetsIn(run.data);
    if (targets.length === 0) return null;
    let loader = run.loaders[question.number];
    if (loader === undefined) {
      loader = createEntityLoader(fetch, fits, run);
      run.loaders[question.number] = loader;
    }
    const unaskable = run.unknowns.isEmpty() ? null : findUnaskable(fetch, requires, run);
    const groups = new Map<string, Group>();
    const batches = new Set<EntityBatch>();
    for (const target of targets) {
      if (unaskable?.has(target)) continue;
      const text = represent(target);
      if (text === null) continue;
      const group = groups.get(text);
      if (group !== undefined) {
        group.targets.push(target);
        continue;
      }
      const slot = loader.slotOf(text, target);
      groups.set(text, { targets: [target], slot });
      batches.add(slot.batch);
    }
    return groups.size === 0 ? null : finish([...groups.values()], batches, run);
  };

  async function finish(groups: readonly Group[], batches: ReadonlySet<EntityBatch>, run: PlanRun): Promise<void> {
    for (const batch of batches) {
      const outcome = await batch.outcome;
      const own = groups.filter(({ slot }) => slot.batch === batch);
      note(own, outcome, fetch, run);
      if (outcome.kind === 'lost') continue;
      for (const { targets, slot } of own) {
        const entity = outcome.entities[slot.index];
        if (entity != null) fill(targets, entity);
      }
    }
  }

  function fill(targets: readonly Data[], entity: Data): void {
    // Other parts of the plan go on from their own objects.
    const data = isFlat || question.askers === 1 ? entity : cloneData(entity);
    rewriteData(data, spec.outputRewrites);
    for (const target of targets) merge(target, data, targets.length > 1);
  }
}

/** Asking with null where the truth is unknown would get a wrong answer. */
function findUnaskable({ spec }: Fetch, requires: readonly EntityRequirement[], run: PlanRun): Set<Data> {
  const unaskable = new Set<Data>();
  for (const { path, value } of positionsAt(run.data, spec.path)) {
    const fitting = requires.filter(({ types }) => types.has(String(value.__typename)));
    if (fitting.some(({ keys }) => run.unknowns.among(keys, path, value) !== null)) unaskable.add(value);
  }
  return unaskable;
}

/** Notes what is missing in an answer, and why. */
function note(groups: readonly Group[], outcome: Outcome, { spec, access }: Fetch, run: PlanRun): void {
  if (outcome.kind === 'answered' && isWhole(groups, outcome)) return;
  const positions = positionsAt(run.data, spec.path);
  const units = groups.map((group) => toUnit(group, outcome, () => placesOf(group, positions)));
  if (outcome.kind === 'lost') {
    noteLost({ spec, units }, outcome.error, run.unknowns);
    return;
  }
  noteMissing({ service: access.service, spec, units }, errorsOf(groups, outcome), run.unknowns);
  run.absent.push(...units.flatMap(({ data, places }) => (data === null ? places() : [])));
}

type Answered = Extract<Outcome, { kind: 'answered' }>;

function isWhole(groups: readonly Group[], { entities, errors, problems }: Answered): boolean {
  return errors.length === 0 && problems === null && groups.every(({ slot }) => entities[slot.index] !== null);
}

/** Without those that are about entities which other fetches asked for in the same request. */
function errorsOf(groups: readonly Group[], { errors, entities }: Answered): Answered['errors'] {
  const own = new Set(groups.map(({ slot }) => slot.index));
  return errors.filter(({ path = [] }) => {
    const index = path[0] === '_entities' ? path[1] : undefined;
    return typeof index !== 'number' || own.has(index) || entities[index] === undefined;
  });
}

function placesOf({ targets }: Group, positions: ReturnType<typeof positionsAt>) {
  const wanted = new Set(targets);
  return positions.filter(({ value }) => wanted.has(value)).map(({ path }) => path);
}

function toUnit({ targets, slot }: Group, outcome: Outcome, places: FetchUnit['places']): FetchUnit {
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

function textOf(object: Data, { spec }: Fetch): string | null {
  const representation = representationOf(object, spec);
  return representation && JSON.stringify(representation);
}
