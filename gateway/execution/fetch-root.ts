import type { Fill, Shelf } from '../entity-cache/entity-cache.ts';
import type { KeptAnswer } from '../entity-cache/kept-answer.ts';
import { compileCheck } from './code/check.ts';
import type { Merge } from './code/merge.ts';
import type { Build } from './code/source.ts';
import { createCopyEntered, type EnteredParts } from './copy-entered.ts';
import { type Data, explain, type Fetch, type PlanRun, type Step, send } from './fetch.ts';
import { type FetchUnit, noteLost, noteMissing } from './fetch-units.ts';
import { type KeptTopic, noteKept, type RootPlace, rootPlaceFor } from './kept.ts';
import { cloneData } from './merge-data.ts';
import { positionsAt } from './positions.ts';
import { rewriteData } from './rewrite-data.ts';
import { subgraphFailure } from './subgraph-error.ts';
import { noteObjects, type TargetsIn } from './targets.ts';

export interface RootStepConfig {
  fetch: Fetch;
  merge: Merge;
  targetsIn: TargetsIn;
  entered: EnteredParts;
  /** Null where nothing is kept. */
  kept: KeptTopic | null;
  build: Build;
}

/** A step that asks a subgraph for root fields; why it gave none, is noted. */
export function rootStep({ fetch, merge, targetsIn, entered, kept, build }: RootStepConfig): Step {
  const { access, spec } = fetch;
  const { service } = access;
  const fits = compileCheck(spec.shape, build);

  const copy = spec.outputRewrites.length > 0 ? cloneData<Data> : createCopyEntered(entered);

  /** `isOthers`: nobody may change it. */
  function fill(targets: readonly Data[], given: Data, isOthers: boolean, run: PlanRun): void {
    const data = isOthers ? copy(given) : given;
    rewriteData(data, spec.outputRewrites);
    for (const target of targets) merge(target, data, targets.length > 1);
    noteObjects(run.tree);
  }

  async function ask(targets: readonly Data[], place: RootPlace | null, run: PlanRun): Promise<void> {
    let filling: Fill | undefined;
    try {
      if (place !== null) {
        const [found] = (await place.shelf.fetch?.([place.text])) ?? [];
        if (found?.data) return take(targets, found, place.shelf, run);
        filling = await place.shelf.startFill([place.text]);
      }
      const { body: answer, isShared } = await send(fetch, run, null, filling?.since);
      const { data, errors = [] } = answer;
      let usable = isObject(data) ? data : null;
      if (usable === null && errors.length === 0) {
        throw subgraphFailure('SUBGRAPH_BAD_RESPONSE', service, 'answered without data and without an error');
      }
      const isWhole = errors.length === 0 && usable !== null && fits(usable, null);
      if (isWhole) filling?.keep(answer, [place!.text], [usable]);
      else {
        // What is wrong in it is replaced by null.
        usable = cloneData(usable);
        noteMissing({ service, spec, units: [toUnit(fetch, run, usable)] }, errors, run.unknowns);
      }
      if (usable !== null) fill(targets, usable, isShared || filling !== undefined, run);
    } catch (error) {
      noteLost({ spec, units: [toUnit(fetch, run, null)] }, explain(service, run, error), run.unknowns);
    } finally {
      filling?.end();
    }
  }

  function take(targets: readonly Data[], answer: KeptAnswer, shelf: Shelf, run: PlanRun): void {
    noteKept(answer, shelf, run);
    fill(targets, answer.data!, true, run);
  }

  return (run) => {
    // A mutation's payload may lead back to the query type: then root fields stand deeper in the answer.
    const targets = targetsIn(run.tree);
    if (targets.length === 0) return null;
    const place = kept && rootPlaceFor(kept, run);
    const answer = place?.shelf.read(place.text);
    if (place === null || answer?.data == null) return ask(targets, place, run);
    take(targets, answer, place.shelf, run);
    return null;
  };
}

function toUnit({ spec }: Fetch, run: PlanRun, data: Data | null): FetchUnit {
  const places = () => positionsAt(run.tree.data, spec.path).map(({ path }) => path);
  return { places, from: [], data, typename: null, problems: null };
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
