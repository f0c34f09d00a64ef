import type { ExecutionErrorBody } from '../../common/transport.ts';
import type { AnswerBody, ObjectData } from '../execution/answer-body.ts';
import type { Decision } from './decision.ts';
import { type ExecutedData, shapeData } from './shape-data.ts';

/** Whether the answer to what was left has another shape than the answer to the whole operation. */
export function isShaped({ changed, guarded }: Decision): boolean {
  return changed.has(guarded.operation.selectionSet);
}

/**
 * The answer to what was left of an operation, in the shape of the whole operation. Without what the caller was denied:
 * that is the request's verdict, and goes where the client wants it.
 */
export function shapeAnswer(
  decision: Decision,
  body: AnswerBody<ObjectData>,
  executed: Omit<ExecutedData, 'data'>,
): AnswerBody<ObjectData> {
  const data = shapeData(decision, { ...executed, data: body.data });
  if (body.errors === undefined) return data === body.data ? body : { ...body, data };
  return { ...body, errors: body.errors.map((error) => withoutTypenameKey(error, decision)), data };
}

/** A failure where only the object's type was left to ask for is the object's own. */
function withoutTypenameKey(error: ExecutionErrorBody, { guarded: { typenameKey } }: Decision): ExecutionErrorBody {
  return error.path?.at(-1) === typenameKey ? { ...error, path: error.path.slice(0, -1) } : error;
}
