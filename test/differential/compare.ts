import type { ExecutionResultBody } from '../../common/transport.ts';
import type { Answered, Outcome } from './contenders.ts';

/** How an answer differs from what it must be; null for not at all. */
export interface Difference {
  kind: 'data' | 'order' | 'errors' | 'mutations' | 'subgraph query';
  what: string;
}

type Data = ExecutionResultBody['data'];
type Path = readonly (string | number)[];

/** Where all that failed were values that no plan needs: the answer is known to the last key. */
export function differsFromTruth(answered: Answered, { truth, failing }: Outcome): Difference | null {
  const { body, mutations, problems } = answered;
  if (problems.length > 0) return { kind: 'subgraph query', what: problems[0]! };
  if (text(body.data) !== text(truth.body.data)) {
    const isOrder = text(sorted(body.data)) === text(sorted(truth.body.data));
    return { kind: isOrder ? 'order' : 'data', what: text(body.data) };
  }
  if (text(mutations) !== text(truth.mutations)) return { kind: 'mutations', what: text(mutations) };
  return errorsDiffer(body, truth.body, pathsOf(failing));
}

/**
 * Where several values of one object fail, one error is enough, and which one is left to the server. So the places
 * that became null must be the same, and each error's path that of a value that fails.
 */
function errorsDiffer(
  body: ExecutionResultBody,
  truth: ExecutionResultBody,
  failing: readonly string[],
): Difference | null {
  const paths = pathsOf(body);
  const strange = paths.filter((path) => !failing.includes(path));
  if (strange.length > 0) return { kind: 'errors', what: `nothing fails at ${strange.join(' and ')}` };
  const places = placesOf(body);
  const expected = placesOf(truth);
  if (text(places) === text(expected)) return null;
  return { kind: 'errors', what: `null with an error at ${text(places)}, not at ${text(expected)}` };
}

function pathsOf({ errors = [] }: ExecutionResultBody): string[] {
  return errors.map(({ path }) => text(path ?? null));
}

/** Where the errors made the data null: each place once, in order. */
function placesOf({ data, errors = [] }: ExecutionResultBody): string[] {
  return [...new Set(errors.map(({ path = [] }) => text(nullAbove(data, path))))].sort();
}

function nullAbove(data: Data, path: Path): Path {
  let value: unknown = data;
  for (const [index, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, index);
    value = (value as Record<string | number, unknown>)[key];
  }
  return path;
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
