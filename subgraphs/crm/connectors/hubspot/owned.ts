import type { RecordCache, RecordKey } from '../../../shared/record-cache.ts';
import { parseReference } from '../../../shared/reference.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Owned } from '../../source.ts';
import type { HubspotApi } from './api.ts';
import type { Directory } from './directory.ts';
import { COMPANIES, CONTACTS, type ObjectKind, type ObjectReader, type RecordModel } from './objects.ts';

export const OWNER = 'hubspot_owner_id';
/** Of one `IN` filter. */
const MAX_PEOPLE = 100;
const PAGE_SIZE = 200;
/** Of one type: five searches. Whoever looks after more is judged record by record. */
const MAX_LISTED = 1000;

/** What a change of any record's owner may change. */
export function ownedTag(source: string): string {
  return `${source}:owned`;
}

/** What somebody looks after, by search: an owner is set on the record. The index is seconds behind, as the cache is. */
export function createOwnedReader(deps: {
  api: HubspotApi;
  objects: ObjectReader;
  cache: RecordCache;
  source: string;
  people: Directory['people'];
}) {
  const { api, objects, cache, source } = deps;

  /** Null where there are too many. */
  async function search<T extends RecordModel>(
    kind: ObjectKind<T>,
    ids: readonly string[],
    context: CallContext,
  ): Promise<string[] | null> {
    const since = objects.startFill();
    const anyOf = [{ property: OWNER, values: ids }];
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { total, results, paging } = await api.search(kind.type, { anyOf, limit: PAGE_SIZE, after }, context);
      if (total > MAX_LISTED) return null;
      found.push(...objects.keep(kind, results, since).map(({ id }) => id));
      after = paging?.next?.after ?? null;
    } while (after !== null && found.length < MAX_LISTED);
    return found;
  }

  async function searchAll(ids: readonly string[], context: CallContext): Promise<{ references: string[] | null }> {
    const [companies, contacts] = await Promise.all([search(COMPANIES, ids, context), search(CONTACTS, ids, context)]);
    return { references: companies && contacts ? [...companies, ...contacts] : null };
  }

  return async (owners: readonly string[], context: CallContext): Promise<Owned> => {
    const people = await deps.people(owners, context);
    const ids = people.map((person) => parseReference(person)?.remoteId ?? '').filter((id) => /^\d{1,19}$/.test(id));
    if (ids.length === 0) return { people, references: [] };
    if (ids.length > MAX_PEOPLE) return { people, references: null };
    const key: RecordKey = { source, type: 'owned', id: ids.sort().join(' ') };
    const tags = ({ references }: { references: string[] | null }) => [ownedTag(source), ...(references ?? [])];
    const known = await cache.get(key, (call) => searchAll(ids, call), { tags, context });
    return { people, references: known?.references ?? null };
  };
}
