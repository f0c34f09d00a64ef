import { Big, type Money, money, sumByCurrency } from '../shared/money.ts';
import type { Invoice, InvoiceLine, VatBreakdown, VatMethod } from './model.ts';

/**
 * Net and tax by rate, out of the lines. Lines are rounded one by one, documents not always: so of the three lawful ways
 * to round, the one that comes to the document's own sums is taken.
 */
export function toVatBreakdown({ lines, totals, vatMethod, currency }: Invoice): VatBreakdown[] {
  const byRate = [...Map.groupBy(lines, ({ vatRate }) => vatRate.code).values()];
  const methods: readonly VatMethod[] = vatMethod ? [vatMethod, ...METHODS] : METHODS;
  const ways = methods.map((method) => byRate.map((group) => sumOfRate(group, method, currency)));
  const fits = (breakdown: readonly VatBreakdown[]) =>
    (['net', 'vat', 'gross'] as const).every((part) => {
      const sum = breakdown.reduce((total, rate) => total.plus(rate[part].amount), new Big('0'));
      return sum.eq(totals[part].amount);
    });
  return ways.find(fits) ?? ways[0] ?? [];
}

const METHODS: readonly VatMethod[] = ['PER_LINE', 'NET_SUM', 'GROSS'];

function sumOfRate(lines: readonly InvoiceLine[], method: VatMethod, currency: string): VatBreakdown {
  const { vatRate } = lines[0]!;
  const sum = (part: 'net' | 'vat' | 'gross') =>
    sumOf(
      lines.map((line) => line[part]),
      currency,
    );
  const percent = new Big(vatRate.percent ?? '0');
  if (method === 'NET_SUM') {
    const net = sum('net');
    const vat = new Big(net.amount).times(percent).div('100').round(2);
    return { vatRate, net, vat: money(vat, currency), gross: money(vat.plus(net.amount), currency) };
  }
  if (method === 'GROSS') {
    const gross = sum('gross');
    const vat = new Big(gross.amount).times(percent).div(percent.plus('100')).round(2);
    return { vatRate, gross, vat: money(vat, currency), net: money(new Big(gross.amount).minus(vat), currency) };
  }
  return { vatRate, net: sum('net'), vat: sum('vat'), gross: sum('gross') };
}

function sumOf(values: readonly Money[], currency: string): Money {
  return sumByCurrency(values)[0] ?? money('0', currency);
}
