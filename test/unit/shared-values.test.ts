import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { add, Big, money, parseDecimal, roundMoney, subtract, sumByCurrency } from '../../subgraphs/shared/money.ts';
import { formatReference, parseReference } from '../../subgraphs/shared/reference.ts';
import { scalars } from '../../subgraphs/shared/scalars.ts';

test.each([
  ['59', '59.00'],
  ['59.000', '59.00'],
  ['0.12345678', '0.12345678'],
  ['-0.00', '0.00'],
  ['-0.5', '-0.50'],
  ['1e3', '1000.00'],
])('money of %p is written %p', (amount, expected) => {
  expect(money(amount, 'PLN')).toEqual({ amount: expected, currency: 'PLN' });
});

test('a float can never become money', () => {
  // Cast: the compiler forbids it as well; the strict mode is for what slips past it.
  expect(() => money(0.1 as unknown as string, 'PLN')).toThrow();
});

test('rounds half up, the same way on both sides of zero', () => {
  expect(roundMoney(money('1.005', 'PLN')).amount).toBe('1.01');
  expect(roundMoney(money('-1.005', 'PLN')).amount).toBe('-1.01');
});

test('adding and subtracting is exact and undoes itself', () => {
  const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((cents) => new Big(String(cents)).div('100'));
  fc.assert(
    fc.property(amount, amount, (left, right) => {
      const sum = add(money(left, 'PLN'), money(right, 'PLN'));
      expect(subtract(sum, money(right, 'PLN'))).toEqual(money(left, 'PLN'));
    }),
  );
});

test('sums one total per currency, and does not add different ones', () => {
  const values = [money('1.10', 'PLN'), money('2', 'EUR'), money('2.20', 'PLN')];
  expect(sumByCurrency(values)).toEqual([money('2', 'EUR'), money('3.30', 'PLN')]);
  expect(() => add(money('1', 'PLN'), money('1', 'EUR'))).toThrow('PLN and EUR do not add up');
});

test.each([
  ['1 234,50', '1234.5'],
  ['1\u00a0234,50', '1234.5'],
  ['1\u202f234\u202f567,5', '1234567.5'],
  ['59.00', '59'],
  ['59,00', '59'],
  ['0,00', '0'],
  ['1.234,50', '1234.5'],
  ['1,234.50', '1234.5'],
  ['1.234.567', '1234567'],
  ['1,234', '1.234'],
  ['-12,5', '-12.5'],
  ['−12,5', '-12.5'],
  ['+12.5', '12.5'],
  ['1.5e2', '150'],
  ['0.12345678', '0.12345678'],
  [' 7 ', '7'],
  [12, '12'],
])('reads the decimal %p', (text, expected) => {
  expect(parseDecimal(text)).toBe(expected);
});

test.each(['', 'abc', '1,2,3', '1.2.3', '12 3', '1 2', '5 zł', '1e999', '--1', '1'.repeat(41), 0.1, Number.NaN])(
  'refuses %p as a decimal, without quoting it',
  (text) => {
    expect(() => parseDecimal(text)).toThrow('Expected a decimal number');
  },
);

test('references are read back as they were written', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/);
  const remoteId = fc.stringMatching(/^[\x21-\x7e]{1,60}$/);
  fc.assert(
    fc.property(name, name, remoteId, (source, type, id) => {
      expect(parseReference(formatReference(source, type, id))).toEqual({ source, type, remoteId: id });
    }),
  );
});

test.each(['', 'woo', 'woo:order', 'woo:order:', ':order:1', 'Woo:order:1', 'woo:order:1 2', 'woo:order:é'])(
  '%p is no reference',
  (text) => {
    expect(parseReference(text)).toBeNull();
  },
);

test.each([
  ['Decimal', '1234.50', '1234.50'],
  ['Decimal', '0.123456789', '0.12345679'],
  ['Decimal', 12, '12'],
  ['Date', '2028-02-29', '2028-02-29'],
  ['DateTime', '2026-03-29T02:30:00+01:00', '2026-03-29T01:30:00.000Z'],
  ['DateTime', '2026-03-29T01:30Z', '2026-03-29T01:30:00.000Z'],
  ['CountryCode', 'PL', 'PL'],
  ['CurrencyCode', 'PLN', 'PLN'],
  ['EmailAddress', ' Anna@Firma.PL ', 'anna@firma.pl'],
  ['PhoneNumber', '600 100 200', '+48600100200'],
])('%s accepts %p', (name, value, expected) => {
  expect(scalars[name]!.parseValue(value)).toBe(expected);
});

test.each([
  ['Decimal', 0.1],
  ['Decimal', '1,5'],
  ['Decimal', '1e5'],
  ['Decimal', ''],
  ['Date', '2026-02-30'],
  ['Date', '2026-2-3'],
  ['Date', '2026-02-03T00:00:00Z'],
  ['DateTime', '2026-02-03T10:00:00'],
  ['DateTime', '2026-02-30T10:00:00Z'],
  ['DateTime', '2026-02-03T25:00:00Z'],
  ['DateTime', 1770112800],
  ['CountryCode', 'pl'],
  ['CurrencyCode', 'zł'],
  ['EmailAddress', 'anna'],
  ['PhoneNumber', '12'],
])('%s refuses %p', (name, value) => {
  expect(() => scalars[name]!.parseValue(value)).toThrow(`${name} must be`);
});

test('an instant leaves as UTC text, from a Date as from an offset', () => {
  expect(scalars.DateTime!.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  expect(scalars.DateTime!.serialize('1970-01-01T01:00:00+01:00')).toBe('1970-01-01T00:00:00.000Z');
});
