import { decodeCursor, encodeCursor, type SourcePage } from '../../../shared/connection.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Activity, Contact, Deal, Ticket } from '../../model.ts';
import type { ActivityListRequest, CrmSource, ListRequest, RecordRef, TicketListRequest } from '../../source.ts';
import type { AssociationReader } from './associations.ts';
import { compareIds } from './compare-ids.ts';
import type { ObjectType } from './object-types.ts';
import {
  ACTIVITIES,
  CONTACTS,
  DEALS,
  type ObjectKind,
  type ObjectReader,
  type RecordModel,
  TICKETS,
} from './objects.ts';

type Lists = Pick<CrmSource, 'contactLists' | 'dealLists' | 'ticketLists' | 'activityLists'>;

/**
 * A customer's lists: the associated ids of all its records first, then the objects by batch, for all requests
 * together. Associations tell no dates, so that "the newest first" takes reading all of a customer's items; contacts
 * are in the order of their ids and only a page of them is read.
 */
export function createLists(deps: { objects: ObjectReader; associations: AssociationReader }): Lists {
  const { objects, associations } = deps;

  /** For each request the ids of one type that any of its records is associated with, each once. */
  async function associatedIds(
    requests: readonly { records: readonly RecordRef[] }[],
    to: ObjectType,
    context: CallContext,
  ): Promise<string[][]> {
    const keys = requests.map(({ records }) => records.map(({ type, id }) => ({ from: FROM[type], id, to })));
    const lists = await associations.read(keys.flat(), context);
    let next = 0;
    return keys.map((own) => {
      const ids = lists.slice(next, next + own.length).flatMap((list) => list.ids);
      next += own.length;
      return [...new Set(ids)];
    });
  }

  /** For each list of ids its items, without those that are gone since. */
  async function readAll<T extends RecordModel>(
    kind: ObjectKind<T>,
    ids: readonly (readonly string[])[],
    context: CallContext,
  ): Promise<T[][]> {
    const unique = [...new Set(ids.flat())];
    const items = unique.length === 0 ? [] : await objects.read(kind, unique, context);
    const byId = new Map(unique.map((id, index) => [id, items[index] ?? null]));
    return ids.map((own) => own.map((id) => byId.get(id) ?? null).filter((item) => item !== null));
  }

  async function itemsOf<T extends RecordModel>(
    kind: ObjectKind<T>,
    requests: readonly ListRequest[],
    context: CallContext,
  ): Promise<T[][]> {
    return readAll(kind, await associatedIds(requests, kind.type, context), context);
  }

  async function contactLists(requests: readonly ListRequest[], context: CallContext): Promise<SourcePage<Contact>[]> {
    const ofCompanies = requests.map(({ records }) => ({ records: records.filter(({ type }) => type === 'company') }));
    const all = await associatedIds(ofCompanies, 'contacts', context);
    const pages = requests.map(({ first, after }, index) => pageOfIds(all[index]!, first, after));
    const contacts = await readAll(
      CONTACTS,
      pages.map(({ ids }) => ids),
      context,
    );
    return pages.map(({ hasNextPage }, index) => ({
      items: contacts[index]!.map((node) => ({ node, position: encodeCursor(ID_POSITION, [node.source.remoteId]) })),
      hasNextPage,
      totalCount: all[index]!.length,
    }));
  }

  async function dealLists(requests: readonly ListRequest[], context: CallContext): Promise<SourcePage<Deal>[]> {
    const lists = await itemsOf(DEALS, requests, context);
    return requests.map((request, index) => pageOf(lists[index]!, ({ createdAt }) => createdAt, request));
  }

  async function ticketLists(
    requests: readonly TicketListRequest[],
    context: CallContext,
  ): Promise<SourcePage<Ticket>[]> {
    const lists = await itemsOf(TICKETS, requests, context);
    return requests.map((request, index) => {
      const { open } = request;
      const fitting = lists[index]!.filter(({ status }) => open === null || open === (status !== 'CLOSED'));
      return pageOf(fitting, ({ createdAt }) => createdAt, request);
    });
  }

  async function activityLists(
    requests: readonly ActivityListRequest[],
    context: CallContext,
  ): Promise<SourcePage<Activity>[]> {
    const byKind = await Promise.all(
      ACTIVITIES.map((kind) => {
        // A request that does not want the kind asks for nobody's.
        const wanted = requests.map(({ records, types, ...rest }) => ({
          ...rest,
          records: types === null || types.includes(kind.kind.type) ? records : [],
        }));
        return itemsOf(kind, wanted, context);
      }),
    );
    return requests.map((request, index) =>
      pageOf(
        byKind.flatMap((lists) => lists[index]!),
        ({ at }) => at,
        request,
      ),
    );
  }

  return { contactLists, dealLists, ticketLists, activityLists };
}

const FROM: Readonly<Record<RecordRef['type'], ObjectType>> = { company: 'companies', contact: 'contacts' };

const ID_POSITION = 'hubspot-id';
const DATE_POSITION = 'hubspot-date';

function pageOfIds(
  ids: readonly string[],
  first: number,
  after: string | null,
): { ids: string[]; hasNextPage: boolean } {
  const sorted = [...ids].sort(compareIds);
  const last = after === null ? null : (decodeCursor(ID_POSITION, after)[0] ?? '');
  const left = last === null ? sorted : sorted.filter((id) => compareIds(id, last) > 0);
  return { ids: left.slice(0, first), hasNextPage: left.length > first };
}

/** Positions name the date and reference of an item rather than a number, so that new items do not shift a page. */
function pageOf<T extends RecordModel>(
  items: readonly T[],
  dateOf: (item: T) => string | null,
  { first, after }: ListRequest,
): SourcePage<T> {
  const sorted = items.map((node) => ({ node, at: dateOf(node) ?? '', id: node.id })).sort(compareNewestFirst);
  const [at = '', id = ''] = after === null ? [] : decodeCursor(DATE_POSITION, after);
  const left = after === null ? sorted : sorted.filter((item) => compareNewestFirst(item, { at, id }) > 0);
  return {
    items: left
      .slice(0, first)
      .map((item) => ({ node: item.node, position: encodeCursor(DATE_POSITION, [item.at, item.id]) })),
    hasNextPage: left.length > first,
    totalCount: items.length,
  };
}

/** Items without a date come last; ISO dates in UTC sort as text. */
function compareNewestFirst(left: { at: string; id: string }, right: { at: string; id: string }): number {
  if (left.at !== right.at) return left.at < right.at ? 1 : -1;
  return compareIds(right.id, left.id);
}
