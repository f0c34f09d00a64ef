import { expect, test } from '@jest/globals';
import { maskEmail, maskEvidence, maskNumber, toInitials } from '../../subgraphs/identity/masking.ts';
import { coreOfCompanyName, isMaybeSameCompany, isSamePerson } from '../../subgraphs/identity/names.ts';
import { isMaskedEmail, isPlaceholderEmail, isUsablePhone, isUsableTaxKey } from '../../subgraphs/identity/usable.ts';

test('masks show the first letter of a mailbox, the last three characters of a number', () => {
  expect(maskEmail('anna.nowak@firma.pl')).toBe('a***@firma.pl');
  expect(maskEmail('ż@firma.pl')).toBe('ż***@firma.pl');
  expect(maskNumber('+48600100200')).toBe('***200');
  const judgement = { from: 'a:b:1', to: 'a:b:2', reason: null };
  expect(maskEvidence({ ...judgement, rule: 'TAX_ID', evidence: 'PL5252445767' })).toBe('***767');
  expect(maskEvidence({ ...judgement, rule: 'EXTERNAL_ID', evidence: 'woo:customer:12' })).toBe('woo:customer:12');
});

test('a number so short that its end would tell it all is hidden whole', () => {
  expect(maskNumber('1234')).toBe('***');
});

test.each([
  ['Anna', 'Nowak', 'A. N.'],
  ['łucja', null, 'Ł.'],
  [' ', null, null],
])('initials of %s %s are %s', (first, last, initials) => {
  expect(toInitials(first, last)).toBe(initials);
});

test.each([
  ['anna wisniewska', 'anna wisniewska', true],
  ['anna wisniewska', 'anna wisnewska', true],
  ['jan kowalski', 'jan kowalska', false],
  ['kamil nowak', 'kamila nowak', false],
  ['jan lis', 'jon lis', false],
  ['maria kowalska', 'marian kowalski', false],
  ['anna maria nowak', 'anna nowak', false],
])('%s and %s: one person is %s', (left, right, isSame) => {
  expect(isSamePerson(left, right)).toBe(isSame);
});

test.each([
  ['Palarnia Kawy Sp. z o.o.', 'PALARNIA KAWY SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ', true],
  ['Firma Handlowa Lis', 'Firma Handlowa Kos', false],
  ['PHU', 'Kos', true],
])('%s and %s: maybe one company is %s', (left, right, isSame) => {
  expect(isMaybeSameCompany(left, right)).toBe(isSame);
});

test.each([
  ['Lux-Went Sp. z o.o.', 'lux-went'],
  ['BUD TEX SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ', 'bud tex'],
  ['„Żuraw” S.A.', 'żuraw'],
  ['P.H.U. Kos s.c.', null],
  ['PHU Kosmos Jan Kos s.c.', 'kosmos jan kos'],
  ['Sadowski', 'sadowski'],
  ['Mleczarska Spółdzielnia', 'mleczarska spółdzielnia'],
  ['Hurt Sp. j.', 'hurt'],
  ['', null],
  [null, null],
])('of %s every spelling holds %s', (name, core) => {
  expect(coreOfCompanyName(name)).toBe(core);
});

test.each(['brak@brak.pl', 'noreply@firma.pl', 'a@example.com', 'test1@firma.pl', 'nie.ma@dom.pl'])(
  '%s is a placeholder',
  (email) => {
    expect(isPlaceholderEmail(email)).toBe(true);
  },
);

test.each(['anna@firma.pl', 'testowy@firma.pl', 'abramowicz@firma.pl', 'anna@brakowiec.pl'])('%s is none', (email) => {
  expect([isPlaceholderEmail(email), isMaskedEmail(email)]).toEqual([false, false]);
});

test('a marketplace’s address is masked', () => {
  expect(isMaskedEmail('hamu7+17454f@allegromail.pl')).toBe(true);
  expect(isMaskedEmail('abc@marketplace.amazon.de')).toBe(true);
});

test.each(['+48600000000', '+48111111111', '+48123456789'])('%s is typed, not owned', (phone) => {
  expect(isUsablePhone(phone)).toBe(false);
});

test('tax ids that anybody types identify nobody', () => {
  expect(['PL1111111111', 'PL1234563218', 'PL5252445767', 'DE1111111111'].map(isUsableTaxKey)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
