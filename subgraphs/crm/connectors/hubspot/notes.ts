import type { Clock } from '../../../../common/clock.ts';
import { CodedError } from '../../../../common/errors.ts';
import { type RecordCache, recordTag } from '../../../shared/record-cache.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Activity } from '../../model.ts';
import type { NewNote } from '../../source.ts';
import type { HubspotApi } from './api.ts';
import { chunk } from './chunk.ts';
import { compareIds } from './compare-ids.ts';
import { readNote, toNoteBody } from './note-body.ts';
import { ACTIVITIES, type ObjectReader } from './objects.ts';
import type { ObjectPayload } from './payloads.ts';

const NOTES = ACTIVITIES.find(({ type }) => type === 'notes')!;
const FROM = { company: 'companies', contact: 'contacts' } as const;
/** HubSpot's own association types from a note. https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4 */
const ASSOCIATION_TYPES = { company: 190, contact: 202 } as const;
/** Among so many of a record's newest notes a note is looked for: ids grow. */
const MAX_LOOKED_AT = 200;
const BATCH_SIZE = 100;
/** 5,000 notes. */
const MAX_PAGES = 10;

/**
 * Writes a note once. HubSpot has no idempotent way to create anything, and what became of a call that broke can't be
 * asked: so the record's newest notes are looked through for the note's key first, past every cache, always.
 */
export function createNoteWriter(deps: {
  api: HubspotApi;
  cache: RecordCache;
  objects: ObjectReader;
  clock: Clock;
  source: string;
}) {
  const { api, cache, objects, clock, source } = deps;

  async function noteIds({ record }: NewNote, context: CallContext): Promise<string[]> {
    const ids: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const input = { id: record.id, ...(after === undefined ? {} : { after }) };
      const [list] = (await api.associations(FROM[record.type], 'notes', [input], context)).results;
      ids.push(...(list?.to ?? []).map(({ toObjectId }) => toObjectId));
      after = list?.paging?.next?.after;
      if (after === undefined) break;
    }
    return [...new Set(ids)].sort((left, right) => compareIds(right, left));
  }

  async function find(note: NewNote, context: CallContext): Promise<ObjectPayload | null> {
    const newest = (await noteIds(note, context)).slice(0, MAX_LOOKED_AT);
    const batches = await Promise.all(chunk(newest, BATCH_SIZE).map((ids) => api.batchRead('notes', ids, context)));
    return batches.flat().find(({ properties }) => readNote(properties.hs_note_body ?? null).key === note.key) ?? null;
  }

  function create({ record, text, key }: NewNote, context: CallContext): Promise<ObjectPayload> {
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: ASSOCIATION_TYPES[record.type] }];
    return api.create(
      'notes',
      {
        properties: { hs_timestamp: clock.now().toISOString(), hs_note_body: toNoteBody(text, key) },
        associations: [{ to: { id: record.id }, types }],
      },
      context,
    );
  }

  return async (note: NewNote, context: CallContext): Promise<Activity> => {
    const known = await find(note, context);
    if (known && !isSame(known, note)) throw new CodedError('CONFLICT', 'The key was used for another note');
    const since = objects.startFill();
    const payload = known ?? (await create(note, context));
    // The list of the record's notes, which is read before the notes.
    await cache.invalidate([recordTag({ source, type: `${FROM[note.record.type]}.notes`, id: note.record.id })]);
    return objects.keep(NOTES, [payload], since)[0]!;
  };
}

/** HubSpot may write markup otherwise than it was sent. */
function isSame({ properties }: ObjectPayload, { text, key }: NewNote): boolean {
  return readNote(properties.hs_note_body ?? null).text === readNote(toNoteBody(text, key)).text;
}
