import type { ExecutionResult } from 'graphql';
import type { ExecutionErrorBody } from '../../common/transport.ts';
import type { FetchSpecs } from '../planning/fetch-specs.ts';
import type { Data, PlanContext } from './fetch.ts';
import { valueAt } from './positions.ts';
import type { Path } from './unknowns.ts';

interface ValueCompletion {
  message: string;
  path?: Path;
}

/** What ApolloGateway turned into null because it does not fit the schema, where no error says so already. */
export function unexplainedNulls(
  { data, extensions }: ExecutionResult,
  placed: readonly ExecutionErrorBody[],
  context: PlanContext,
): ExecutionErrorBody[] {
  // Cast: ApolloGateway's own extension, which has no type.
  const completions = (extensions?.valueCompletion ?? []) as readonly ValueCompletion[];
  if (completions.length === 0) return [];
  const notFound = findNotFound(data ?? null, context);
  return completions
    .filter(({ path = [] }) => !placed.some((error) => path.every((key, index) => error.path?.[index] === key)))
    .filter(({ path = [] }) => !notFound.has(JSON.stringify(path.slice(0, -1))))
    .map(({ message, path = [] }) => ({ message, path: [...path], extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }));
}

/**
 * Entities that are null because nobody has them: of such a one there was a reference, its subgraph did not know it, and
 * null may stand in its place. Not found is plain null, also for a reference.
 */
function findNotFound(data: Data | null, { absent, roots, specs }: PlanContext): Set<string> {
  const keys = keyNamesOf(specs);
  const isReference = (path: Path) => {
    const entity = roots.map((root) => valueAt(root, path)).find((value) => value !== undefined) ?? {};
    return Object.entries(entity).every(([key, value]) => keys.has(key) || value === null);
  };
  const isNullItself = (path: Path) => valueAt(data, path) === null && valueAt(data, path.slice(0, -1)) !== null;
  const found = absent.filter((path) => isNullItself(path) && isReference(path));
  return new Set(found.map((path) => JSON.stringify(path)));
}

function keyNamesOf(specs: FetchSpecs): Set<string> {
  return new Set(specs.flatMap(({ requires }) => (requires ?? []).flatMap(({ keys }) => [...keys.keys()])));
}
