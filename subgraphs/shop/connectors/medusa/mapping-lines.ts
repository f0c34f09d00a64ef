import { Big, type Money, money, parseDecimal, roundMoney } from '../../../shared/money.ts';
import type { OrderLine, VatRate } from '../../model.ts';
import type { FullMedusaConfig } from './config.ts';
import type { ItemPayload, OrderPayload } from './payloads.ts';

/** Unit prices and line sums have at most eight decimals, as on a Polish structured invoice. */
const DECIMALS = 8;

type Amount = InstanceType<typeof Big>;

/** A line's sums as they were ordered. */
export interface LineSums {
  net: Amount;
  vat: Amount;
  /** Without tax. */
  discount: Amount;
}

export function decimal(value: string | number): Amount {
  return new Big(parseDecimal(value));
}

/** Sums are exact to many decimals; money that changes hands has two. */
export function toPayment(amount: string | number, currency: string): Money {
  return roundMoney(money(decimal(amount), currency));
}

/**
 * Medusa takes goods that came back out of a line's sums, down to nothing: an order of 430.24 becomes one of 368.75.
 * What the customer was asked for then has to be worked out again from price, discounts and rates.
 */
export function toLineSums(item: ItemPayload): LineSums {
  if (!hasReturned(item)) {
    const vat = decimal(item.tax_total);
    return { net: decimal(item.total).minus(vat), vat, discount: decimal(item.discount_subtotal) };
  }
  const rate = item.tax_lines.reduce((sum, line) => sum.plus(decimal(line.rate)), new Big('0')).div('100');
  const withoutTax = (value: Amount, isInclusive: boolean) => (isInclusive ? value.div(rate.plus('1')) : value);
  const listed = withoutTax(decimal(item.unit_price).times(decimal(item.quantity)), item.is_tax_inclusive);
  const discount = item.adjustments.reduce(
    (sum, one) => sum.plus(withoutTax(decimal(one.amount), one.is_tax_inclusive ?? false)),
    new Big('0'),
  );
  const net = listed.minus(discount).round(DECIMALS);
  return { net, vat: net.times(rate).round(DECIMALS), discount: discount.round(DECIMALS) };
}

/** What `toLineSums` puts back of one line's total with tax. */
export function missingGross(item: ItemPayload): Amount {
  const { net, vat } = toLineSums(item);
  return net.plus(vat).minus(decimal(item.total));
}

export function isWhollyReturned(items: readonly ItemPayload[]): boolean {
  const isBack = ({ quantity, detail }: ItemPayload) => decimal(detail.return_received_quantity).gte(decimal(quantity));
  return items.length > 0 && items.every(isBack);
}

export function toLine(item: ItemPayload, order: OrderPayload, config: FullMedusaConfig): OrderLine {
  const currency = order.currency_code.toUpperCase();
  const { net, vat, discount } = toLineSums(item);
  const gross = net.plus(vat);
  const quantity = decimal(item.quantity);
  const perUnit = (sum: Amount) =>
    quantity.eq('0') ? null : money(sum.div(quantity).round(DECIMALS), currency).amount;
  return {
    id: item.id,
    sku: item.variant_sku,
    name: [item.title, item.subtitle].filter(Boolean).join(' – '),
    quantity: quantity.toFixed(),
    unitPriceNet: perUnit(net),
    unitPriceGross: perUnit(gross),
    discount: money(discount, currency),
    vatRate: toVatRate(item, order, config),
    net: money(net, currency),
    vat: money(vat, currency),
    gross: money(gross, currency),
  };
}

function hasReturned({ detail }: ItemPayload): boolean {
  const { return_received_quantity, return_dismissed_quantity, written_off_quantity } = detail;
  return [return_received_quantity, return_dismissed_quantity, written_off_quantity].some((one) =>
    decimal(one).gt('0'),
  );
}

/** Codes are the shop's own; the rate's country is that of the delivery. Two rates on one line are no single rate. */
function toVatRate(item: ItemPayload, order: OrderPayload, { homeCountry }: FullMedusaConfig): VatRate | null {
  const [line, another] = item.tax_lines;
  if (!line || another) return null;
  const percent = decimal(line.rate).toFixed();
  const country = (order.shipping_address ?? order.billing_address)?.country_code?.toUpperCase() ?? null;
  const words = `${line.code ?? ''} ${line.description ?? ''}`;
  if (/\bzw\b/i.test(words)) return { code: 'zw', kind: 'EXEMPT', percent: null, country };
  if (percent === '0') return { code: '0', kind: country === homeCountry ? 'ZERO' : 'OTHER', percent, country };
  return {
    code: percent,
    kind: country === homeCountry || country === null ? 'STANDARD' : 'FOREIGN',
    percent,
    country,
  };
}
