import { CodedError } from '../../common/errors.ts';
import { type Connection, checkFirst, type PageSource, pageOfMerged } from '../shared/connection.ts';
import { visiblePages } from '../shared/visible-pages.ts';
import type { Context } from './context.ts';
import { dayAfter, startOfDay } from './day-range.ts';
import { isSameGuest, ordersOfGuest } from './guests.ts';
import type { GuestTuple, Order } from './model.ts';
import { fitsFilter } from './order-page.ts';
import { compareOrders, pageOfAll } from './order-position.ts';
import { ambiguousNumber, openInvoiceRef, pickOrders } from './order-ref.ts';
import { recordsAmong, recordsIn, type ShopRecords } from './party-reference.ts';
import type { OrderFilter as OrderFilterInput } from './schema.generated.ts';
import type { OrderFilter, OrderOrder, ShopSource } from './source.ts';

export interface OrderListArgs {
  first?: number | null;
  after?: string | null;
  filter?: OrderFilterInput | null;
  orderBy?: OrderOrder | null;
}

/** Orders of all shops that the caller may see. */
export async function listOrders(args: OrderListArgs, context: Context): Promise<Connection<Order>> {
  const { orderBy, filter } = toQuery(args, context);
  const { rows, sources, sealer } = context;
  if (rows.kind === 'none') return mergeOrders('orders', args, orderBy, []);
  const own = await listsOfCaller({ orderBy, filter }, context);
  if (own) return mergeOrders('orders seen', args, orderBy, own);
  const toPages = (source: ShopSource): PageSource<Order> => {
    const pages: PageSource<Order> = {
      name: source.name,
      read: (page) => source.listOrders({ customerId: null, filter, orderBy, ...page }, context),
    };
    return rows.kind === 'all' ? pages : onlySeen(pages, source, { rows, sealer });
  };
  return mergeOrders('orders', args, orderBy, sources.map(toPages));
}

/** More lists than these cost more calls than looking through the shop's newest orders. */
const MAX_LISTS = 50;

/** The lists of the customers whom the caller may see; null where they are many, or anybody. */
async function listsOfCaller(query: ListQuery, context: Context): Promise<PageSource<Order>[] | null> {
  const { rows, sources, sealer } = context;
  const { references, missing } = await rows.records();
  if (references === null) return null;
  const lists = listsOf(recordsAmong(sealer, { references, gaps: missing }, sources), query, context);
  if (lists.length > MAX_LISTS) return null;
  for (const gap of missing) context.incomplete?.(gap);
  if (rows.channels === null) return lists.map(({ pages }) => pages);
  return lists.map(({ source, pages }) => onlySeen(pages, source, { rows, sealer }));
}

function onlySeen(
  pages: PageSource<Order>,
  { name, vendor }: ShopSource,
  { rows, sealer }: Pick<Context, 'rows' | 'sealer'>,
): PageSource<Order> {
  return visiblePages(pages, {
    keep: rows.keep,
    sealer,
    source: name,
    vendor,
    advice: 'Narrow it down by "placed", or ask for the orders of a customer.',
  });
}

/** Orders of one customer: those of its accounts and those it placed as a guest. */
export async function ordersOfRecords(
  records: string,
  args: OrderListArgs,
  context: Context,
): Promise<Connection<Order>> {
  const query = toQuery(args, context);
  const lists = listsOf(recordsIn(context.sealer, records, context.sources), query, context);
  return mergeOrders(
    'orders',
    args,
    query.orderBy,
    lists.map(({ pages }) => pages),
  );
}

interface ListQuery {
  filter: OrderFilter;
  orderBy: OrderOrder;
}

/** One list for each account, and one for all guests of a shop. `own` is in the order of the sources. */
function listsOf(
  own: readonly ShopRecords[],
  { filter, orderBy }: ListQuery,
  context: Context,
): { source: ShopSource; pages: PageSource<Order> }[] {
  return context.sources.flatMap((source, index) => {
    const { customerIds, guests } = own[index]!;
    const ofAccounts = customerIds.map(
      (customerId): PageSource<Order> => ({
        name: `${source.name}:${customerId}`,
        read: (page) => source.listOrders({ customerId, filter, orderBy, ...page }, context),
      }),
    );
    const ofGuests: PageSource<Order> = {
      name: `${source.name}:guests`,
      read: async (page) => {
        const orders = await ordersOfGuests(source, guests, context);
        return pageOfAll(
          orders.filter((order) => fitsFilter(order, filter)),
          { orderBy, ...page },
        );
      },
    };
    const lists = guests.length > 0 ? [...ofAccounts, ofGuests] : ofAccounts;
    return lists.map((pages) => ({ source, pages }));
  });
}

export async function ordersOfGuests(
  source: ShopSource,
  guests: readonly GuestTuple[],
  context: Context,
): Promise<Order[]> {
  const distinct = guests.filter((guest, index) => guests.findIndex((other) => isSameGuest(other, guest)) === index);
  return (await Promise.all(distinct.map((guest) => ordersOfGuest(source, guest, context)))).flat();
}

/** By the number that the customer knows, in one shop or in all. */
export async function orderByNumber(
  number: string,
  sourceName: string | null,
  context: Context,
): Promise<Order | null> {
  const hits = await seenByNumber(number, sourceName, context);
  if (hits.length > 1) throw ambiguousNumber(hits);
  return hits[0] ?? null;
}

/** The order that an invoice names: picked among all, so that one of another shop never stands in for a hidden one. */
export async function orderByInvoiceRef(sealed: string, context: Context): Promise<Order | null> {
  const { sealer, rows } = context;
  const invoice = openInvoiceRef(sealer, sealed);
  if (rows.kind === 'none') return null;
  const [hits] = await Promise.all([hitsByNumber(invoice.orderNumber, null, context), rows.records()]);
  const [picked, ...others] = pickOrders(hits, invoice);
  if (picked === undefined || others.length === 0) return rows.read(async () => picked ?? null);
  const seen = await rows.keep(hits);
  if (seen.length > 1) throw ambiguousNumber(seen);
  return null;
}

/** Of several hits one may be the only one that the caller may know of. */
async function seenByNumber(number: string, sourceName: string | null, context: Context): Promise<Order[]> {
  const { rows } = context;
  const [hits] = await Promise.all([hitsByNumber(number, sourceName, context), rows.records()]);
  return rows.keep(hits);
}

async function hitsByNumber(number: string, sourceName: string | null, context: Context): Promise<Order[]> {
  if (sourceName !== null && !context.sources.some(({ name }) => name === sourceName)) {
    throw new CodedError('BAD_USER_INPUT', 'Expected "source" to be the name of a configured shop');
  }
  const plain = number.trim().replace(/^#\s*/, '');
  if (plain === '' || context.rows.kind === 'none') return [];
  const bySource = await context.ordersByNumber.load(plain);
  const wanted = [...bySource].filter(([name]) => sourceName === null || name === sourceName);
  // A shop that can't be asked may have the order, too: nothing else would then be certain.
  return wanted.flatMap(([, orders]) => {
    if (orders instanceof Error) throw orders;
    return orders;
  });
}

function mergeOrders(
  kind: string,
  { first, after }: OrderListArgs,
  orderBy: OrderOrder,
  sources: readonly PageSource<Order>[],
): Promise<Connection<Order>> {
  return pageOfMerged({
    kind: `${kind} ${orderBy.field} ${orderBy.direction}`,
    first: checkFirst(first),
    after,
    sources,
    compare: compareOrders(orderBy),
  });
}

const NEWEST_FIRST: OrderOrder = { field: 'PLACED_AT', direction: 'DESC' };

function toQuery({ filter, orderBy }: OrderListArgs, { clock }: Context): ListQuery {
  const { from, to } = filter?.placed ?? {};
  return {
    orderBy: orderBy ?? NEWEST_FIRST,
    filter: {
      status: filter?.status ?? null,
      financialStatus: filter?.financialStatus ?? null,
      placedFrom: from ? startOfDay(from, clock.timeZone) : null,
      placedBefore: to ? startOfDay(dayAfter(to), clock.timeZone) : null,
    },
  };
}
