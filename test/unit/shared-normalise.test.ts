import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normaliseEmail, normalisePhone, parseTaxId, taxIdKey } from '../../subgraphs/shared/normalise.ts';

test.each([
  [' Anna.Nowak@Firma.PL ', 'anna.nowak@firma.pl'],
  ['anna+sklep@firma.pl', 'anna+sklep@firma.pl'],
  ['anna@żółw.pl', 'anna@xn--w-uga1v8h.pl'],
  ['ANNA@XN--W-UGA1V8H.pl', 'anna@xn--w-uga1v8h.pl'],
  ['zo\u0301lw@firma.pl', 'z\u00f3lw@firma.pl'],
  ['anna@firma.pl.', 'anna@firma.pl'],
])('the e-mail %p becomes %p', (raw, expected) => {
  expect(normaliseEmail(raw)).toBe(expected);
});

test.each([
  null,
  undefined,
  '',
  'brak',
  'a@b',
  '@firma.pl',
  'anna@',
  'a b@firma.pl',
  'a@firma.pl,b@firma.pl',
  'a@b@c.pl',
])('%p is no e-mail', (raw) => {
  expect(normaliseEmail(raw)).toBeNull();
});

test('normalising an e-mail twice changes nothing', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (raw) => {
      const once = normaliseEmail(raw);
      expect(normaliseEmail(once)).toBe(once);
    }),
  );
});

test.each([
  ['601 234 567', '+48601234567'],
  ['+48 601-234-567', '+48601234567'],
  ['0048601234567', '+48601234567'],
  ['48601234567', '+48601234567'],
  ['tel. 601234567', '+48601234567'],
  ['(22) 123 45 67', '+48221234567'],
  ['022 123 45 67', '+48221234567'],
  ['(0-22) 123-45-67', '+48221234567'],
  ['+49 30 123456', '+4930123456'],
])('the phone %p becomes %p', (raw, expected) => {
  expect(normalisePhone(raw)).toBe(expected);
});

test.each([null, '', '123', 'brak', '000000000', '601 234 567, 602 345 678'])('%p is no phone', (raw) => {
  expect(normalisePhone(raw)).toBeNull();
});

test.each(['525-244-57-67', 'PL5252445767', '525 244 57 67', 'pl 525-244-57-67', '5252445767', 'PL-5252445767'])(
  '%p is one and the same valid NIP',
  (raw) => {
    expect(parseTaxId(raw)).toEqual({ scheme: 'PL_NIP', country: 'PL', value: '5252445767', unit: null, valid: true });
    expect(taxIdKey(parseTaxId(raw)!)).toBe('PL5252445767');
  },
);

test.each([
  ['0000000000', 'leading zero, though the check sum fits'],
  ['1110000020', 'remainder 10'],
  ['1111111112', 'wrong check digit'],
  ['5002445767', 'second and third digit zero'],
  ['PL525244576', 'nine digits'],
])('%s is no valid NIP: %s', (raw) => {
  const taxId = parseTaxId(raw)!;
  expect(taxId).toMatchObject({ scheme: 'PL_NIP', valid: false });
  expect(taxIdKey(taxId)).toBeNull();
});

test('a NIP with a unit has the unit when its kind says so', () => {
  const expected = { scheme: 'PL_NIP', value: '5252445767', unit: '12345', valid: true };
  expect(parseTaxId('5252445767-12345', 'nip_with_id')).toMatchObject(expected);
  expect(parseTaxId('PL 525-244-57-67-12345', 'nip_with_id')).toMatchObject(expected);
  expect(parseTaxId('5252445767', 'nip_with_id')).toMatchObject({ value: '5252445767', unit: null, valid: true });
  expect(parseTaxId('5252445767-12345')).toMatchObject({ scheme: 'OTHER', valid: false });
});

test.each([
  ['EL094259216', 'GR', '094259216'],
  ['GR 094259216', 'GR', '094259216'],
  ['DE136695976', 'DE', '136695976'],
  ['ATU13585627', 'AT', 'U13585627'],
  ['NL004495445B01', 'NL', '004495445B01'],
  ['XI980780684', 'XI', '980780684'],
])('%p is an EU VAT number of %s', (raw, country, value) => {
  expect(parseTaxId(raw)).toEqual({ scheme: 'EU_VAT', country, value, unit: null, valid: true });
});

test.each(['DE136695977', 'XI980780685'])('%p has the form but not the check digit', (raw) => {
  expect(parseTaxId(raw)).toMatchObject({ scheme: 'EU_VAT', valid: false });
});

test.each(['GB980780684', 'CHE107787577', '12345', '123456789012'])('%p is known, but identifies nobody', (raw) => {
  expect(parseTaxId(raw)).toMatchObject({ scheme: 'OTHER', country: null, valid: false });
});

test.each([null, undefined, '', '-', 'brak', '83010411457'])('%p is no tax id (a PESEL is not to be known)', (raw) => {
  expect(parseTaxId(raw)).toBeNull();
});

test('the spelling of a NIP does not matter', () => {
  const separators = fc.array(fc.constantFrom('', ' ', '-', '.'), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(separators, fc.constantFrom('', 'PL', 'pl '), (between, prefix) => {
      const raw = prefix + [...'5252445767'].map((digit, index) => digit + between[index]!).join('');
      expect(taxIdKey(parseTaxId(raw)!)).toBe('PL5252445767');
    }),
  );
});
