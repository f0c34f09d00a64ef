import type { ExecutionErrorBody } from '../../common/transport.ts';
import type { FetchSpecs } from '../planning/fetch-specs.ts';
import type { Completed } from './complete.ts';
import type { Data, PlanRun } from './fetch.ts';
import { nullOn, valueAt } from './positions.ts';
import type { Path } from './unknowns.ts';

/** What became null because it does not fit the schema, where no error says so already. */
export function unexplainedNulls(
  { data, misfits }: Completed,
  placed: readonly ExecutionErrorBody[],
  run: PlanRun,
): ExecutionErrorBody[] {
  if (misfits.length === 0) return [];
  const notFound = findNotFound(data, run);
  const placeOf = (path: Path) => JSON.stringify(nullOn(data, path));
  const explained = new Set(placed.map(({ path = [] }) => placeOf(path)));
  return misfits
    .filter(({ path }) => !explained.has(placeOf(path)))
    .filter(({ path }) => !notFound.has(JSON.stringify(path.slice(0, -1))))
    .map(({ message, path }) => ({ message, path, extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }));
}

/**
 * Entities that are null because nobody has them: of such a one there was a reference, its subgraph did not know it, and
 * null may stand in its place. Not found is plain null, also for a reference.
 */
function findNotFound(data: Data | null, { absent, tree, specs }: PlanRun): Set<string> {
  const keys = keyNamesOf(specs);
  const isReference = (path: Path) => {
    const entity = valueAt(tree.data, path) ?? {};
    return Object.entries(entity).every(([key, value]) => keys.has(key) || value === null);
  };
  const isNullItself = (path: Path) => valueAt(data, path) === null && valueAt(data, path.slice(0, -1)) !== null;
  const found = absent.filter((path) => isNullItself(path) && isReference(path));
  return new Set(found.map((path) => JSON.stringify(path)));
}

function keyNamesOf(specs: FetchSpecs): Set<string> {
  return new Set(specs.flatMap(({ requires }) => (requires ?? []).flatMap(({ keys }) => [...keys.keys()])));
}
