import DataLoader from 'dataloader';
import { CodedError } from '../../../../common/errors.ts';
import type { RecordCache, RecordKey } from '../../../shared/record-cache.ts';
import { formatReference } from '../../../shared/reference.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { HubspotApi } from './api.ts';
import { type AssociationCall, planAssociationCalls } from './association-plan.ts';
import { type ObjectType, SINGULARS } from './object-types.ts';
import type { AssociationsPayload } from './payloads.ts';

/** "The deals of company 77". */
export interface AssociationKey {
  from: ObjectType;
  id: string;
  to: ObjectType;
}

export interface Associated {
  /** Reference of the record whose list it is. */
  of: string;
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

  const recordKey = (key: AssociationKey) => associationKey(source, key);
  const options = { tags: ({ of }: Associated) => [of] };
  const emptyOf = ({ from, id }: AssociationKey): Associated => {
    return { of: formatReference(source, SINGULARS[from], id), ids: [], primary: null };
  };

  /** Gathers what one request's fields lack. It keeps nothing: that is the record cache's affair. */
  function loaderOf(context: CallContext): DataLoader<AssociationKey, Associated> {
    const known = loaders.get(context);
    if (known) return known;
    const loader = new DataLoader((keys: readonly AssociationKey[]) => loadAll(keys, context), { cache: false });
    loaders.set(context, loader);
    return loader;
  }

  /** A call that fails fails its own keys alone: a token that may not read tickets may still read deals. */
  async function loadAll(keys: readonly AssociationKey[], context: CallContext): Promise<(Associated | Error)[]> {
    const found = new Map<string, Associated | Error>();
    await Promise.all(
      planAssociationCalls(keys).map(async (call) => {
        for (const [key, list] of await run(call, context)) found.set(textOf(key), list);
      }),
    );
    return keys.map((key) => found.get(textOf(key)) ?? emptyOf(key));
  }

  async function run(call: AssociationCall, context: CallContext): Promise<[AssociationKey, Associated | Error][]> {
    const keys = keysOf(call);
    try {
      const lists = call.kind === 'batch' ? await batch(call, context) : await single(call, context);
      return keys.map((key) => [key, lists.get(textOf(key)) ?? emptyOf(key)]);
    } catch (error) {
      // One forbidden type fails a single read whole; asked for type by type, the others answer.
      if (call.kind === 'single' && error instanceof CodedError && error.code === 'UPSTREAM_AUTH') {
        const { from, id, to } = call;
        const batches = to.map((type) => ({ kind: 'batch', from, to: type, ids: [id] }) as const);
        return (await Promise.all(batches.map((one) => run(one, context)))).flat();
      }
      const failure = error instanceof Error ? error : new Error('A read failed', { cause: error });
      return keys.map((key) => [key, failure]);
    }
  }

  /** Lists longer than a page go on in further calls, all of them together. */
  async function batch(
    { from, to, ids }: { from: ObjectType; to: ObjectType; ids: readonly string[] },
    context: CallContext,
  ): Promise<Map<string, Associated>> {
    const lists = new Map(ids.map((id) => [textOf({ from, id, to }), emptyOf({ from, id, to })]));
    let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id }));
    while (inputs.length > 0) {
      const { results } = await api.associations(from, to, inputs, context);
      for (const result of results) append(lists.get(textOf({ from, id: result.from.id, to })), result);
      if ([...lists.values()].some((list) => list.ids.length > MAX_ASSOCIATED)) throw tooMany(source, to);
      inputs = results.flatMap(({ from: { id }, paging }) => (paging?.next ? [{ id, after: paging.next.after }] : []));
    }
    return lists;
  }

  async function single(
    { from, id, to }: { from: ObjectType; id: string; to: readonly ObjectType[] },
    context: CallContext,
  ): Promise<Map<string, Associated>> {
    const record = await api.readWithAssociations(from, id, to, context);
    const lists = to.map(async (type): Promise<Map<string, Associated>> => {
      const part = record?.associations?.[type];
      if (part?.paging?.next) return batch({ from, to: type, ids: [id] }, context);
      const key = { from, id, to: type };
      const ids = [...new Set(part?.results.map((result) => result.id) ?? [])];
      return new Map([[textOf(key), { ...emptyOf(key), ids }]]);
    });
    return new Map((await Promise.all(lists)).flatMap((list) => [...list]));
  }

  /** One pair of types at a time, as these succeed or fail together; the loader joins their calls again. */
  async function readPair(keys: readonly AssociationKey[], context: CallContext): Promise<Associated[]> {
    const { from, to } = keys[0]!;
    const load = (missing: readonly RecordKey[], call: CallContext) => {
      const loader = loaderOf(call);
      return Promise.all(missing.map(({ id }) => loader.load({ from, id, to })));
    };
    const lists = await cache.getMany<Associated>(keys.map(recordKey), load, { ...options, context });
    return lists.map((list, index) => list ?? emptyOf(keys[index]!));
  }

  return {
    read: async (keys, context) => {
      const pairs = [...Map.groupBy(keys, ({ from, to }) => `${from} ${to}`).values()];
      const lists = await Promise.all(pairs.map((pair) => readPair(pair, context)));
      const byKey = new Map(pairs.flatMap((pair, index) => pair.map((key, n) => [textOf(key), lists[index]![n]!])));
      return keys.map((key) => byKey.get(textOf(key))!);
    },
    keep: (key, ids, since) => {
      cache.prime(recordKey(key), { ...emptyOf(key), ids: [...new Set(ids)] }, { ...options, since });
    },
  };
}

/** Where a list is cached. */
export function associationKey(source: string, { from, id, to }: AssociationKey): RecordKey {
  return { source, type: `${from}.${to}`, id };
}

function keysOf(call: AssociationCall): AssociationKey[] {
  const { from } = call;
  if (call.kind === 'batch') return call.ids.map((id) => ({ from, id, to: call.to }));
  return call.to.map((to) => ({ from, id: call.id, to }));
}

function append(list: Associated | undefined, { to }: AssociationsPayload['results'][number]): void {
  if (!list) return;
  list.ids = [...new Set([...list.ids, ...to.map(({ toObjectId }) => toObjectId)])];
  const primary = to.find(({ associationTypes }) =>
    associationTypes.some(({ typeId }) => PRIMARY_TYPE_IDS.has(typeId)),
  );
  list.primary ??= primary?.toObjectId ?? null;
}

function textOf({ from, id, to }: AssociationKey): string {
  return `${from} ${id} ${to}`;
}

function tooMany(source: string, to: ObjectType): CodedError {
  const message = `${source} (hubspot): expected at most ${MAX_ASSOCIATED} associated ${to} of one record`;
  return new CodedError('OPERATION_TOO_LARGE', message, { details: { source, vendor: 'hubspot' } });
}
