import type { WooRefund, WooRefundLine } from '../../data/records.ts';
import { dateTwins, type MoneyFormat, moneyFormat, taxRateOf } from './formats.ts';
import { taxEntries } from './order-items.ts';

/** Amount positive, quantities and totals of lines negative: as WooCommerce writes them. */
export function renderRefund(refund: WooRefund, money: MoneyFormat = moneyFormat()): Record<string, unknown> {
  return {
    id: refund.id,
    parent_id: refund.orderId,
    ...dateTwins('date_created', refund.createdAt),
    amount: money(refund.amountMinor),
    reason: refund.reason,
    refunded_by: refund.refundedBy,
    refunded_payment: true,
    meta_data: [],
    line_items: refund.lines.map((line) => renderRefundLine(line, money)),
    shipping_lines: [],
    tax_lines: [],
    fee_lines: [],
  };
}

function renderRefundLine(line: WooRefundLine, money: MoneyFormat): Record<string, unknown> {
  const [total, tax] = [money(-line.totalMinor), money(-line.totalTaxMinor)];
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: 0,
    quantity: -line.quantity,
    tax_class: taxRateOf(line.vat)?.taxClass ?? '',
    subtotal: total,
    subtotal_tax: tax,
    total,
    total_tax: tax,
    taxes: taxEntries(line.vat, tax, tax),
    meta_data: [{ id: line.id * 10, key: '_refunded_item_id', value: String(line.orderLineId) }],
    sku: line.sku,
    global_unique_id: '',
    price: line.quantity === 0 ? 0 : line.totalMinor / 100 / line.quantity,
    image: { id: '', src: '' },
    parent_name: null,
  };
}
