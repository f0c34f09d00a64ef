import type { DocumentNode } from 'graphql';
import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { Shape } from '../planning/shape.ts';
import { valueAt } from './positions.ts';
import { createSelection } from './selection.ts';
import type { Failure, Path } from './unknowns.ts';

type Data = ExecutionResultBody['data'];

/**
 * The client's errors: each failure at a field that the client asked for and that is null. Failures of what only the
 * plan needed are left out when they cost the client nothing, or when the fields they cost have the same error.
 */
export function placeFailures(failures: readonly Failure[], data: Data, document: DocumentNode): ExecutionErrorBody[] {
  if (failures.length === 0) return [];
  const selectedLength = createSelection(document);
  const placed = new Map<string, ExecutionErrorBody>();
  const told = new Set<ExecutionErrorBody>();
  const tell = (error: ExecutionErrorBody, path: Path) => {
    told.add(error);
    const key = JSON.stringify([error, path]);
    if (!placed.has(key)) placed.set(key, path.length > 0 ? { ...error, path } : error);
  };
  for (const { at, field, error, fields } of failures) {
    const value = valueAt(data, at);
    if (value === null) tell(error, field.slice(0, selectedLength(field)));
    else if (fields) for (const path of nullsIn(value, fields, at)) tell(error, path);
  }
  for (const { field, error } of failures) {
    if (!told.has(error)) tell(error, field.slice(0, selectedLength(field)));
  }
  return [...placed.values()];
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
