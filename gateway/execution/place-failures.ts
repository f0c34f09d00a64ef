import type { DocumentNode } from 'graphql';
import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
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
  for (const { at, field, error } of failures) {
    if (isNullAt(data, at)) tell(error, field.slice(0, selectedLength(field)));
  }
  for (const { field, error } of failures) {
    if (!told.has(error)) tell(error, field.slice(0, selectedLength(field)));
  }
  return [...placed.values()];
}

/** Whether the answer has null there, or above. False where it has a value, and where it has no such field. */
function isNullAt(data: Data, path: Path): boolean {
  let value: unknown = data;
  for (const key of path) {
    if (value === null) return true;
    if (typeof value !== 'object' || !Object.hasOwn(value as object, key)) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value === null;
}
