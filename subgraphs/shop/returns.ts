import { CodedError } from '../../common/errors.ts';
import { type Connection, checkFirst, type PageSource, pageOfMerged, type SourcePage } from '../shared/connection.ts';
import { formatReference, parseReference } from '../shared/reference.ts';
import type { Context } from './context.ts';
import type { Return, ReturnHint } from './model.ts';
import { ordersOfGuests } from './orders.ts';
import { recordsIn, type ShopRecords } from './party-reference.ts';
import type { ShopSource } from './source.ts';

export interface ReturnListArgs {
  first?: number | null;
  after?: string | null;
}

/** What one customer sent back, the newest first. */
export async function returnsOfRecords(
  records: string,
  args: ReturnListArgs,
  context: Context,
): Promise<Connection<Return>> {
  const own = recordsIn(context.sealer, records, context.sources);
  const sources = context.sources.map(
    (source, index): PageSource<Return> => ({
      name: source.name,
      read: async ({ first, after }) =>
        readReturns(source, await hintsOf(source, own[index]!, context), { first, after }, context),
    }),
  );
  return pageOfMerged({
    kind: 'returns',
    first: checkFirst(args.first),
    after: args.after,
    sources,
    compare: (left, right) => (left.createdAt === right.createdAt ? 0 : left.createdAt > right.createdAt ? -1 : 1),
  });
}

/** Its reference holds its order's id: `woo:return:<order>-<return>`. */
export async function returnById(id: string, context: Context): Promise<Return | null> {
  const reference = parseReference(id);
  if (reference?.type !== 'return') return null;
  const [orderId = ''] = reference.remoteId.split('-');
  const order = await context.orders.load(formatReference(reference.source, 'order', orderId));
  if (!order) return null;
  const { returns } = await context.aftermath.load(order);
  return returns.find((candidate) => candidate.id === id) ?? null;
}

async function hintsOf(source: ShopSource, own: ShopRecords, context: Context): Promise<ReturnHint[]> {
  const { customerIds, guests } = own;
  const [ofAccounts, guestOrders] = await Promise.all([
    Promise.all(customerIds.map((customerId) => source.returnHints(customerId, context))),
    ordersOfGuests(source, guests, context),
  ]);
  const ofGuests = guestOrders.flatMap(({ returnHints }) => returnHints ?? []);
  return [...ofAccounts.flat(), ...ofGuests].sort((left, right) => (positionOf(left) > positionOf(right) ? -1 : 1));
}

/** Follows hints until the page is full: a hint may turn out to be money given back alone. */
async function readReturns(
  source: ShopSource,
  hints: readonly ReturnHint[],
  { first, after }: { first: number; after: string | null },
  context: Context,
): Promise<SourcePage<Return>> {
  const rest = after === null ? hints : hints.filter((hint) => positionOf(hint) < after);
  const items: { node: Return; position: string }[] = [];
  let next = 0;
  // One more than asked for, to know whether the list goes on.
  while (items.length <= first && next < rest.length) {
    const batch = rest.slice(next, next + first + 1 - items.length);
    next += batch.length;
    const returns = await Promise.all(batch.map((hint) => followHint(source, hint, context)));
    returns.forEach((found, index) => {
      if (found) items.push({ node: found, position: positionOf(batch[index]!) });
    });
  }
  const isWhole = after === null && next === rest.length;
  return {
    items: items.slice(0, first),
    hasNextPage: items.length > first,
    totalCount: isWhole ? items.length : null,
  };
}

async function followHint(source: ShopSource, { id, orderId }: ReturnHint, context: Context): Promise<Return | null> {
  const order = await context.orders.load(formatReference(source.name, 'order', orderId));
  if (!order) return null;
  const { returns } = await context.aftermath.load(order);
  return returns.find((candidate) => candidate.id === id) ?? null;
}

function positionOf({ madeAt, id }: ReturnHint): string {
  return `${madeAt} ${id}`;
}

/** When money was given back, where the order alone does not tell. */
export async function refundDate(orderId: string, refundId: string, context: Context): Promise<string> {
  const order = await context.orders.load(orderId);
  const refunds = order ? (await context.aftermath.load(order)).refunds : [];
  const date = refunds.find(({ id }) => id === refundId)?.createdAt;
  if (!date) throw new CodedError('UPSTREAM_BAD_RESPONSE', 'The shop names a refund that it does not have');
  return date;
}
