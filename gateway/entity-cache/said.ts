import type { ExecutionResultBody } from '../../common/transport.ts';
import type { KeptAnswer } from './kept-answer.ts';

/** Whether it is known of which entity an answer says what it says: the audit must not name another one's records. */
export function canTellApart({ extensions }: ExecutionResultBody, count: number): boolean {
  if (count === 1 || extensions === undefined) return true;
  const { touched, touchedBy, touchedCut, notProvided } = extensions;
  if (notProvided !== undefined || touchedCut === true) return false;
  return touched === undefined || (Array.isArray(touchedBy) && touchedBy.length === count);
}

/** What an answer says beside its data and age: of root fields (`index` null) all, of an entity what is its own. */
export function saidOf({ extensions }: ExecutionResultBody, index: number | null): KeptAnswer['said'] {
  if (extensions === undefined) return null;
  const { touched, touchedBy, touchedCut, notProvided } = extensions;
  if (touched === undefined && notProvided === undefined) return null;
  const own = index !== null && Array.isArray(touchedBy) ? touchedBy[index] : touched;
  return { touched: own, touchedCut, notProvided };
}
