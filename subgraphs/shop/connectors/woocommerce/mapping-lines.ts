import { add, Big, type Money, money, parseDecimal, subtract } from '../../../shared/money.ts';
import type { DiscountApplication, OrderLine, VatRate, VatRateKind } from '../../model.ts';
import { toAmount } from './amounts.ts';
import type { FullWoocommerceConfig } from './config.ts';
import type { LinePayload, OrderPayload } from './payloads.ts';

/** Unit prices have at most eight decimals, as on a Polish structured invoice. */
const UNIT_DECIMALS = 8;

type Taxes = Pick<OrderPayload, 'tax_lines' | 'currency'>;

export function toLine(line: LinePayload, order: Taxes, config: FullWoocommerceConfig): OrderLine {
  const sum = (value: string | number): Money => money(toAmount(value), order.currency);
  const [net, vat, before] = [sum(line.total), sum(line.total_tax), sum(line.subtotal)];
  const gross = add(net, vat);
  const quantity = parseDecimal(line.quantity);
  return {
    id: String(line.id),
    sku: line.sku || null,
    name: line.name,
    quantity,
    unitPriceNet: line.price == null ? unitPrice(net, quantity) : toUnit(parseDecimal(line.price)),
    unitPriceGross: unitPrice(gross, quantity),
    discount: subtract(before, net),
    vatRate: toVatRate(line, order, config),
    net,
    vat,
    gross,
  };
}

export function toDiscount(coupon: OrderPayload['coupon_lines'][number], currency: string): DiscountApplication {
  const amount = money(toAmount(coupon.discount), currency);
  return { code: coupon.code || null, description: null, amount };
}

function unitPrice(total: Money, quantity: string): string | null {
  const count = new Big(quantity);
  return count.eq('0') ? null : toUnit(new Big(total.amount).div(count).toFixed(UNIT_DECIMALS));
}

function toUnit(amount: string): string {
  return money(new Big(amount).round(UNIT_DECIMALS), 'XXX').amount;
}

/** The rate stands in the order's tax lines; a line names it by id. Two rates on one line are no single rate. */
function toVatRate(line: LinePayload, { tax_lines }: Taxes, { homeCountry }: FullWoocommerceConfig): VatRate | null {
  const applied = line.taxes.filter(({ total }) => total !== '');
  const rate = tax_lines.find(({ rate_id }) => String(rate_id) === String(applied[0]?.id));
  if (applied.length !== 1 || rate?.rate_percent == null) return null;
  const percent = new Big(parseDecimal(rate.rate_percent));
  // The code begins with the country of the rate, or with a hyphen for a rate of every country.
  const country = /^([A-Z]{2})-/.exec(rate.rate_code)?.[1] ?? null;
  if (percent.eq('0')) return { ...zeroRate(rate.label), country };
  const isForeign = country !== null && country !== homeCountry;
  return { code: percent.toFixed(), kind: isForeign ? 'FOREIGN' : 'STANDARD', percent: percent.toFixed(), country };
}

/** WooCommerce knows only 0 %: what kind of nothing it is stands in the label that the shop gave the rate. */
const ZERO_LABELS: readonly (readonly [RegExp, string, VatRateKind])[] = [
  [/\bzw\b/i, 'zw', 'EXEMPT'],
  [/\bnp\s*II\b/i, 'np II', 'OUTSIDE_SCOPE_EU'],
  [/\bnp\b/i, 'np I', 'OUTSIDE_SCOPE'],
  [/\boo\b|odwrotne/i, 'oo', 'REVERSE_CHARGE'],
  [/\bwdt\b/i, '0 WDT', 'INTRA_COMMUNITY'],
  [/\b(ex|eksport|export)\b/i, '0 EX', 'EXPORT'],
];

function zeroRate(label: string): Omit<VatRate, 'country'> {
  const found = ZERO_LABELS.find(([pattern]) => pattern.test(label));
  if (!found) return { code: '0', kind: 'ZERO', percent: '0' };
  const [, code, kind] = found;
  // zw, np and oo are not 0 %.
  return { code, kind, percent: code.startsWith('0') ? '0' : null };
}
