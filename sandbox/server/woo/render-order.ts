import type { WooOrder, WooRefund, WooShipment, WooStore } from '../../data/records.ts';
import { gmtDate, type MoneyFormat, moneyFormat, renderAddress, renderMeta, siteDate } from './formats.ts';
import { renderCouponLines, renderFeeLines, renderLine, renderShippingLines, renderTaxLines } from './order-items.ts';

const CURRENCY_SYMBOLS = { PLN: 'zł', EUR: '€', USD: '$', CZK: 'Kč' } as const;

/** Meta keys of the shipment tracking plugin and of the shop's own. */
const SHIPMENTS_KEY = '_wc_shipment_tracking_items';
const PROMISED_KEY = '_promised_date';

export function renderOrder(
  order: WooOrder,
  store: WooStore,
  money: MoneyFormat = moneyFormat(),
): Record<string, unknown> {
  return {
    id: order.id,
    parent_id: 0,
    status: order.status,
    currency: order.currency,
    version: '9.9.5',
    prices_include_tax: order.pricesIncludeTax,
    date_created: siteDate(order.createdAt),
    date_modified: siteDate(order.modifiedAt),
    ...renderTotals(order, money),
    customer_id: order.customerId,
    order_key: `wc_order_${order.id.toString(36).padStart(13, '0')}`,
    billing: renderAddress(order.billing, 'billing'),
    shipping: renderAddress(order.shipping, 'shipping'),
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentMethodTitle,
    transaction_id: order.transactionId,
    customer_ip_address: '',
    customer_user_agent: '',
    created_via: order.createdVia,
    customer_note: order.customerNote,
    date_completed: siteDate(order.completedAt),
    date_paid: siteDate(order.paidAt),
    cart_hash: '',
    number: order.number,
    meta_data: orderMeta(order),
    line_items: order.lines.map((line) => renderLine(line, money)),
    tax_lines: renderTaxLines(order, money),
    shipping_lines: renderShippingLines(order, money),
    fee_lines: renderFeeLines(order, money),
    coupon_lines: renderCouponLines(order, money),
    refunds: refundsOf(order, store).map((refund) => renderRefundSummary(refund, money)),
    payment_url: '',
    is_editable: order.status === 'pending' || order.status === 'on-hold',
    needs_payment: order.status === 'pending' || order.status === 'failed',
    needs_processing: order.status === 'processing',
    date_created_gmt: gmtDate(order.createdAt),
    date_modified_gmt: gmtDate(order.modifiedAt),
    date_completed_gmt: gmtDate(order.completedAt),
    date_paid_gmt: gmtDate(order.paidAt),
    currency_symbol: CURRENCY_SYMBOLS[order.currency],
  };
}

function renderTotals(order: WooOrder, money: MoneyFormat): Record<string, string> {
  return {
    discount_total: money(order.discountMinor),
    discount_tax: money(order.discountTaxMinor),
    shipping_total: money(order.shippingMinor),
    shipping_tax: money(order.shippingTaxMinor),
    cart_tax: money(order.totalTaxMinor - order.shippingTaxMinor),
    total: money(order.totalMinor),
    total_tax: money(order.totalTaxMinor),
  };
}

function orderMeta(order: WooOrder): unknown[] {
  const shipments = order.shipments.length === 0 ? null : order.shipments.map(renderShipment);
  return renderMeta(
    order.id,
    [
      [order.nipKey, order.nip],
      [SHIPMENTS_KEY, shipments],
      [PROMISED_KEY, order.promisedDate],
    ],
    order.meta,
  );
}

/** The plugin keeps its dates as text of Unix seconds. */
function renderShipment(shipment: WooShipment): Record<string, string> {
  return {
    tracking_provider: shipment.provider ?? '',
    custom_tracking_provider: shipment.customProvider ?? '',
    custom_tracking_link: shipment.customProvider === null ? '' : (shipment.link ?? ''),
    tracking_number: shipment.number,
    tracking_product_code: '',
    tracking_link: shipment.link ?? '',
    date_shipped: String(Math.floor(shipment.shippedAt / 1000)),
    tracking_id: Buffer.from(shipment.number).toString('hex').slice(0, 32),
  };
}

export function refundsOf(order: WooOrder, store: WooStore): WooRefund[] {
  return order.refundIds.flatMap((id) => store.refunds.get(id) ?? []);
}

function renderRefundSummary(refund: WooRefund, money: MoneyFormat): Record<string, unknown> {
  return { id: refund.id, reason: refund.reason, total: money(-refund.amountMinor) };
}
