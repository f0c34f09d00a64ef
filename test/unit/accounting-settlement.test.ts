import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bucketOf, daysLate, lateness } from '../../subgraphs/accounting/aging.ts';
import { indexCorrections } from '../../subgraphs/accounting/corrections.ts';
import { toReceivables } from '../../subgraphs/accounting/receivables.ts';
import { settle, settleOrphan } from '../../subgraphs/accounting/settlement.ts';
import { correction, invoice } from './accounting-fixture.ts';

const TODAY = '2026-11-02';

test('an unpaid, a partly paid, a paid and an overpaid invoice', () => {
  const of = (paid: string) => settle(invoice(1, { paid }), []);
  expect(of('0')).toEqual({
    paymentStatus: 'UNPAID',
    balance: { amount: '100.00', currency: 'PLN' },
    open: [{ dueDate: '2026-10-23', amount: { amount: '100.00', currency: 'PLN' } }],
  });
  expect(of('99.99')).toMatchObject({ paymentStatus: 'PARTIALLY_PAID', balance: { amount: '0.01' } });
  expect(of('100')).toMatchObject({ paymentStatus: 'PAID', balance: { amount: '0.00' }, open: [] });
  expect(of('100.01')).toMatchObject({ paymentStatus: 'OVERPAID', balance: { amount: '-0.01' }, open: [] });
});

test('corrections count into what they correct, corrections of corrections too', () => {
  const documents = [correction(2, 1, { gross: '-30' }), correction(3, 2, { gross: '10' }), correction(4, 9)];
  const corrections = indexCorrections(documents)(invoice(1));
  expect(corrections.map(({ id }) => id)).toEqual(['fakturownia:invoice:2', 'fakturownia:invoice:3']);
  expect(settle(invoice(1), corrections).balance?.amount).toBe('80.00');
  expect(settle(invoice(1, { paid: '80' }), corrections).paymentStatus).toBe('PAID');
});

test('two corrections that correct each other end', () => {
  const circle = [correction(2, 3), correction(3, 2), correction(4, 4)];
  expect(indexCorrections(circle)(circle[0]!).map(({ id }) => id)).toEqual(['fakturownia:invoice:3']);
  expect(indexCorrections(circle)(circle[2]!)).toEqual([]);
});

test('settled by a correction to nothing is paid; with the money given back, refunded', () => {
  expect(settle(invoice(1), [correction(2, 1, { gross: '-100' })])).toMatchObject({ paymentStatus: 'PAID', open: [] });
  const paid = invoice(1, { paid: '100' });
  expect(settle(paid, [correction(2, 1, { gross: '-100' })])).toMatchObject({
    paymentStatus: 'OVERPAID',
    balance: { amount: '-100.00' },
  });
  expect(settle(paid, [correction(2, 1, { gross: '-100', paid: '-100' })])).toMatchObject({
    paymentStatus: 'REFUNDED',
    balance: { amount: '0.00' },
  });
  expect(settle(paid, [correction(2, 1, { gross: '-20', paid: '-20' })]).paymentStatus).toBe('PAID');
});

test('a cancelled document owes nothing, and a cancelled correction changes nothing', () => {
  expect(settle(invoice(1, { status: 'CANCELLED' }), [])).toEqual({
    paymentStatus: 'NOT_APPLICABLE',
    balance: { amount: '0.00', currency: 'PLN' },
    open: [],
  });
  const cancelled = correction(2, 1, { gross: '-30', status: 'CANCELLED' });
  expect(settle(invoice(1), [cancelled]).balance?.amount).toBe('100.00');
});

test('proformas, receipts and simplified invoices are never a debt; corrections are none of their own', () => {
  for (const kind of ['PROFORMA', 'RECEIPT', 'SIMPLIFIED'] as const) {
    expect(settle(invoice(1, { kind }), [])).toMatchObject({
      paymentStatus: 'NOT_APPLICABLE',
      balance: { amount: '0.00' },
      open: [],
    });
  }
  expect(settle(invoice(1, { kind: 'RECEIPT', paid: '100' }), [])).toMatchObject({ paymentStatus: 'PAID', open: [] });
  expect(settle(invoice(1, { kind: 'PROFORMA', paid: '100' }), []).paymentStatus).toBe('NOT_APPLICABLE');
  expect(settle(correction(2, 1, { gross: '50' }), []).open).toEqual([]);
});

test('advances and final invoices are debts each, as each bears its own sum; of other kinds nothing is told', () => {
  expect(settle(invoice(1, { kind: 'ADVANCE' }), []).balance?.amount).toBe('100.00');
  expect(settle(invoice(1, { kind: 'FINAL', paid: '40' }), []).balance?.amount).toBe('60.00');
  expect(settle(invoice(1, { kind: 'INTEREST_NOTE' }), []).paymentStatus).toBe('UNPAID');
  expect(settle(invoice(1, { kind: 'OTHER' }), [])).toEqual({ paymentStatus: null, balance: null, open: [] });
});

test('a correction that adds is due on its own day; what was overpaid settles what is due first', () => {
  const added = correction(2, 1, { gross: '50', dueDate: '2026-12-01' });
  expect(settle(invoice(1, { paid: '100' }), [added]).open).toMatchObject([
    { dueDate: '2026-12-01', amount: { amount: '50.00' } },
  ]);
  expect(settle(invoice(1, { paid: '120' }), [added]).open).toMatchObject([{ amount: { amount: '30.00' } }]);
  const taken = correction(3, 1, { gross: '-30' });
  expect(settle(invoice(1), [added, taken]).open).toMatchObject([
    { dueDate: '2026-10-23', amount: { amount: '70.00' } },
    { dueDate: '2026-12-01', amount: { amount: '50.00' } },
  ]);
});

test('a correction in another currency is not counted against', () => {
  expect(settle(invoice(1), [correction(2, 1, { gross: '-30', currency: 'EUR' })]).balance?.amount).toBe('100.00');
});

test('a correction whose original is not there stands for itself', () => {
  expect(settleOrphan(correction(2, 9, { gross: '50' }), []).balance?.amount).toBe('50.00');
  expect(settleOrphan(correction(2, 9, { gross: '-50' }), []).open).toEqual([]);
});

test('the day it is due is not late; months later it is very late', () => {
  const cases = [
    ['2026-11-02', 0, 'CURRENT'],
    ['2026-11-01', 1, 'D1_30'],
    ['2026-10-03', 30, 'D1_30'],
    ['2026-10-02', 31, 'D31_60'],
    ['2026-09-03', 60, 'D31_60'],
    ['2026-09-02', 61, 'D61_90'],
    ['2026-08-04', 90, 'D61_90'],
    ['2026-08-03', 91, 'D90_PLUS'],
  ] as const;
  for (const [due, days, bucket] of cases) {
    expect([daysLate(due, TODAY), bucketOf(due, TODAY)]).toEqual([days, bucket]);
  }
  // 28 October 2026 is three days after the clocks change.
  expect(daysLate('2026-10-24', '2026-10-28')).toBe(4);
});

test('without a due day it can’t be told whether it is late', () => {
  const undated = settle(invoice(1, { dueDate: null }), []);
  expect(lateness(undated, TODAY)).toBeNull();
  expect(lateness(settle(invoice(1), []), TODAY)).toBe(10);
  expect(lateness(settle(invoice(1, { paid: '100', dueDate: null }), []), TODAY)).toBe(0);
  expect(toReceivables([undated], TODAY)).toMatchObject({
    total: [{ amount: '100.00', currency: 'PLN' }],
    overdue: [],
    aging: [{ bucket: 'CURRENT', amount: { amount: '100.00' } }],
    worstBucket: 'CURRENT',
    oldestDueDate: null,
    openInvoiceCount: 1,
  });
});

test('sums by currency and bucket; an overpayment hides no other debt', () => {
  const settlements = [
    settle(invoice(1, { paid: '500' }), []),
    settle(invoice(2), []),
    settle(invoice(3, { dueDate: '2026-12-01', gross: '0.10' }), []),
    settle(invoice(4, { dueDate: '2026-12-01', gross: '0.20' }), []),
    settle(invoice(5, { currency: 'EUR', dueDate: '2026-01-01', gross: '7' }), []),
  ];
  expect(toReceivables(settlements, TODAY)).toEqual({
    asOf: TODAY,
    total: [
      { amount: '7.00', currency: 'EUR' },
      { amount: '100.30', currency: 'PLN' },
    ],
    overdue: [
      { amount: '7.00', currency: 'EUR' },
      { amount: '100.00', currency: 'PLN' },
    ],
    aging: [
      { bucket: 'CURRENT', amount: { amount: '0.30', currency: 'PLN' } },
      { bucket: 'D1_30', amount: { amount: '100.00', currency: 'PLN' } },
      { bucket: 'D90_PLUS', amount: { amount: '7.00', currency: 'EUR' } },
    ],
    worstBucket: 'D90_PLUS',
    oldestDueDate: '2026-01-01',
    openInvoiceCount: 4,
  });
  expect(toReceivables([], TODAY)).toEqual({
    asOf: TODAY,
    total: [],
    overdue: [],
    aging: [],
    worstBucket: null,
    oldestDueDate: null,
    openInvoiceCount: 0,
  });
});

test('whatever the corrections: what is open is the balance, and never negative', () => {
  const amount = fc.integer({ min: -50_000, max: 50_000 }).map((minor) => (minor / 100).toFixed(2));
  const dueDate = fc.constantFrom(null, '2026-09-01', '2026-10-23', '2026-12-01');
  const part = fc.record({ gross: amount, paid: amount, dueDate });
  fc.assert(
    fc.property(part, fc.array(part, { maxLength: 5 }), (root, others) => {
      const corrections = others.map((values, index) => correction(index + 2, 1, values));
      const { balance, open } = settle(invoice(1, root), corrections);
      const minor = (text: string) => Math.round(Number(text) * 100);
      const sum = open.reduce((total, one) => total + minor(one.amount.amount), 0);
      expect(open.every((one) => minor(one.amount.amount) > 0)).toBe(true);
      expect(sum).toBe(Math.max(0, minor(balance!.amount)));
    }),
  );
});
