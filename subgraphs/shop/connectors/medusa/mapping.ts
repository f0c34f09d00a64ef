import { add, Big, money, roundMoney, subtract } from '../../../shared/money.ts';
import { normaliseEmail } from '../../../shared/normalise.ts';
import { formatReference } from '../../../shared/reference.ts';
import { toGuestTuple } from '../../guests.ts';
import type {
  Buyer,
  DiscountApplication,
  Order,
  OrderTotals,
  OrderTransaction,
  PartyDetails,
  Refund,
} from '../../model.ts';
import type { FullMedusaConfig } from './config.ts';
import { type MappingContext, metadataText, toSourceRef } from './mapping-context.ts';
import { decimal, isWhollyReturned, missingGross, toLine, toLineSums, toPayment } from './mapping-lines.ts';
import { isGuestRow, toAddress, toBuyerDetails, toInstant, toTaxId } from './mapping-party.ts';
import { toReturnHints } from './mapping-return.ts';
import type { OrderNumberPayload, OrderPayload } from './payloads.ts';
import { toShipments } from './shipments.ts';
import { toFinancialStatus, toFulfillmentStatus, toStatus } from './statuses.ts';

export function toOrder(payload: OrderPayload, context: MappingContext): Order {
  const { config } = context;
  const id = formatReference(config.name, 'order', payload.id);
  const currency = payload.currency_code.toUpperCase();
  const refunds = toRefunds(payload, id, currency);
  const totals = toTotals(payload, refunds, currency);
  const returnHints = toReturnHints(payload, config.name);
  const details = toBuyerDetails(payload, config);
  return {
    id,
    number: toNumber(payload, config),
    placedAt: toInstant(payload.created_at),
    updatedAt: toInstant(payload.updated_at),
    channel: payload.sales_channel ? { code: 'web', name: payload.sales_channel.name } : null,
    currency,
    status: toStatus(payload, isWhollyReturned(payload.items)),
    statusRaw: [payload.status, payload.fulfillment_status].join(' / '),
    financialStatus: toFinancialStatus(payload, new Big(totals.gross.amount).eq('0')),
    fulfillmentStatus: toFulfillmentStatus(payload),
    buyer: toBuyer(payload, details, config),
    buyerDetails: details,
    billingAddress: payload.billing_address && toAddress(payload.billing_address),
    shippingAddress: payload.shipping_address && toAddress(payload.shipping_address),
    billingEmail: normaliseEmail(payload.email),
    billingTaxId: toTaxId(payload.metadata, config),
    lines: [...payload.items]
      // Their order changes from answer to answer.
      .sort((left, right) => (left.id < right.id ? -1 : 1))
      .map((item) => toLine(item, payload, config)),
    discounts: toDiscounts(payload, currency),
    totals,
    pricesIncludeTax: payload.items[0]?.is_tax_inclusive ?? null,
    shipments: payload.fulfillments.flatMap(toShipments),
    refunds,
    returnHints,
    aftermath: returnHints.length === 0 ? { refunds, returns: [] } : null,
    transactions: toTransactions(payload, id, currency),
    customerNote: null,
    source: toSourceRef(context, 'orders', payload.id, toInstant(payload.updated_at)),
  };
}

/** The number that the customer knows. */
export function toNumber(
  { custom_display_id, display_id, metadata }: OrderNumberPayload,
  { orderNumberMetadataKey }: FullMedusaConfig,
): string {
  const own = orderNumberMetadataKey === null ? null : metadataText(metadata, [orderNumberMetadataKey]);
  return own ?? custom_display_id ?? String(display_id);
}

function toBuyer(payload: OrderPayload, details: PartyDetails, config: FullMedusaConfig): Buyer {
  const { customer, customer_id } = payload;
  if (customer && customer_id !== null && !isGuestRow(customer, config))
    return { type: 'customer', customerId: customer_id };
  const phone = payload.billing_address?.phone ?? '';
  return { type: 'guest', guest: toGuestTuple(details, { email: payload.email ?? '', phone }) };
}

/**
 * Refunds make Medusa write a credit line, which lowers the total: it is put back, so that `gross` stays what the customer
 * was asked for.
 */
function toTotals(payload: OrderPayload, refunds: readonly Refund[], currency: string): OrderTotals {
  const zero = money('0', currency);
  const lines = payload.items.map(toLineSums);
  const rounded = (value: InstanceType<typeof Big>) => roundMoney(money(value, currency));
  const sum = (values: readonly InstanceType<typeof Big>[]) =>
    values.reduce((total, value) => total.plus(value), new Big('0'));
  const credits = payload.credit_lines
    .filter(({ reference }) => reference === REFUND_CREDIT)
    .map(({ amount }) => decimal(amount));
  const gross = rounded(
    decimal(payload.total)
      .plus(sum(credits))
      .plus(sum(payload.items.map(missingGross))),
  );
  const missingVat = payload.items.map((item) => toLineSums(item).vat.minus(decimal(item.tax_total)));
  const tax = rounded(decimal(payload.tax_total).plus(sum(missingVat)));
  const refunded = refunds.reduce((total, { amount }) => add(total, amount), zero);
  return {
    subtotal: rounded(sum(lines.map(({ net, discount }) => net.plus(discount)))),
    discount: rounded(sum(lines.map(({ discount }) => discount))),
    shipping: rounded(decimal(payload.shipping_total).minus(decimal(payload.shipping_tax_total))),
    fees: zero,
    net: subtract(gross, tax),
    tax,
    gross,
    refunded,
    current: subtract(gross, refunded),
  };
}

/** What a credit line that stands for a refund points at. */
const REFUND_CREDIT = 'payment_collection';

function toDiscounts({ items }: OrderPayload, currency: string): DiscountApplication[] {
  const byCode = new Map<string, DiscountApplication>();
  for (const { code, description, amount } of items.flatMap(({ adjustments }) => adjustments)) {
    const key = code ?? '';
    const before = byCode.get(key)?.amount ?? money('0', currency);
    byCode.set(key, { code, description, amount: add(before, money(decimal(amount), currency)) });
  }
  return [...byCode.values()].map((discount) => ({ ...discount, amount: roundMoney(discount.amount) }));
}

function paymentsOf({ payment_collections }: OrderPayload) {
  return payment_collections.flatMap(({ payments }) => payments);
}

function toRefunds(payload: OrderPayload, orderId: string, currency: string): Refund[] {
  return paymentsOf(payload)
    .flatMap(({ refunds }) => refunds)
    .map(({ id, amount, note, created_at }) => ({
      id,
      orderId,
      amount: toPayment(amount, currency),
      reason: note,
      createdAt: toInstant(created_at),
    }));
}

function toTransactions(payload: OrderPayload, orderId: string, currency: string): OrderTransaction[] {
  return paymentsOf(payload).flatMap((payment): OrderTransaction[] => {
    const { id, provider_id, created_at, canceled_at, captures, refunds, amount } = payment;
    const common = { orderId, method: provider_id, reference: null, refundId: null };
    const toTransaction = (
      kind: OrderTransaction['kind'],
      one: { id: string; amount: string | number; created_at: string },
    ) => ({
      ...common,
      id: one.id,
      kind,
      amount: toPayment(one.amount, currency),
      at: toInstant(one.created_at),
    });
    const isOpen = captures.length === 0 && !canceled_at;
    return [
      ...(isOpen ? [toTransaction('AUTHORIZATION', { id, amount, created_at })] : []),
      ...captures.map((capture) => toTransaction('PAYMENT', capture)),
      ...refunds.map((refund) => toTransaction('REFUND', refund)),
    ];
  });
}
