import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { Shape } from '../planning/shape.ts';
import type { AskedPart } from './asked-part.ts';
import { nullOn, valueAt } from './positions.ts';
import type { Path, Unknowns } from './unknowns.ts';

type Data = ExecutionResultBody['data'];

/**
 * The client's errors: each failure at a field that the client asked for and that is null. Where several fields were lost
 * in one place, because null went up to it, one error of one cause is enough. Failures of what only the plan needed are
 * left out when they cost the client nothing, or when what they cost has an error already.
 */
export function placeFailures(unknowns: Unknowns, data: Data, askedPart: AskedPart): ExecutionErrorBody[] {
  if (unknowns.areNone()) return [];
  const placed = createPlaced(data);
  const unasked: { error: ExecutionErrorBody; path: Path }[] = [];
  for (const { at, field, error, fields } of unknowns.losses()) {
    if (valueAt(data, at) === null) {
      const path = askedPart(field);
      if (path.length >= at.length) placed.tell(error, path);
      else unasked.push({ error, path });
    } else if (fields) {
      for (const path of nullsIn(valueAt(data, at), fields, at)) placed.tell(error, path);
    }
  }
  for (const { error, path } of unasked) {
    if (valueAt(data, path) === null && !placed.isExplained(path)) placed.tell(error, path);
  }
  for (const { field, error } of unknowns.reports()) {
    if (!placed.isTold(error)) placed.tell(error, askedPart(field));
  }
  return placed.errors();
}

/** Errors in their places, each of them once in one place. */
function createPlaced(data: Data) {
  const placed = new Map<string, ExecutionErrorBody>();
  const explained = new Set<string>();
  const texts = new Map<ExecutionErrorBody, string>();
  const placeOf = (path: Path) => JSON.stringify(nullOn(data, path));
  return {
    errors: () => [...placed.values()],
    isTold: (error: ExecutionErrorBody) => texts.has(error),
    isExplained: (path: Path) => explained.has(placeOf(path)),
    tell(error: ExecutionErrorBody, path: Path) {
      const text = texts.get(error) ?? JSON.stringify(error);
      texts.set(error, text);
      const place = placeOf(path);
      explained.add(place);
      const key = `${place} ${text}`;
      if (!placed.has(key)) placed.set(key, path.length > 0 ? { ...error, path } : error);
    },
  };
}

/** Paths of what is null inside of an object that another subgraph knew too. */
function nullsIn(value: unknown, fields: Shape, at: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((element, index) => nullsIn(element, fields, [...at, index]));
  if (typeof value !== 'object' || value === null) return [];
  return [...fields].flatMap(([key, field]) => {
    const inner = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    if (inner === null) return [[...at, key]];
    return field.fields ? nullsIn(inner, field.fields, [...at, key]) : [];
  });
}
