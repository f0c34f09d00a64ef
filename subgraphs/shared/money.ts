import BigJs, { type Big as BigNumber } from 'big.js';
import { CodedError } from '../../common/errors.ts';

/** Decimal arithmetic in strict mode: a JavaScript number throws, so that no float ever becomes money. */
export const Big = BigJs();
Big.strict = true;
Big.RM = BigJs.roundHalfUp;

export interface Money {
  /** Canonical decimal text: at least two decimals, no further trailing zeros, no exponent. */
  amount: string;
  /** ISO 4217, upper case. */
  currency: string;
}

type Amount = string | BigNumber;

/** Keeps the precision given (unit prices have up to eight decimals). */
export function money(amount: Amount, currency: string): Money {
  return { amount: canonicalAmount(new Big(amount)), currency };
}

/** To the hundredth, half up and symmetric on negatives: the rounding of Polish VAT. */
export function roundMoney(value: Money): Money {
  return money(new Big(value.amount).round(2), value.currency);
}

export function add(left: Money, right: Money): Money {
  return money(new Big(left.amount).plus(sameCurrency(left, right).amount), left.currency);
}

export function subtract(left: Money, right: Money): Money {
  return money(new Big(left.amount).minus(sameCurrency(left, right).amount), left.currency);
}

/** One total per currency, ordered by currency. */
export function sumByCurrency(values: Iterable<Money>): Money[] {
  const totals = new Map<string, BigNumber>();
  for (const { amount, currency } of values) {
    totals.set(currency, (totals.get(currency) ?? new Big('0')).plus(amount));
  }
  return [...totals].sort(([left], [right]) => (left < right ? -1 : 1)).map(([code, total]) => money(total, code));
}

/**
 * Reads what vendors write: "1 234,50", "59.00", "1.234,50", "1,234.50", or a number's text.
 * A single comma is a decimal comma, as in Poland. Numbers are accepted as safe integers only: a float has lost digits.
 */
export function parseDecimal(value: string | number): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : notDecimal();
  const text = value
    .trim()
    .replace('−', '-')
    .replace(/(?<=\d)[\s'](?=\d{3})/g, '');
  const plain = withDecimalPoint(text);
  if (text.length > MAX_DECIMAL_LENGTH || !DECIMAL.test(plain)) return notDecimal();
  // big.js knows no plus sign.
  return new Big(plain.replace(/^\+/, '')).toFixed();
}

const MAX_DECIMAL_LENGTH = 40;
/** The exponent is what JSON numbers may carry; two digits keep the result short. */
const DECIMAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/;

function withDecimalPoint(text: string): string {
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(text) || /^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(text)) {
    return text.replaceAll('.', '').replace(',', '.');
  }
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(text) || /^[+-]?\d{1,3}(,\d{3}){2,}$/.test(text)) {
    return text.replaceAll(',', '');
  }
  return text.replace(',', '.');
}

function notDecimal(): never {
  throw new CodedError('UPSTREAM_BAD_RESPONSE', 'Expected a decimal number');
}

function canonicalAmount(value: BigNumber): string {
  const [whole = '0', fraction = ''] = value.toFixed().split('.');
  const text = `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

function sameCurrency(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new Error(`${left.currency} and ${right.currency} do not add up`);
  return right;
}
