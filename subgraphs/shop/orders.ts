import { CodedError } from '../../common/errors.ts';
import { type Connection, checkFirst, type PageSource, pageOfMerged } from '../shared/connection.ts';
import type { Context } from './context.ts';
import { dayAfter, startOfDay } from './day-range.ts';
import { isSameGuest, ordersOfGuest } from './guests.ts';
import type { GuestTuple, Order } from './model.ts';
import { fitsFilter } from './order-page.ts';
import { compareOrders, pageOfAll } from './order-position.ts';
import { ambiguousNumber, openInvoiceRef, pickOrder } from './order-ref.ts';
import { recordsIn } from './party-reference.ts';
import type { OrderFilter as OrderFilterInput } from './schema.generated.ts';
import type { OrderFilter, OrderOrder, ShopSource } from './source.ts';

export interface OrderListArgs {
  first?: number | null;
  after?: string | null;
  filter?: OrderFilterInput | null;
  orderBy?: OrderOrder | null;
}

/** Orders of all shops. */
export function listOrders(args: OrderListArgs, context: Context): Promise<Connection<Order>> {
  const { orderBy, filter } = toQuery(args, context);
  const toPages = (source: ShopSource): PageSource<Order> => ({
    name: source.name,
    read: (page) => source.listOrders({ customerId: null, filter, orderBy, ...page }, context),
  });
  return mergeOrders(args, orderBy, context.sources.map(toPages));
}

/** Orders of one customer: those of its accounts and those it placed as a guest. */
export async function ordersOfRecords(
  records: string,
  args: OrderListArgs,
  context: Context,
): Promise<Connection<Order>> {
  const { orderBy, filter } = toQuery(args, context);
  const own = recordsIn(context.sealer, records, context.sources);
  const lists = context.sources.flatMap((source, index): PageSource<Order>[] => {
    const { customerIds, guests } = own[index]!;
    const ofAccounts = customerIds.map((customerId) => ({
      name: `${source.name}:${customerId}`,
      read: (page: { first: number; after: string | null }) =>
        source.listOrders({ customerId, filter, orderBy, ...page }, context),
    }));
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
    return guests.length > 0 ? [...ofAccounts, ofGuests] : ofAccounts;
  });
  return mergeOrders(args, orderBy, lists);
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
  const hits = await hitsByNumber(number, sourceName, context);
  if (hits.length > 1) throw ambiguousNumber(hits);
  return hits[0] ?? null;
}

/** The order that an invoice names. */
export async function orderByInvoiceRef(sealed: string, context: Context): Promise<Order | null> {
  const invoice = openInvoiceRef(context.sealer, sealed);
  return pickOrder(await hitsByNumber(invoice.orderNumber, null, context), invoice);
}

async function hitsByNumber(number: string, sourceName: string | null, context: Context): Promise<Order[]> {
  if (sourceName !== null && !context.sources.some(({ name }) => name === sourceName)) {
    throw new CodedError('BAD_USER_INPUT', 'Expected "source" to be the name of a configured shop');
  }
  const plain = number.trim().replace(/^#\s*/, '');
  if (plain === '') return [];
  const bySource = await context.ordersByNumber.load(plain);
  const wanted = [...bySource].filter(([name]) => sourceName === null || name === sourceName);
  // A shop that can't be asked may have the order, too: nothing else would then be certain.
  return wanted.flatMap(([, orders]) => {
    if (orders instanceof Error) throw orders;
    return orders;
  });
}

function mergeOrders(
  { first, after }: OrderListArgs,
  orderBy: OrderOrder,
  sources: readonly PageSource<Order>[],
): Promise<Connection<Order>> {
  return pageOfMerged({
    kind: `orders ${orderBy.field} ${orderBy.direction}`,
    first: checkFirst(first),
    after,
    sources,
    compare: compareOrders(orderBy),
  });
}

const NEWEST_FIRST: OrderOrder = { field: 'PLACED_AT', direction: 'DESC' };

function toQuery({ filter, orderBy }: OrderListArgs, { clock }: Context): { filter: OrderFilter; orderBy: OrderOrder } {
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
