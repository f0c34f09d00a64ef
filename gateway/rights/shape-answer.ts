import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { Decision } from './decision.ts';
import { type ExecutedData, shapeData } from './shape-data.ts';

/**
 * The answer to what was left of an operation, in the shape of the whole operation. Without what the caller was denied:
 * that is the request's verdict, and goes where the client wants it.
 */
export function shapeAnswer(
  decision: Decision,
  body: ExecutionResultBody,
  executed: Omit<ExecutedData, 'data'>,
): ExecutionResultBody {
  const data = shapeData(decision, { ...executed, data: body.data ?? null });
  if (body.errors === undefined) return data === body.data ? body : { ...body, data };
  return { ...body, errors: body.errors.map((error) => withoutTypenameKey(error, decision)), data };
}

/** A failure where only the object's type was left to ask for is the object's own. */
function withoutTypenameKey(error: ExecutionErrorBody, { guarded: { typenameKey } }: Decision): ExecutionErrorBody {
  return error.path?.at(-1) === typenameKey ? { ...error, path: error.path.slice(0, -1) } : error;
}
