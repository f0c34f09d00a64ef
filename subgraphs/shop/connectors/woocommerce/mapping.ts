import { add, Big, money, subtract } from '../../../shared/money.ts';
import { normaliseEmail } from '../../../shared/normalise.ts';
import { formatReference } from '../../../shared/reference.ts';
import { toGuestTuple } from '../../guests.ts';
import type { Buyer, Order, OrderTotals, OrderTransaction, Refund, SalesChannel } from '../../model.ts';
import { toAmount } from './amounts.ts';
import { fromGmt, fromGmtOrNull } from './dates.ts';
import { type MappingContext, toSourceRef } from './mapping-context.ts';
import { toDiscount, toLine } from './mapping-lines.ts';
import { toAddress, toNip, toPartyDetails } from './mapping-party.ts';
import type { OrderPayload } from './payloads.ts';
import { toShipments } from './shipments.ts';
import { createStatuses, toFinancialStatus, toFulfillmentStatus } from './statuses.ts';

export function toOrder(payload: OrderPayload, context: MappingContext): Order {
  const { config } = context;
  const id = formatReference(config.name, 'order', payload.id);
  const shipments = toShipments(payload, config);
  const status = createStatuses(config.statuses).toStatus(payload.status, (shipments ?? []).length > 0);
  const refunds = toRefunds(payload, id);
  const totals = toTotals(payload, refunds);
  const details = toPartyDetails(payload.billing, payload.meta_data, config);
  return {
    id,
    number: payload.number,
    placedAt: fromGmt(payload.date_created_gmt),
    updatedAt: fromGmtOrNull(payload.date_modified_gmt),
    channel: toChannel(payload.created_via),
    currency: payload.currency,
    status,
    statusRaw: payload.status,
    financialStatus: toFinancialStatus({
      raw: payload.status,
      isPaid: Boolean(payload.date_paid_gmt),
      total: totals.gross.amount,
      refunded: totals.refunded.amount,
    }),
    fulfillmentStatus: toFulfillmentStatus(status, payload.status, Boolean(payload.date_completed_gmt)),
    buyer: toBuyer(payload, details),
    buyerDetails: details,
    billingAddress: toAddress(payload.billing),
    shippingAddress: toAddress(payload.shipping),
    billingEmail: normaliseEmail(payload.billing.email),
    billingTaxId: toNip(payload.meta_data, config),
    lines: payload.line_items.map((line) => toLine(line, payload, config)),
    discounts: payload.coupon_lines.map((coupon) => toDiscount(coupon, payload.currency)),
    totals,
    pricesIncludeTax: payload.prices_include_tax,
    shipments,
    refunds,
    returnHints: refunds.map((refund) => toReturnHint(config.name, payload.id, Number(refund.id))),
    aftermath: refunds.length === 0 ? { refunds: [], returns: [] } : null,
    transactions: toTransactions(payload, id, refunds),
    customerNote: payload.customer_note || null,
    source: toSourceRef(context, 'post.php?action=edit&post=', payload.id, payload.date_modified_gmt),
  };
}

/** Ids of refunds grow as time goes on, as all ids of WordPress do. */
export function toReturnHint(source: string, orderId: number, refundId: number) {
  return {
    id: formatReference(source, 'return', `${orderId}-${refundId}`),
    orderId: String(orderId),
    madeAt: String(refundId).padStart(15, '0'),
  };
}

function toBuyer(payload: OrderPayload, details: Parameters<typeof toGuestTuple>[0]): Buyer {
  if (payload.customer_id > 0) return { type: 'customer', customerId: String(payload.customer_id) };
  return { type: 'guest', guest: toGuestTuple(details, payload.billing) };
}

/** Plugins write their own words; these are WooCommerce's. */
const CHANNEL_CODES: Readonly<Record<string, string>> = { checkout: 'web', 'store-api': 'web', 'rest-api': 'api' };

function toChannel(createdVia: string): SalesChannel | null {
  return createdVia === '' ? null : { code: CHANNEL_CODES[createdVia] ?? createdVia, name: createdVia };
}

/** Embedded refunds have a negative total and no date. */
function toRefunds({ refunds, currency }: OrderPayload, orderId: string): Refund[] {
  return refunds.map(({ id, reason, total }) => ({
    id: String(id),
    orderId,
    amount: money(new Big(toAmount(total)).abs(), currency),
    reason: reason || null,
    createdAt: null,
  }));
}

function toTotals(payload: OrderPayload, refunds: readonly Refund[]): OrderTotals {
  const { currency } = payload;
  const sum = (values: readonly (string | number)[]) =>
    values.reduce<ReturnType<typeof money>>(
      (total, value) => add(total, money(toAmount(value), currency)),
      money('0', currency),
    );
  const gross = money(toAmount(payload.total), currency);
  const tax = money(toAmount(payload.total_tax), currency);
  const refunded = refunds.reduce((total, { amount }) => add(total, amount), money('0', currency));
  return {
    subtotal: sum(payload.line_items.map(({ subtotal }) => subtotal)),
    discount: money(toAmount(payload.discount_total), currency),
    shipping: money(toAmount(payload.shipping_total), currency),
    fees: sum(payload.fee_lines.map(({ total }) => total)),
    net: subtract(gross, tax),
    tax,
    gross,
    refunded,
    current: subtract(gross, refunded),
  };
}

/** WooCommerce keeps one payment, in full, with its day; and the refunds. */
function toTransactions(payload: OrderPayload, orderId: string, refunds: readonly Refund[]): OrderTransaction[] {
  const method = payload.payment_method_title || payload.payment_method || null;
  const paidAt = fromGmtOrNull(payload.date_paid_gmt);
  const payment: OrderTransaction = {
    id: 'payment',
    orderId,
    kind: 'PAYMENT',
    amount: money(toAmount(payload.total), payload.currency),
    method,
    reference: payload.transaction_id || null,
    at: paidAt,
    refundId: null,
  };
  const back = refunds.map(
    ({ id, amount }): OrderTransaction => ({
      id: `refund-${id}`,
      orderId,
      kind: 'REFUND',
      amount,
      method,
      reference: null,
      at: null,
      refundId: id,
    }),
  );
  return paidAt === null ? back : [payment, ...back];
}
