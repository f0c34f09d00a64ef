import { expect, test } from '@jest/globals';
import { dayFromText } from '../../sandbox/data/calendar.ts';
import { createDice } from '../../sandbox/data/dice.ts';
import { exchangeRate } from '../../sandbox/data/exchange-rates.ts';
import { crc8, makeKsefNumber } from '../../sandbox/data/ksef-number.ts';
import { checkDigit, createNips, misspellNip } from '../../sandbox/data/nip.ts';
import { makeVatNumber } from '../../sandbox/data/vat-numbers.ts';
import { parseTaxId } from '../../subgraphs/shared/normalise.ts';

test('makes NIPs that are valid, in the form that KSeF takes, and none twice', () => {
  const next = createNips(1);
  const nips = Array.from({ length: 5000 }, next);
  expect(nips.filter((nip) => parseTaxId(nip)?.valid !== true)).toEqual([]);
  expect(new Set(nips).size).toBe(nips.length);
});

test('knows beginnings that no NIP has', () => {
  expect(checkDigit('525244576')).toBe(7);
  expect(checkDigit('111000002')).toBeNull();
});

test('mistypes a NIP so that it is none', () => {
  const next = createNips(3);
  const wrong = Array.from({ length: 500 }, () => misspellNip(next()));
  expect(wrong.filter((nip) => parseTaxId(nip)?.valid !== false)).toEqual([]);
});

test('makes VAT ids of other countries that are valid there', () => {
  const dice = createDice(1, 'test');
  for (const country of ['DE', 'CZ', 'SK'] as const) {
    const numbers = Array.from({ length: 500 }, () => makeVatNumber(country, dice));
    expect(
      numbers.map((number) => parseTaxId(number)).filter((taxId) => !taxId?.valid || taxId.country !== country),
    ).toEqual([]);
  }
});

test('sums KSeF numbers up as the ministry’s example', () => {
  expect(crc8('5265877635-20250826-0100001AF629')).toBe(0xaf);
  const number = makeKsefNumber('5265877635', '2026-04-01', createDice(1, 'test'));
  expect(number).toMatch(/^5265877635-20260401-[0-9A-F]{12}-[0-9A-F]{2}$/);
});

test('exchanges at the rate of the last working day before, in a table numbered by working days', () => {
  // 2 November 2026 is a Monday.
  const { rate, note } = exchangeRate('EUR', dayFromText('2026-11-02'));
  expect(note).toBe('Tabela nr 212/A/NBP/2026 z dnia 2026-10-30');
  expect(rate).toBeGreaterThan(41_000);
  expect(rate).toBeLessThan(44_000);
  expect(exchangeRate('CZK', dayFromText('2026-01-02')).note).toMatch(
    /^Tabela nr \d{3}\/A\/NBP\/2025 z dnia 2025-12-31$/,
  );
});
