import type { VatCode, WooOrder, WooOrderLine } from '../../data/records.ts';
import { type MoneyFormat, type TaxRate, taxRateOf } from './formats.ts';

type Json = Record<string, unknown>;

export function renderLine(line: WooOrderLine, money: MoneyFormat): Json {
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: 0,
    quantity: line.quantity,
    tax_class: taxRateOf(line.vat)?.taxClass ?? '',
    subtotal: money(line.subtotalMinor),
    subtotal_tax: money(line.subtotalTaxMinor),
    total: money(line.totalMinor),
    total_tax: money(line.totalTaxMinor),
    taxes: taxEntries(line.vat, money(line.totalTaxMinor), money(line.subtotalTaxMinor)),
    meta_data: [],
    sku: line.sku,
    global_unique_id: '',
    // WooCommerce's one JSON number among its sums: net of one unit, not rounded.
    price: line.quantity === 0 ? 0 : line.totalMinor / 100 / line.quantity,
    image: { id: '', src: '' },
    parent_name: null,
  };
}

export function renderShippingLines(order: WooOrder, money: MoneyFormat): Json[] {
  return order.shippingLines.map((line) => ({
    id: line.id,
    method_title: line.methodTitle,
    method_id: line.methodId,
    instance_id: '1',
    total: money(line.totalMinor),
    total_tax: money(line.totalTaxMinor),
    taxes: taxEntries(line.vat, money(line.totalTaxMinor), ''),
    tax_status: 'taxable',
    meta_data: [],
  }));
}

export function renderFeeLines(order: WooOrder, money: MoneyFormat): Json[] {
  return order.feeLines.map((line) => ({
    id: line.id,
    name: line.name,
    tax_class: taxRateOf(line.vat)?.taxClass ?? '',
    tax_status: 'taxable',
    amount: money(line.totalMinor),
    total: money(line.totalMinor),
    total_tax: money(line.totalTaxMinor),
    taxes: taxEntries(line.vat, money(line.totalTaxMinor), ''),
    meta_data: [],
  }));
}

export function renderCouponLines(order: WooOrder, money: MoneyFormat): Json[] {
  return order.couponLines.map((line) => ({
    id: line.id,
    code: line.code,
    discount: money(line.discountMinor),
    discount_tax: money(line.discountTaxMinor),
    meta_data: [],
    discount_type: 'percent',
    nominal_amount: 0,
    free_shipping: false,
  }));
}

/** One entry a tax rate, with what it brought on goods and on shipping. */
export function renderTaxLines(order: WooOrder, money: MoneyFormat): Json[] {
  const sums = new Map<TaxRate, { goods: number; shipping: number }>();
  const add = (vat: VatCode, part: 'goods' | 'shipping', minor: number) => {
    const rate = taxRateOf(vat);
    if (rate === null) return;
    const sum = sums.get(rate) ?? { goods: 0, shipping: 0 };
    sum[part] += minor;
    sums.set(rate, sum);
  };
  for (const line of [...order.lines, ...order.feeLines]) add(line.vat, 'goods', line.totalTaxMinor);
  for (const line of order.shippingLines) add(line.vat, 'shipping', line.totalTaxMinor);
  return [...sums].map(([rate, sum]) => ({
    id: order.id * 10 + rate.rateId,
    rate_code: `PL-${rate.label.toUpperCase().replaceAll(' ', '-')}-1`,
    rate_id: rate.rateId,
    label: rate.label,
    compound: false,
    tax_total: money(sum.goods),
    shipping_tax_total: money(sum.shipping),
    rate_percent: rate.percent,
    meta_data: [],
  }));
}

export function taxEntries(vat: VatCode, total: string, subtotal: string): Json[] {
  const rate = taxRateOf(vat);
  return rate === null ? [] : [{ id: rate.rateId, total, subtotal }];
}
