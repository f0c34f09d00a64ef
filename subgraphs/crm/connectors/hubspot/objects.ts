import type { Clock } from '../../../../common/clock.ts';
import type { RecordCache, RecordKey } from '../../../shared/record-cache.ts';
import { valuesTag } from '../../../shared/tags.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Activity, Company, Contact, Deal, SourceRef, Ticket } from '../../model.ts';
import type { HubspotApi } from './api.ts';
import { chunk } from './chunk.ts';
import type { ParsedHubspotConfig } from './config.ts';
import { type MappingContext, toCompany, toContact } from './mapping.ts';
import { toActivity, toDeal, toTicket } from './mapping-work.ts';
import { ACTIVITY_KINDS, type ActivityKind, type ObjectType, SINGULARS } from './object-types.ts';
import type { ObjectPayload } from './payloads.ts';

export interface RecordModel {
  id: string;
  source: SourceRef;
  aliases?: readonly string[];
}

/** How records of one object type are named and read. */
export interface ObjectKind<T extends RecordModel> {
  type: ObjectType;
  toModel(payload: ObjectPayload, context: MappingContext): T;
}

export const COMPANIES: ObjectKind<Company> = { type: 'companies', toModel: toCompany };
export const CONTACTS: ObjectKind<Contact> = { type: 'contacts', toModel: toContact };
export const DEALS: ObjectKind<Deal> = { type: 'deals', toModel: toDeal };
export const TICKETS: ObjectKind<Ticket> = { type: 'tickets', toModel: toTicket };
export const ACTIVITIES: readonly (ObjectKind<Activity> & { kind: ActivityKind })[] = ACTIVITY_KINDS.map((kind) => ({
  kind,
  type: kind.objectType,
  toModel: (payload, context) => toActivity(kind, payload, context),
}));

/** HubSpot reads at most this many objects in a batch. */
const BATCH_SIZE = 100;

export interface ObjectReader {
  /** In the order asked, null for what does not exist. An old id of a merged record answers the one that is left. */
  read<T extends RecordModel>(kind: ObjectKind<T>, ids: readonly string[], context: CallContext): Promise<(T | null)[]>;
  /** By a property whose values are unique; the answer's order is HubSpot's, and it lacks what does not exist. */
  readBy<T extends RecordModel>(
    kind: ObjectKind<T>,
    idProperty: string,
    values: readonly string[],
    context: CallContext,
  ): Promise<T[]>;
  /** Maps objects that came by another call and keeps them. `since` is from `startFill`, taken before that call. */
  keep<T extends RecordModel>(kind: ObjectKind<T>, payloads: readonly ObjectPayload[], since: number): T[];
  startFill(): number;
}

export function createObjectReader(deps: {
  api: HubspotApi;
  cache: RecordCache;
  config: ParsedHubspotConfig;
  clock: Clock;
}): ObjectReader {
  const { api, cache, config, clock } = deps;
  const keyOf = (kind: ObjectKind<RecordModel>, id: string): RecordKey => {
    return { source: config.name, type: SINGULARS[kind.type], id };
  };
  // A record that was read by an old id has its own tag beside that of the old one.
  const options = { tags: (record: RecordModel) => [record.id, valuesTag(record.id)] };

  function keep<T extends RecordModel>(kind: ObjectKind<T>, payloads: readonly ObjectPayload[], since: number): T[] {
    const context = { config, fetchedAt: clock.now().toISOString() };
    const records = payloads.map((payload) => kind.toModel(payload, context));
    for (const record of records) cache.prime(keyOf(kind, record.source.remoteId), record, { ...options, since });
    return records;
  }

  async function load<T extends RecordModel>(
    kind: ObjectKind<T>,
    ids: readonly string[],
    context: CallContext,
  ): Promise<(T | null)[]> {
    const since = cache.startFill();
    const answers = await Promise.all(chunk(ids, BATCH_SIZE).map((part) => api.batchRead(kind.type, part, context)));
    const byReference = new Map<string, T>();
    for (const record of keep(kind, answers.flat(), since)) {
      for (const reference of [...(record.aliases ?? []), record.id]) byReference.set(reference, record);
    }
    return ids.map((id) => byReference.get(`${config.name}:${SINGULARS[kind.type]}:${id}`) ?? null);
  }

  return {
    read: async (kind, ids, context) => {
      // Anything but digits would make HubSpot refuse the whole batch.
      const valid = [...new Set(ids.filter((id) => /^\d{1,19}$/.test(id)))];
      const keys = valid.map((id) => keyOf(kind, id));
      const loadMissing = (missing: readonly RecordKey[], call: CallContext) =>
        load(
          kind,
          missing.map(({ id }) => id),
          call,
        );
      const records = await cache.getMany(keys, loadMissing, { ...options, context });
      const byId = new Map(valid.map((id, index) => [id, records[index] ?? null]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    readBy: async (kind, idProperty, values, context) => {
      const since = cache.startFill();
      const read = (part: readonly string[]) => api.batchRead(kind.type, part, context, idProperty);
      const answers = await Promise.all(chunk(values, BATCH_SIZE).map(read));
      return keep(kind, answers.flat(), since);
    },
    keep,
    startFill: () => cache.startFill(),
  };
}
