import { compileCheck } from './code/check.ts';
import type { Merge } from './code/merge.ts';
import { type Data, explain, type Fetch, type PlanRun, type Step, send } from './fetch.ts';
import { type FetchUnit, noteLost, noteMissing } from './fetch-units.ts';
import { positionsAt } from './positions.ts';
import { rewriteData } from './rewrite-data.ts';
import { subgraphFailure } from './subgraph-error.ts';
import { noteObjects, type TargetsIn } from './targets.ts';

/** A step that asks a subgraph for root fields; why it gave none, is noted. */
export function rootStep(fetch: Fetch, merge: Merge, targetsIn: TargetsIn): Step {
  const { access, spec } = fetch;
  const { service } = access;
  const fits = compileCheck(spec.shape);

  async function run(run: PlanRun, targets: readonly Data[]): Promise<void> {
    try {
      const { data, errors = [] } = await send(fetch, run, null);
      const usable = isObject(data) ? data : null;
      if (usable === null && errors.length === 0) {
        throw subgraphFailure('SUBGRAPH_BAD_RESPONSE', service, 'answered without data and without an error');
      }
      if (errors.length > 0 || usable === null || !fits(usable, null)) {
        noteMissing({ service, spec, units: [toUnit(fetch, run, usable)] }, errors, run.unknowns);
      }
      if (usable === null) return;
      rewriteData(usable, spec.outputRewrites);
      for (const target of targets) merge(target, usable, targets.length > 1);
      noteObjects(run.tree);
    } catch (error) {
      noteLost({ spec, units: [toUnit(fetch, run, null)] }, explain(service, run, error), run.unknowns);
    }
  }

  return (planRun) => {
    // A mutation's payload may lead back to the query type: then root fields stand deeper in the answer.
    const targets = targetsIn(planRun.tree);
    return targets.length === 0 ? null : run(planRun, targets);
  };
}

function toUnit({ spec }: Fetch, run: PlanRun, data: Data | null): FetchUnit {
  const places = () => positionsAt(run.tree.data, spec.path).map(({ path }) => path);
  return { places, from: [], data, typename: null, problems: null };
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
