import { seesRecords } from '../shared/seen-customer.ts';
import type { Context } from './context.ts';
import type { CustomerNode, Order, OrderNode } from './model.ts';
import { sealOrderRef } from './order-ref.ts';
import { listOrders, orderByInvoiceRef, orderByNumber, ordersOfRecords } from './orders.ts';
import { buyerReference } from './party-reference.ts';
import { Product } from './product-resolvers.ts';
import { listProducts } from './products.ts';
import { refundDate, returnById, returnsOfRecords } from './returns.ts';
import type { Resolvers } from './schema.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    order: (_root, { id }, context) => context.orders.load(id),
    orderByNumber: (_root, { number, source }, context) => orderByNumber(number, source ?? null, context),
    orders: (_root, args, context) => whereShopsAre('Query.orders', context, () => listOrders(args, context)),
    product: (_root, { sku }, context) => context.products.load(sku),
    products: (_root, args, context) => whereShopsAre('Query.products', context, () => listProducts(args, context)),
  },

  Customer: {
    __resolveReference: async ({ records }, { rows, sealer }): Promise<CustomerNode | null> =>
      (await seesRecords(rows.customers, sealer, records)) ? { __typename: 'Customer', records } : null,
    orders: (customer, args, context) =>
      whereShopsAre('Customer.orders', context, () => ordersOfRecords(recordsOf(customer), args, context)),
    returns: (customer, args, context) =>
      whereShopsAre('Customer.returns', context, () => returnsOfRecords(recordsOf(customer), args, context)),
  },

  Order: {
    __resolveReference: (reference, context) =>
      'id' in reference ? context.orders.load(reference.id) : orderOfInvoice(reference.invoiceRef, context),
    orderRef: (order, _args, { sealer, sources }) => sealOrderRef(sealer, order, sources.length),
    customer: (order, _args, context) => customerOf(order, context),
    statusHistory: (order, _args, context) =>
      whereProvided('Order.statusHistory', order, context, () => context.statusHistory.load(order)),
    shipments: (order, _args, context) => whereProvided('Order.shipments', order, context, () => order.shipments),
    returns: (order, _args, context) =>
      whereProvided('Order.returns', order, context, async () => (await context.aftermath.load(order)).returns),
    pricesIncludeTax: (order, _args, context) =>
      whereProvided('Order.pricesIncludeTax', order, context, () => order.pricesIncludeTax),
  },

  OrderLine: {
    product: ({ sku }, _args, context) => (sku === null ? null : context.products.load(sku)),
  },

  OrderTransaction: {
    at: ({ at, orderId, refundId }, _args, context) =>
      at === null && refundId !== null ? refundDate(orderId, refundId, context) : at,
  },

  Refund: {
    createdAt: ({ createdAt, orderId, id }, _args, context) => createdAt ?? refundDate(orderId, id, context),
  },

  Return: {
    __resolveReference: ({ id }, context) => returnById(id, context),
    order: ({ orderId }, _args, context) => context.orders.load(orderId),
  },

  Product,
};

async function customerOf({ source, buyer }: Order, { rows, sealer }: Context): Promise<CustomerNode | null> {
  const reference = buyerReference(sealer, source.source, buyer);
  const isSeen = await rows.customers.sees([reference]);
  return isSeen ? { __typename: 'Customer', claim: sealer.seal('claim', [reference]) } : null;
}

async function orderOfInvoice(invoiceRef: string | null, context: Context): Promise<OrderNode | null> {
  if (invoiceRef === null) return null;
  const order = await orderByInvoiceRef(invoiceRef, context);
  return order && { ...order, invoiceRef };
}

/** Every field of a customer requires its records; without them there is no customer to answer for. */
function recordsOf(customer: CustomerNode): string {
  if ('records' in customer) return customer.records;
  throw new Error('The field was asked for without the records of its customer');
}

/** Without a shop there is nothing to list, which is not the same as an empty list. */
async function whereShopsAre<T>(coordinate: string, context: Context, answer: () => Promise<T>): Promise<T | null> {
  if (context.sources.length > 0) return answer();
  context.notProvided({ coordinate, source: 'shop', vendor: 'none' });
  return null;
}

async function whereProvided<T>(
  coordinate: string,
  { source: { source, vendor } }: Order,
  context: Context,
  answer: () => T | null | Promise<T | null>,
): Promise<T | null> {
  const isKnown = !context.sources.find(({ name }) => name === source)?.notProvided.has(coordinate);
  const value = isKnown ? await answer() : null;
  if (value === null) context.notProvided({ coordinate, source, vendor });
  return value;
}
