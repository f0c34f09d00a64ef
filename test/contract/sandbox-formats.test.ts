import { expect, test } from '@jest/globals';
import { comparableTaxNumber } from '../../sandbox/data/tax-number.ts';
import { searchablePhone } from '../../sandbox/server/hubspot/searchable-phone.ts';
import { createLocalTime } from '../../sandbox/server/local-time.ts';
import { parsePhpQuery } from '../../sandbox/server/woo/php-query.ts';

const warsaw = createLocalTime('Europe/Warsaw');

test.each([
  ['2026-10-25T00:59:59.000Z', '2026-10-25T02:59:59', '2026-10-25T02:59:59.000+02:00'],
  ['2026-10-25T01:00:00.000Z', '2026-10-25T02:00:00', '2026-10-25T02:00:00.000+01:00'],
  ['2026-03-29T00:59:59.500Z', '2026-03-29T01:59:59', '2026-03-29T01:59:59.500+01:00'],
  ['2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00', '2026-03-29T03:00:00.000+02:00'],
])('%s is %s in Warsaw, also on the night the clocks change', (instant, plain, withOffset) => {
  const instantMs = Date.parse(instant);
  expect([warsaw.plain(instantMs), warsaw.withOffset(instantMs)]).toEqual([plain, withOffset]);
});

test('a plain local time is read back as the instant it stands for', () => {
  expect(warsaw.parse('2026-07-01T12:00:00')).toBe(Date.parse('2026-07-01T10:00:00Z'));
  expect(warsaw.parse('2026-12-01T12:00:00')).toBe(Date.parse('2026-12-01T11:00:00Z'));
  expect(warsaw.parse('noon')).toBeNull();
});

test('a query is read as PHP reads it', () => {
  const query = parsePhpQuery('a=1&a=2&b[]=x&b[]=y&c[1]=z&d=3,4+5&e=%C5%82&f');
  expect([...query.flat]).toEqual([
    ['a', '2'],
    ['b[0]', 'x'],
    ['b[1]', 'y'],
    ['c[1]', 'z'],
    ['d', '3,4 5'],
    ['e', 'ł'],
    ['f', ''],
  ]);
  expect([query.list('b'), query.list('d'), query.list('none')]).toEqual([['x', 'y'], ['3', '4', '5'], null]);
});

test.each([
  ['+48 600 100 200', '600100200'],
  ['0048600100200', '600100200'],
  ['600-100-200', '600100200'],
  ['+49 151 12345678', '4915112345678'],
  ['', null],
  [null, null],
])('the searchable number of %s is %s', (typed, searchable) => {
  expect(searchablePhone(typed)).toBe(searchable);
});

test('tax numbers compare without their marks, units with their hyphen', () => {
  expect(comparableTaxNumber('525-244-57-67')).toBe('5252445767');
  expect(comparableTaxNumber('PL 525 244 57 67')).toBe('PL5252445767');
  expect(comparableTaxNumber('525-244-57-67-12345')).toBe('5252445767-12345');
});
