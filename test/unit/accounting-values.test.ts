import { expect, test } from '@jest/globals';
import { parseKsefNumber } from '../../subgraphs/accounting/ksef-number.ts';
import { orderNumberKey, orderNumbersIn, splitOrderNumbers } from '../../subgraphs/accounting/order-numbers.ts';
import { toVatBreakdown } from '../../subgraphs/accounting/vat-breakdown.ts';
import { money } from '../../subgraphs/shared/money.ts';
import { invoice, line } from './accounting-fixture.ts';

test('a KSeF number has its checksum, in either length and from sellers without NIP', () => {
  // The example of the ministry's documentation.
  expect(parseKsefNumber('5265877635-20250826-0100001AF629-AF')).toEqual({
    text: '5265877635-20250826-0100001AF629-AF',
    acceptedOn: '2025-08-26',
  });
  expect(parseKsefNumber(' 5265877635-20250826-0100001af629-af ')?.acceptedOn).toBe('2025-08-26');
  expect(parseKsefNumber('5265877635-20250826-0100001AF629-AE')).toBeNull();
  expect(parseKsefNumber('5265877635-20250826-0100001AF62-AF')).toBeNull();
  expect(parseKsefNumber('5252445767-20260201-ABC123DEF456')).toBeNull();
  expect(parseKsefNumber('')).toBeNull();
});

test('order numbers in their own field', () => {
  expect(splitOrderNumbers('1001')).toEqual(['1001']);
  expect(splitOrderNumbers(' #1001 ')).toEqual(['#1001']);
  expect(splitOrderNumbers('1001, 1002;1003,1001')).toEqual(['1001', '1002', '1003']);
  expect(splitOrderNumbers('zamowienie10021')).toEqual(['zamowienie10021']);
  expect(splitOrderNumbers(null)).toEqual([]);
  expect(orderNumberKey('# WEB-12')).toBe('web-12');
});

test('order numbers in a remark', () => {
  const cases: [string, string[]][] = [
    ['Zamówienie nr 1001', ['1001']],
    ['zamowienie numer: 1001.', ['1001']],
    ['Nr zamówienia 1001, dziękujemy', ['1001']],
    ['Dotyczy zam. #1001', ['#1001']],
    ['Zamówienia: 1001, 1002 i 1003', ['1001', '1002', '1003']],
    ['Order no. WEB-1001', ['WEB-1001']],
    ['Zamówienie nr 2026/10/17', ['2026/10/17']],
    ['Zamówienie z dnia 2026-10-01', []],
    ['Zamówienie telefoniczne', []],
    ['Faktura 1001', []],
    ['', []],
  ];
  for (const [text, numbers] of cases) expect([text, orderNumbersIn(text)]).toEqual([text, numbers]);
});

test('a remark of any length is read in no time', () => {
  expect(orderNumbersIn(`zamówienie${' '.repeat(50_000)}x`)).toEqual([]);
  expect(orderNumbersIn(`zamówienie ${'1 i '.repeat(20_000)}`)).toHaveLength(1);
});

test('net and tax by rate come to the document’s own sums, whichever way it rounds', () => {
  // Seven times 0.99 net at 23 %: 1.61 by line, 1.59 by the sum.
  const lines = Array.from({ length: 7 }, () => line('23', '0.99', '0.23', '1.22'));
  const totals = (vat: string, gross: string) => ({
    net: money('6.93', 'PLN'),
    vat: money(vat, 'PLN'),
    gross: money(gross, 'PLN'),
    paid: money('0', 'PLN'),
  });
  const vatOf = (vat: string, gross: string) =>
    toVatBreakdown({ ...invoice(1, { lines }), totals: totals(vat, gross) }).map((rate) => rate.vat.amount);
  expect(vatOf('1.61', '8.54')).toEqual(['1.61']);
  expect(vatOf('1.59', '8.52')).toEqual(['1.59']);
  // Neither way: the lines themselves.
  expect(vatOf('9.99', '16.92')).toEqual(['1.61']);
});

test('rates stay apart, and what is exempt has no tax', () => {
  const lines = [line('23', '100', '23', '123'), line('zw', '50', '0', '50'), line('23', '1', '0.23', '1.23')];
  expect(toVatBreakdown(invoice(1, { lines }))).toEqual([
    {
      vatRate: expect.objectContaining({ code: '23' }),
      net: money('101', 'PLN'),
      vat: money('23.23', 'PLN'),
      gross: money('124.23', 'PLN'),
    },
    {
      vatRate: expect.objectContaining({ code: 'zw' }),
      net: money('50', 'PLN'),
      vat: money('0', 'PLN'),
      gross: money('50', 'PLN'),
    },
  ]);
  expect(toVatBreakdown(invoice(1))).toEqual([]);
});
