import type { ExecutionErrorBody } from '../../common/transport.ts';
import type { AnswerBody, ObjectData } from './answer-body.ts';

/** Gives an answer the client's own response keys back, where planning needed others. */
export function restoreClientKeys(
  { data, errors, ...rest }: AnswerBody<ObjectData>,
  clientKeys: ReadonlyMap<string, string>,
): AnswerBody<ObjectData> {
  const keyOf = (key: string) => clientKeys.get(key) ?? key;
  return {
    ...(errors ? { errors: errors.map((error) => restorePath(error, keyOf)) } : {}),
    // Cast: what was an object stays one.
    data: restore(data, keyOf) as ObjectData,
    ...rest,
  };
}

function restorePath({ path, ...error }: ExecutionErrorBody, keyOf: (key: string) => string): ExecutionErrorBody {
  return path ? { ...error, path: path.map((key) => (typeof key === 'string' ? keyOf(key) : key)) } : error;
}

function restore(value: unknown, keyOf: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => restore(element, keyOf));
  if (typeof value !== 'object' || value === null) return value;
  // Without a prototype: the key may be `__proto__`.
  const restored: Record<string, unknown> = Object.create(null);
  for (const [key, inner] of Object.entries(value)) restored[keyOf(key)] = restore(inner, keyOf);
  return restored;
}
