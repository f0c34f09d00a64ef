import { type Difference, type Path, placesOf, text, valueAt } from './compare.ts';
import type { Answered, Outcome } from './contenders.ts';

/** What an answer lacks of the one without faults. */
interface Lost {
  /** Where it has null instead of a value. */
  places: string[];
  /** Where it has another value: no fault excuses that. */
  wrong: string[];
}

/**
 * Whatever failed: the answer holds nothing but the truth, each value that it lacks has an error where it became null,
 * and no error is of a value that is there.
 */
export function differsFromWhole(answered: Answered, { whole, faults }: Outcome): Difference | null {
  const { body, problems } = answered;
  if (problems.length > 0) return { kind: 'subgraph query', what: problems[0]! };
  const { places, wrong } = lostOf(body.data, whole.data);
  if (wrong.length > 0) return { kind: 'data', what: `other than the truth at ${wrong.join(' and ')}` };
  const told = placesOf(body);
  // An entity that nobody has is null without an error.
  const mayBeUntold = faults.entities.some(({ kind }) => kind === 'absent');
  const untold = mayBeUntold ? [] : places.filter((place) => !told.includes(place));
  if (untold.length > 0) return { kind: 'errors', what: `null without an error at ${untold.join(' and ')}` };
  const needless = (body.errors ?? []).filter(({ path = [] }) => valueAt(body.data, path) !== null);
  if (needless.length === 0) return null;
  return {
    kind: 'surplus errors',
    what: `of what is not null at ${needless.map(({ path }) => text(path)).join(' and ')}`,
  };
}

/** Where both lack the same, nothing was lost that could have been told. */
export function differsFromOurs({ ours, reference, whole }: Outcome): Difference | null {
  const [ourLost, theirs] = [ours, reference].map(({ body }) => lostOf(body.data, whole.data)) as [Lost, Lost];
  if (theirs.wrong.length > 0) return { kind: 'data', what: `other than the truth at ${theirs.wrong.join(' and ')}` };
  if (text(ourLost.places.sort()) === text(theirs.places.sort())) return null;
  return { kind: 'lost', what: `ours lacks ${text(ourLost.places)}, the reference ${text(theirs.places)}` };
}

function lostOf(data: unknown, whole: unknown): Lost {
  const lost: Lost = { places: [], wrong: [] };
  walk(data ?? null, whole ?? null, []);
  return lost;

  function walk(value: unknown, expected: unknown, path: Path): void {
    if (text(value) === text(expected)) return;
    if (value === null) lost.places.push(text(path));
    else if (!isAlike(value, expected)) lost.wrong.push(text(path));
    else for (const [key, inner] of entriesOf(expected)) walk(at(value, key), inner, [...path, key]);
  }
}

function isAlike(value: unknown, expected: unknown): boolean {
  if (typeof value !== 'object' || typeof expected !== 'object' || value === null || expected === null) return false;
  if (Array.isArray(value) !== Array.isArray(expected)) return false;
  return text(Object.keys(value).sort()) === text(Object.keys(expected).sort());
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return [...value.entries()];
  return Object.entries(value as object);
}

function at(value: unknown, key: string | number): unknown {
  return (value as Record<string | number, unknown>)[key];
}
