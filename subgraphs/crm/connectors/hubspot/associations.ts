import DataLoader from 'dataloader';
import { CodedError } from '../../../../common/errors.ts';
import type { RecordCache, RecordKey } from '../../../shared/record-cache.ts';
import type { CallContext } from '../../../shared/upstream-client.ts';
import type { HubspotApi } from './api.ts';
import { planAssociationCalls } from './association-plan.ts';
import type { ObjectType } from './object-types.ts';
import type { AssociationsPayload } from './payloads.ts';

/** "The deals of company 77". */
export interface AssociationKey {
  from: ObjectType;
  id: string;
  to: ObjectType;
}

export interface Associated {
  /** Each once, in HubSpot's order. */
  ids: string[];
  /** The company that HubSpot marks as the primary one; null where none is or where it was not asked. */
  primary: string | null;
}

export interface AssociationReader {
  /** In the order asked. What different fields of a request ask for at one time goes out in common calls. */
  read(keys: readonly AssociationKey[], context: CallContext): Promise<Associated[]>;
  /** Keeps a list that came along with another call. */
  keep(key: AssociationKey, ids: readonly string[], since: number): void;
}

/** More than this cannot be sorted by date within a request: HubSpot lists associations without dates. */
const MAX_ASSOCIATED = 5000;

/** Association types that mark the primary company of a contact, a deal and a ticket. */
const PRIMARY_TYPE_IDS: ReadonlySet<number> = new Set([1, 5, 26]);

export function createAssociationReader(deps: {
  api: HubspotApi;
  cache: RecordCache;
  source: string;
}): AssociationReader {
  const { api, cache, source } = deps;
  const loaders = new WeakMap<CallContext, DataLoader<AssociationKey, Associated>>();

  const recordKey = ({ from, id, to }: AssociationKey): RecordKey => ({ source, type: `${from}.${to}`, id });

  function loaderOf(context: CallContext): DataLoader<AssociationKey, Associated> {
    const known = loaders.get(context);
    if (known) return known;
    // No cache of its own: the record cache behind it is asked anyway, and forgets what was invalidated.
    const loader = new DataLoader((keys: readonly AssociationKey[]) => readAll(keys, context), { cache: false });
    loaders.set(context, loader);
    return loader;
  }

  async function readAll(keys: readonly AssociationKey[], context: CallContext): Promise<Associated[]> {
    const byText = new Map(keys.map((key) => [textOf(recordKey(key)), key]));
    const load = (missing: readonly RecordKey[]) =>
      loadAll(
        missing.map((key) => byText.get(textOf(key))!),
        context,
      );
    const lists = await cache.getMany<Associated>(keys.map(recordKey), load);
    return lists.map((list) => list ?? { ids: [], primary: null });
  }

  async function loadAll(keys: readonly AssociationKey[], context: CallContext): Promise<Associated[]> {
    const found = new Map<string, Associated>();
    const put = (key: AssociationKey, list: Associated) => found.set(textOf(recordKey(key)), list);
    await Promise.all(
      planAssociationCalls(keys).map(async (call) => {
        if (call.kind === 'batch') {
          const { from, to } = call;
          const lists = await batch(call, context);
          for (const [id, list] of lists) put({ from, id, to }, list);
          return;
        }
        const { from, id, to } = call;
        const lists = await single(call, context);
        to.forEach((type, index) => {
          put({ from, id, to: type }, lists[index]!);
        });
      }),
    );
    return keys.map((key) => found.get(textOf(recordKey(key))) ?? { ids: [], primary: null });
  }

  /** Lists longer than a page go on in further calls, all of them together. */
  async function batch(
    { from, to, ids }: { from: ObjectType; to: ObjectType; ids: readonly string[] },
    context: CallContext,
  ): Promise<Map<string, Associated>> {
    const lists = new Map<string, Associated>();
    let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id }));
    while (inputs.length > 0) {
      const { results } = await api.associations(from, to, inputs, context);
      for (const result of results) append(lists, result);
      if ([...lists.values()].some((list) => list.ids.length > MAX_ASSOCIATED)) throw tooMany(source, to);
      inputs = results.flatMap(({ from: { id }, paging }) => (paging?.next ? [{ id, after: paging.next.after }] : []));
    }
    return lists;
  }

  async function single(
    { from, id, to }: { from: ObjectType; id: string; to: readonly ObjectType[] },
    context: CallContext,
  ): Promise<Associated[]> {
    const record = await api.readWithAssociations(from, id, to, context);
    return Promise.all(
      to.map(async (type) => {
        const part = record?.associations?.[type];
        const isCut = part?.paging?.next !== undefined;
        if (isCut) return (await batch({ from, to: type, ids: [id] }, context)).get(id) ?? { ids: [], primary: null };
        return { ids: [...new Set(part?.results.map((result) => result.id) ?? [])], primary: null };
      }),
    );
  }

  return {
    read: (keys, context) => {
      const loader = loaderOf(context);
      return Promise.all(keys.map((key) => loader.load(key)));
    },
    keep: (key, ids, since) => cache.prime(recordKey(key), { ids: [...new Set(ids)], primary: null }, { since }),
  };
}

function append(lists: Map<string, Associated>, { from, to }: AssociationsPayload['results'][number]): void {
  const list = lists.get(from.id) ?? { ids: [], primary: null };
  const ids = new Set(list.ids);
  for (const { toObjectId, associationTypes } of to) {
    ids.add(toObjectId);
    if (associationTypes.some(({ typeId }) => PRIMARY_TYPE_IDS.has(typeId))) list.primary = toObjectId;
  }
  lists.set(from.id, { ids: [...ids], primary: list.primary });
}

function textOf({ type, id }: RecordKey): string {
  return `${type} ${id}`;
}

function tooMany(source: string, to: ObjectType): CodedError {
  const message = `${source} (hubspot): expected at most ${MAX_ASSOCIATED} associated ${to} of one record`;
  return new CodedError('OPERATION_TOO_LARGE', message, { details: { source, vendor: 'hubspot' } });
}
