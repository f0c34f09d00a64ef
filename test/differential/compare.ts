import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { Answered, Outcome } from './contenders.ts';

/** How an answer differs from what it must be; null for not at all. */
export interface Difference {
  kind: 'data' | 'lost' | 'order' | 'errors' | 'surplus errors' | 'mutations' | 'subgraph query';
  what: string;
}

type Data = ExecutionResultBody['data'];
export type Path = readonly (string | number)[];

/** Where all that failed were values that no plan needs: the answer is known to the last key. */
export function differsFromTruth(answered: Answered, { truth, failing }: Outcome): Difference | null {
  const { body, mutations, problems } = answered;
  if (problems.length > 0) return { kind: 'subgraph query', what: problems[0]! };
  if (text(sorted(body.data)) !== text(sorted(truth.body.data))) return { kind: 'data', what: text(body.data) };
  // Where the first of them makes all data null, the others need not run any more.
  if (truth.body.data !== null && text(mutations) !== text(truth.mutations)) {
    return { kind: 'mutations', what: text(mutations) };
  }
  const difference = errorsDiffer(body, truth.body, failing);
  if (difference !== null || text(body.data) === text(truth.body.data)) return difference;
  return { kind: 'order', what: text(body.data) };
}

/**
 * Where several values of one object fail, one error is enough, and which one is left to the server. So the places
 * that became null must be the same, and each error's path that of a value that fails.
 */
function errorsDiffer(
  body: ExecutionResultBody,
  truth: ExecutionResultBody,
  failing: ExecutionResultBody,
): Difference | null {
  const failingPaths = pathsOf(failing);
  const strange = (body.errors ?? []).filter(({ path = [] }) => !failingPaths.includes(text(path)));
  const places = placesOf(body);
  const expected = placesOf(truth);
  const [first] = strange;
  if (first === undefined && text(places) === text(expected)) return null;
  if (first === undefined) {
    return { kind: 'errors', what: `null with an error at ${text(places)}, not at ${text(expected)}` };
  }
  const what = `nothing fails at ${strange.map(({ path }) => text(path)).join(' and ')}`;
  const right = { ...body, errors: (body.errors ?? []).filter((error) => !strange.includes(error)) };
  if (text(placesOf(right)) !== text(expected)) return { kind: 'errors', what };
  return { kind: strange.every((error) => isSurplus(error, right, failing)) ? 'surplus errors' : 'errors', what };
}

/** Of what the client did not ask for, or in a place that another error explains: the same one, or nothing but the null. */
function isSurplus(
  { path = [], message }: ExecutionErrorBody,
  { data, errors = [] }: ExecutionResultBody,
  failing: ExecutionResultBody,
): boolean {
  if (valueAt(failing.data, path) === undefined) return true;
  const place = text(nullAbove(data, path));
  // ApolloGateway's errors may have no message.
  const isAlike = (error: ExecutionErrorBody) =>
    error.message === message || String(message).startsWith('Cannot return null');
  return errors.some((error) => isAlike(error) && text(nullAbove(data, error.path ?? [])) === place);
}

function pathsOf({ errors = [] }: ExecutionResultBody): string[] {
  return errors.map(({ path }) => text(path ?? null));
}

/** Where the errors made the data null: each place once, in order. */
export function placesOf({ data, errors = [] }: ExecutionResultBody): string[] {
  return [...new Set(errors.map(({ path = [] }) => text(nullAbove(data, path))))].sort();
}

export function nullAbove(data: Data, path: Path): Path {
  let value: unknown = data;
  for (const [index, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, index);
    value = (value as Record<string | number, unknown>)[key];
  }
  return path;
}

/** Null where there is null above; undefined where there is no such key. */
export function valueAt(data: unknown, path: Path): unknown {
  const at = (value: unknown, key: string | number) => (value as Record<string | number, unknown>)[key];
  return path.reduce<unknown>((value, key) => (value === null || value === undefined ? value : at(value, key)), data);
}

export function text(value: unknown): string {
  return JSON.stringify(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
