import type DataLoader from 'dataloader';
import { type Connection, checkFirst, type PageSource, pageOfMerged, type SourcePage } from '../shared/connection.ts';
import type { PartyRows } from '../shared/party-rows.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { visiblePages } from '../shared/visible-pages.ts';
import type { Keep } from './crm-rows.ts';
import type { CustomerRecords } from './customer-records.ts';
import { createBatchLoader } from './loaders.ts';
import type { Activity, ActivityType, Contact, Deal, Ticket } from './model.ts';
import type { ActivityListRequest, CrmSource, ListRequest, TicketListRequest } from './source.ts';

interface PageArguments {
  first?: number | null;
  after?: string | null;
}

/** A customer's lists over all CRMs, by its sealed records. */
export interface CustomerLists {
  contacts(records: string, page: PageArguments): Promise<Connection<Contact>>;
  deals(records: string, page: PageArguments): Promise<Connection<Deal>>;
  tickets(records: string, page: PageArguments & { open?: boolean | null }): Promise<Connection<Ticket>>;
  activities(
    records: string,
    page: PageArguments & { types?: readonly ActivityType[] | null },
  ): Promise<Connection<Activity>>;
}

interface CustomerListDeps {
  customers: CustomerRecords;
  sources: readonly CrmSource[];
  sealer: Sealer;
  rows: PartyRows;
  keep: Keep;
}

export function createCustomerLists(
  { customers, sources, sealer, rows, keep }: CustomerListDeps,
  context: CallContext,
): CustomerLists {
  /** The same list of many customers becomes one read of the source. */
  const loaders = <R extends ListRequest, T>(
    read: (source: CrmSource, requests: readonly R[]) => Promise<SourcePage<T>[]>,
  ): Loaders<R, T> =>
    new Map(sources.map((source) => [source, createBatchLoader<R, SourcePage<T>>((all) => read(source, all))]));
  const contacts = loaders<ListRequest, Contact>((source, all) => source.contactLists(all, context));
  const deals = loaders<ListRequest, Deal>((source, all) => source.dealLists(all, context));
  const tickets = loaders<TicketListRequest, Ticket>((source, all) => source.ticketLists(all, context));
  const activities = loaders<ActivityListRequest, Activity>((source, all) => source.activityLists(all, context));

  async function page<R extends ListRequest, T extends { id: string }>(options: {
    kind: string;
    records: string;
    page: PageArguments;
    loaders: Loaders<R, T>;
    toRequest(request: ListRequest): R;
    compare(left: T, right: T): number;
  }): Promise<Connection<T>> {
    const { kind, compare } = options;
    const pages = customers.open(options.records).map(({ source, records }) => {
      const { name, vendor } = source;
      const all: PageSource<T> = {
        name,
        read: (place) => options.loaders.get(source)!.load(options.toRequest({ records, ...place })),
      };
      // What one customer has may be another's as well, who comes before it or must not be seen.
      return rows.kind === 'all'
        ? all
        : visiblePages(all, { keep, sealer, source: name, vendor, advice: 'Ask for one of them by its id.' });
    });
    return pageOfMerged({
      kind,
      first: checkFirst(options.page.first),
      after: options.page.after,
      sources: pages,
      compare,
    });
  }

  const same = (request: ListRequest) => request;
  return {
    contacts: (records, args) =>
      // Contacts have no order of their own: one CRM after the other.
      page({ kind: 'crm-contacts', records, page: args, loaders: contacts, toRequest: same, compare: () => 0 }),
    deals: (records, args) =>
      page({
        kind: 'crm-deals',
        records,
        page: args,
        loaders: deals,
        toRequest: same,
        compare: newestFirst<Deal>(createdAt),
      }),
    tickets: (records, args) => {
      const toRequest = (request: ListRequest) => ({ ...request, open: args.open ?? null });
      const compare = newestFirst<Ticket>(createdAt);
      return page({ kind: 'crm-tickets', records, page: args, loaders: tickets, toRequest, compare });
    },
    activities: (records, args) => {
      const toRequest = (request: ListRequest) => ({ ...request, types: args.types ?? null });
      const compare = newestFirst<Activity>(({ at }) => at);
      return page({ kind: 'crm-activities', records, page: args, loaders: activities, toRequest, compare });
    },
  };
}

type Loaders<R, T> = ReadonlyMap<CrmSource, DataLoader<R, SourcePage<T>, string>>;

function createdAt(record: { createdAt: string | null }): string | null {
  return record.createdAt;
}

/** Without a date last, as the sources order them. */
function newestFirst<T>(dateOf: (item: T) => string | null): (left: T, right: T) => number {
  return (left, right) => {
    const [a, b] = [dateOf(left) ?? '', dateOf(right) ?? ''];
    if (a === b) return 0;
    return a < b ? 1 : -1;
  };
}
