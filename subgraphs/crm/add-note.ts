import { createHash } from 'node:crypto';
import { CodedError } from '../../common/errors.ts';
import { parseReference } from '../shared/reference.ts';
import type { WriteMemory } from '../shared/write-memory.ts';
import type { Context } from './context.ts';
import type { Activity } from './model.ts';
import type { CrmSource, RecordRef } from './source.ts';

interface NoteArguments {
  customerId: string;
  text: string;
  idempotencyKey: string;
}

/** HubSpot takes 65,536 characters of HTML. */
const MAX_TEXT_CHARS = 20_000;
const MAX_KEY_CHARS = 200;

/**
 * Writes a note on a customer's strongest record in a CRM, once for each of the client's keys: who calls again with the
 * same key and content is answered the same note.
 */
export async function addCustomerNote(args: NoteArguments, context: Context): Promise<Activity | null> {
  checkArguments(args);
  const target = await targetOf(args.customerId, context);
  const { clientId } = context.caller.facts;
  const key = hashOf([clientId ?? '', args.idempotencyKey]);
  const content = hashOf([args.customerId, args.text]);
  const begun = await context.writes.begin(key, content);
  if (begun.state === 'other') throw conflict('The key was used for another note');
  if (begun.state === 'busy') throw conflict('Another call with this key is under way');
  if (begun.state === 'done') return context.activities.load(begun.result);
  const note = await write(target, { text: args.text, key }, context.writes, context);
  await context.writes.finish(key, content, note.id);
  return note;
}

function checkArguments({ text, idempotencyKey }: NoteArguments): void {
  if (text.trim() === '' || text.length > MAX_TEXT_CHARS) {
    throw new CodedError('BAD_USER_INPUT', `Expected a text of 1 to ${MAX_TEXT_CHARS} characters`);
  }
  if (idempotencyKey === '' || idempotencyKey.length > MAX_KEY_CHARS) {
    throw new CodedError('BAD_USER_INPUT', `Expected an idempotencyKey of 1 to ${MAX_KEY_CHARS} characters`);
  }
}

interface Target {
  source: CrmSource;
  record: RecordRef;
}

/** Somebody whom the caller may not see is like nobody. */
async function targetOf(customerId: string, { sources, customerAt }: Context): Promise<Target> {
  const references = await customerAt(customerId);
  if (!references) throw new CodedError('BAD_USER_INPUT', 'There is no such customer');
  const targets = references.flatMap((text): Target[] => {
    const reference = parseReference(text);
    const source = sources.find(({ name }) => name === reference?.source);
    const type = reference?.type;
    if (!source || (type !== 'company' && type !== 'contact')) return [];
    return [{ source, record: { type, id: reference!.remoteId } }];
  });
  const target = targets.find(({ record }) => record.type === 'company') ?? targets[0];
  if (!target) throw new CodedError('BAD_USER_INPUT', 'The CRM does not have this customer');
  return target;
}

async function write(
  { source, record }: Target,
  { text, key }: { text: string; key: string },
  writes: WriteMemory,
  context: Context,
): Promise<Activity> {
  try {
    return await source.addNote({ record, text, key }, context);
  } catch (error) {
    await writes.release(key, isUnwritten(error));
    throw error;
  }
}

const REFUSALS: ReadonlySet<string> = new Set([
  'UPSTREAM_AUTH',
  'UPSTREAM_REFUSED',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_BUDGET_EXHAUSTED',
  'CONFLICT',
]);

/** After anything else, as a broken connection, the note may be there or may still come. */
function isUnwritten(error: unknown): boolean {
  return error instanceof CodedError && REFUSALS.has(error.code);
}

function conflict(message: string): CodedError {
  return new CodedError('CONFLICT', message);
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
