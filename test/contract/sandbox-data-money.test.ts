import { expect, test } from '@jest/globals';
import { createClock } from '../../common/clock.ts';
import { createDataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import { Big } from '../../subgraphs/shared/money.ts';
import { parseTaxId } from '../../subgraphs/shared/normalise.ts';
import { factsOf } from './sandbox-data-facts.ts';

const dataset = createDataset({ asOf: DEFAULT_AS_OF });
const { woo, fakturownia } = dataset;
const facts = factsOf(dataset);
const clock = createClock({ asOf: DEFAULT_AS_OF });

const sum = <T>(list: readonly T[], of: (item: T) => number) => list.reduce((total, item) => total + of(item), 0);

function labelled(kind: string): ReadonlySet<string> {
  const discrepancies = dataset.truth().discrepancies.filter((discrepancy) => discrepancy.kind === kind);
  return new Set(discrepancies.flatMap(({ references }) => references));
}

/** Half up to the grosz, with decimals and not with floats. */
function taxOf(netMinor: number, vat: string): number {
  if (!/^\d+$/.test(vat)) return 0;
  const tax = new Big(String(netMinor)).times(vat).div('100').round(0).toFixed();
  return tax === '-0' ? 0 : Number(tax);
}

test('taxes every line of an order and adds it up', () => {
  const wrong = facts.orders.filter((order) => {
    const { lines, shippingLines, couponLines, totalMinor, totalTaxMinor, discountMinor, shippingMinor } = order;
    const all = [...lines, ...shippingLines];
    const taxes = sum(all, (line) => line.totalTaxMinor);
    return !(
      all.every((line) => line.totalTaxMinor === taxOf(line.totalMinor, line.vat)) &&
      totalTaxMinor === taxes &&
      totalMinor === sum(all, (line) => line.totalMinor) + taxes &&
      shippingMinor === sum(shippingLines, (line) => line.totalMinor) &&
      discountMinor === sum(lines, (line) => line.subtotalMinor - line.totalMinor) &&
      discountMinor === sum(couponLines, (coupon) => coupon.discountMinor)
    );
  });
  expect(wrong).toEqual([]);
});

test('gives back no more than was paid, and names the lines that came back', () => {
  for (const refund of woo.refunds.values()) {
    const order = woo.orders.get(refund.orderId)!;
    expect(order.refundIds).toContain(refund.id);
    expect(refund.amountMinor).toBeLessThanOrEqual(order.totalMinor);
    expect(refund.createdAt).toBeGreaterThan(order.paidAt!);
    for (const line of refund.lines) {
      const ordered = order.lines.find(({ id }) => id === line.orderLineId)!;
      expect(line.quantity).toBeLessThanOrEqual(ordered.quantity);
      expect(line.totalMinor).toBeLessThanOrEqual(ordered.totalMinor);
    }
    expect(order.status === 'refunded').toBe(refund.amountMinor === order.totalMinor);
  }
});

test('adds up every document, and taxes its positions line by line', () => {
  const otherwise = labelled('INVOICE_VAT_MISMATCH');
  const wrong = facts.invoices.filter((invoice) => {
    const { positions, netMinor, vatMinor, grossMinor, kind, id } = invoice;
    // What several orders had together was taxed in each.
    const isTaxedByPosition =
      kind !== 'correction' && !otherwise.has(`fakturownia:invoice:${id}`) && facts.ordersOf(invoice).length < 2;
    return !(
      sum(positions, (position) => position.netMinor) === netMinor &&
      sum(positions, (position) => position.grossMinor) === grossMinor &&
      netMinor + vatMinor === grossMinor &&
      (!isTaxedByPosition ||
        positions.every(({ netMinor: net, grossMinor: gross, vat }) => gross - net === taxOf(net, vat)))
    );
  });
  expect(wrong).toEqual([]);
});

test('corrects by differences, on from what stood there before', () => {
  const corrections = facts.invoices.filter(({ kind }) => kind === 'correction');
  for (const correction of corrections) {
    const origin = fakturownia.invoices.get(correction.fromInvoiceId!)!;
    expect(origin.createdAt).toBeLessThanOrEqual(correction.createdAt);
    expect(origin.clientId).toBe(correction.clientId);
    expect(correction.correctionReason).not.toBeNull();
    expect(correction.govCorrectedNumber).toBe(origin.govId);
    for (const { before, after, quantity, netMinor, grossMinor, name } of correction.positions) {
      const original = origin.positions.filter((position) => position.name === name);
      const states = original.map((position) => position.after ?? position);
      expect(states.some((state) => state.netMinor === before!.netMinor && state.quantity === before!.quantity)).toBe(
        true,
      );
      expect(quantity).toBe(after!.quantity - before!.quantity);
      expect(netMinor).toBe(after!.netMinor - before!.netMinor);
      expect(grossMinor).toBe(after!.grossMinor - before!.grossMinor);
      expect(after!.grossMinor - after!.netMinor).toBe(taxOf(after!.netMinor, after!.vat));
    }
  }
});

test('books as much as documents say was paid, except what was paid by word alone', () => {
  const twice = labelled('DUPLICATE_INVOICE');
  for (const invoice of facts.invoices) {
    const payments = (fakturownia.paymentsByInvoice.get(invoice.id) ?? []).map((id) => fakturownia.payments.get(id)!);
    const booked = sum(payments, ({ priceMinor }) => priceMinor);
    const isByWord = payments.length === 0 && invoice.status === 'paid';
    if (isByWord) expect(invoice.kind === 'receipt' || twice.has(`fakturownia:invoice:${invoice.id}`)).toBe(true);
    else expect(booked).toBe(invoice.paidMinor);
    for (const payment of payments) {
      expect(payment.currency).toBe(invoice.currency);
      expect(payment.clientId).toBe(invoice.clientId);
      expect(payment.updatedAt).toBeLessThanOrEqual(invoice.updatedAt);
      expect(payment.paidDate <= clock.today()).toBe(true);
    }
  }
});

test('books no money for offers to pay, and no position on two documents', () => {
  const offers = facts.invoices.filter(({ kind }) => kind === 'proforma');
  expect(offers.length).toBeGreaterThan(10);
  expect(offers.every(({ id, paidMinor }) => paidMinor === 0 && !fakturownia.paymentsByInvoice.has(id))).toBe(true);
  const positions = facts.invoices.flatMap((invoice) => invoice.positions.map(({ id }) => id));
  expect(new Set(positions).size).toBe(positions.length);
});

test('dates documents in Warsaw, in the order of their numbers', () => {
  const series = new Map<string, string[]>();
  for (const { number, departmentId, issueDate, createdAt } of facts.invoices) {
    expect(issueDate).toBe(clock.dateOf(new Date(createdAt)));
    const [prefix, , month, year] = number.split('/');
    expect(`${year}-${month}`).toBe(issueDate.slice(0, 7));
    const name = `${departmentId}/${prefix}/${month}/${year}`;
    series.set(name, [...(series.get(name) ?? []), issueDate]);
  }
  for (const dates of series.values()) expect(dates).toEqual([...dates].sort());
});

test('gives valid KSeF numbers of the seller, each once, of the day of acceptance', () => {
  const numbers = facts.invoices.flatMap((invoice) => (invoice.govId === null ? [] : [invoice]));
  expect(new Set(numbers.map(({ govId }) => govId)).size).toBe(numbers.length);
  for (const { govId, govSentAt, issueDate } of numbers) {
    expect(govId).toMatch(/^9992345674-\d{8}-[0-9A-F]{12}-[0-9A-F]{2}$/);
    expect(Number.parseInt(govId!.slice(-2), 16)).toBe(crc8(govId!.slice(0, 32)));
    const acceptedOn = govId!.slice(11, 19).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
    expect(acceptedOn >= issueDate && acceptedOn >= clock.dateOf(new Date(govSentAt!))).toBe(true);
  }
  expect(parseTaxId('9992345674')!.valid).toBe(true);
});

/** Bit by bit over the polynomial, another way than the generator's. */
function crc8(text: string): number {
  const bits = [...Buffer.from(text, 'latin1')].flatMap((byte) => [...byte.toString(2).padStart(8, '0')].map(Number));
  const register = Array.from({ length: 8 }, () => 0);
  for (const bit of bits) {
    const carry = register.shift()! ^ bit;
    register.push(0);
    for (const position of [5, 6, 7]) register[position]! ^= carry;
  }
  return Number.parseInt(register.join(''), 2);
}

test('tells the tax of foreign documents in złoty, at the rate of the last working day before', () => {
  const foreign = facts.invoices.filter(({ currency }) => currency !== 'PLN');
  for (const { exchangeRate, exchangeNote, vatMinor, vatPlnMinor, sellDate } of foreign) {
    const [, table, day] = /^Tabela nr (\d{3}\/A\/NBP\/\d{4}) z dnia (\d{4}-\d{2}-\d{2})$/.exec(exchangeNote!)!;
    expect(table!.endsWith(day!.slice(0, 4))).toBe(true);
    expect(day! < sellDate).toBe(true);
    expect([0, 6]).not.toContain(new Date(`${day}T12:00:00Z`).getUTCDay());
    expect(vatPlnMinor).toBe(Math.round((vatMinor * exchangeRate!) / 10_000) + 0);
  }
  const domestic = facts.invoices.filter(({ currency }) => currency === 'PLN');
  expect(domestic.every(({ exchangeRate, vatPlnMinor }) => exchangeRate === null && vatPlnMinor === null)).toBe(true);
});
