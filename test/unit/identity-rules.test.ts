import { expect, test } from '@jest/globals';
import { toOperatorLinks } from '../../subgraphs/identity/links-file.ts';
import { customersOf, party } from './identity-world.ts';

const PALARNIA = '5252445767';
const HURTOWNIA = '1060000062';
const ANNA = { firstName: 'Anna', lastName: 'Nowak' };

test('an id that one record holds of another links them', async () => {
  const customers = await customersOf([
    party('COMPANY', 7, { externalReferences: ['woo:customer:12', 'fakturownia:client:3'] }),
    party('CUSTOMER', 12),
    party('CLIENT', 3),
    party('CLIENT', 4),
  ]);
  expect(customers).toEqual([
    ['fakturownia:client:3', 'hubspot:company:7', 'woo:customer:12'],
    ['fakturownia:client:4'],
  ]);
});

test('a contact belongs to its only company, and brings its mailbox along', async () => {
  const customers = await customersOf([
    party('COMPANY', 7, { nip: PALARNIA, associations: ['hubspot:contact:1', 'hubspot:contact:2'] }),
    party('CONTACT', 1, { ...ANNA, emails: ['anna@palarnia.pl'], associations: ['hubspot:company:7'] }),
    // At two companies, so at none more than at the other.
    party('CONTACT', 2, { firstName: 'Piotr', lastName: 'Lis', emails: ['piotr@palarnia.pl'] }),
    party('CUSTOMER', 12, { ...ANNA, emails: ['anna@palarnia.pl'] }),
    party('CLIENT', 3, { nip: PALARNIA, emails: ['faktury@palarnia.pl'] }),
  ]);
  expect(customers).toEqual([
    ['fakturownia:client:3', 'hubspot:company:7', 'hubspot:contact:1', 'woo:customer:12'],
    ['hubspot:contact:2'],
  ]);
});

test('equal tax ids link; different units of one do not, and who cannot tell its unit stays apart then', async () => {
  const gmina = party('CLIENT', 1, { nip: PALARNIA, emails: ['szkola@gmina.pl'], findableEmails: [] });
  const school = party('CLIENT', 2, { nip: PALARNIA, unit: '12345' });
  const again = party('COMPANY', 3, { nip: PALARNIA, unit: '12345' });
  const customers = await customersOf([gmina, school, again]);
  expect(customers).toEqual([['fakturownia:client:1'], ['fakturownia:client:2', 'hubspot:company:3']]);
  const unknown = party('COMPANY', 4, { nip: PALARNIA, unitKnown: false });
  expect(await customersOf([gmina, unknown])).toEqual([['fakturownia:client:1', 'hubspot:company:4']]);
  expect(await customersOf([gmina, school, unknown])).toEqual([
    ['fakturownia:client:1'],
    ['fakturownia:client:2'],
    ['hubspot:company:4'],
  ]);
});

test('a mailbox links what uses it alone, however the name is spelt', async () => {
  const customers = await customersOf([
    party('CONTACT', 1, { firstName: 'Łucja', lastName: 'Wiśniewska', emails: ['lucja@dom.pl'] }),
    party('CUSTOMER', 2, { firstName: 'Wisniewska', lastName: 'Lucja', emails: ['lucja@dom.pl'] }),
    party('GUEST', 3, { firstName: 'Łucja', lastName: 'Wiśnewska', emails: ['lucja@dom.pl'] }),
    party('CLIENT', 4, { emails: ['lucja@dom.pl'] }),
  ]);
  expect(customers).toHaveLength(1);
});

test.each([
  [
    'several firms',
    [
      party('CLIENT', 1, { nip: PALARNIA, emails: ['biuro@ksiegowa.pl'] }),
      party('CLIENT', 2, { nip: HURTOWNIA, emails: ['biuro@ksiegowa.pl'] }),
      party('CUSTOMER', 3, { legalName: 'Inna', kind: 'COMPANY', emails: ['biuro@ksiegowa.pl'] }),
    ],
  ],
  [
    'spouses',
    [
      party('CONTACT', 1, { firstName: 'Kamil', lastName: 'Nowak', emails: ['nowak@dom.pl'] }),
      party('CUSTOMER', 2, { firstName: 'Kamila', lastName: 'Nowak', emails: ['nowak@dom.pl'] }),
    ],
  ],
  [
    'a person and a company',
    [
      party('CUSTOMER', 1, { ...ANNA, emails: ['anna@dom.pl'] }),
      party('CLIENT', 2, { nip: PALARNIA, emails: ['anna@dom.pl'] }),
    ],
  ],
  [
    'firms whose names have nothing in common',
    [
      party('CLIENT', 1, { legalName: 'Palarnia Sp. z o.o.', kind: 'COMPANY', emails: ['biuro@poczta.pl'] }),
      party('CLIENT', 2, { legalName: 'Hurtownia Sp. z o.o.', kind: 'COMPANY', emails: ['biuro@poczta.pl'] }),
    ],
  ],
  [
    'a placeholder',
    [party('CONTACT', 1, { emails: ['brak@brak.pl'] }), party('CUSTOMER', 2, { emails: ['brak@brak.pl'] })],
  ],
  [
    'a marketplace',
    [
      party('GUEST', 1, { ...ANNA, emails: ['abc+1@allegromail.pl'] }),
      party('CUSTOMER', 2, { ...ANNA, emails: ['abc+1@allegromail.pl'] }),
    ],
  ],
])('a mailbox of %s never links', async (_, parties) => {
  expect(await customersOf(parties)).toHaveLength(parties.length);
});

test('a contact who orders while the firm is invoiced at the same mailbox is the firm’s', async () => {
  const mailbox = { emails: ['anna@palarnia.pl'] };
  const customers = await customersOf([
    party('COMPANY', 7, { nip: PALARNIA, associations: ['hubspot:contact:1'] }),
    party('CONTACT', 1, { ...ANNA, ...mailbox, associations: ['hubspot:company:7'] }),
    party('CLIENT', 3, { nip: PALARNIA, ...mailbox }),
    party('CUSTOMER', 12, { ...ANNA, ...mailbox }),
  ]);
  expect(customers).toHaveLength(1);
});

test("a sole trader's mailbox: the firm's records are one customer, the private ones another", async () => {
  const mailbox = { emails: ['jan@kowalski.pl'] };
  const jan = { firstName: 'Jan', lastName: 'Kowalski', ...mailbox };
  const customers = await customersOf([
    party('COMPANY', 7, { nip: PALARNIA, kind: 'SOLE_TRADER', associations: ['hubspot:contact:1'] }),
    party('CONTACT', 1, { ...jan, associations: ['hubspot:company:7'] }),
    party('CLIENT', 3, { nip: PALARNIA, ...mailbox }),
    party('CUSTOMER', 12, jan),
    party('GUEST', 13, jan),
  ]);
  expect(customers).toEqual([
    ['fakturownia:client:3', 'hubspot:company:7', 'hubspot:contact:1'],
    ['woo:customer:12', 'woo:guest:13'],
  ]);
});

test('a telephone links with equal first name and surname only', async () => {
  const phones = ['+48600100200'];
  const contact = party('CONTACT', 1, { ...ANNA, phones });
  const namesake = party('CONTACT', 2, { firstName: 'NOWAK', lastName: 'Anna', phones });
  const spouse = party('CONTACT', 3, { firstName: 'Jan', lastName: 'Nowak', phones });
  expect(await customersOf([contact, namesake])).toHaveLength(1);
  expect(await customersOf([contact, spouse])).toHaveLength(2);
  const placeholder = ['+48111111111'];
  expect(
    await customersOf([
      { ...contact, phones: placeholder },
      { ...namesake, phones: placeholder },
    ]),
  ).toHaveLength(2);
});

test('a person whom no mailbox leads to a shop is looked for there by telephone', async () => {
  const phones = ['+48600100200'];
  const guest = party('GUEST', 2, { ...ANNA, phones, emails: ['a@dom.pl'], isFoundByPhone: true });
  expect(await customersOf([party('CONTACT', 1, { ...ANNA, phones }), guest])).toHaveLength(1);
  // Who is found by e-mail is not searched for further: that costs a shop a search through all its orders.
  const known = party('CONTACT', 1, { ...ANNA, phones, emails: ['b@dom.pl'] });
  const account = party('CUSTOMER', 3, { ...ANNA, emails: ['b@dom.pl'] });
  expect(await customersOf([known, account, guest])).toEqual([
    ['hubspot:contact:1', 'woo:customer:3'],
    ['woo:guest:2'],
  ]);
});

test('names never link, nor does a tax id that everybody types', async () => {
  expect(await customersOf([party('CONTACT', 1, ANNA), party('CLIENT', 2, ANNA)])).toHaveLength(2);
  const nip = '1111111111';
  expect(await customersOf([party('COMPANY', 1, { nip }), party('CLIENT', 2, { nip })])).toHaveLength(2);
});

test('the retail client is nobody', async () => {
  const retail = party('CLIENT', 1, { emails: ['anna@dom.pl'], isRetail: true });
  const anna = party('CUSTOMER', 2, { ...ANNA, emails: ['anna@dom.pl'] });
  expect(await customersOf([retail, anna])).toEqual([['woo:customer:2']]);
});

test('a veto removes the weakest links, on all its sides, and leaves the others', async () => {
  const between = party('CUSTOMER', 5, { ...ANNA, emails: ['a@firma.pl', 'b@firma.pl'] });
  const left = party('CLIENT', 1, { nip: PALARNIA, kind: 'UNKNOWN', emails: ['a@firma.pl', 'c@firma.pl'] });
  const right = party('CLIENT', 2, { nip: HURTOWNIA, kind: 'UNKNOWN', emails: ['b@firma.pl'] });
  const innocent = party('CUSTOMER', 6, { emails: ['c@firma.pl'] });
  expect(await customersOf([between, left, right, innocent])).toEqual([
    ['fakturownia:client:1', 'woo:customer:6'],
    ['fakturownia:client:2'],
    ['woo:customer:5'],
  ]);
  // The stronger of two links that cannot both be right stays.
  const pointing = party('COMPANY', 7, { externalReferences: ['fakturownia:client:1'] });
  const both = { ...pointing, ...{ associations: ['hubspot:contact:8'] } };
  const contact = party('CONTACT', 8, { emails: ['b@firma.pl'], associations: ['hubspot:company:7'] });
  expect(await customersOf([both, contact, left, right])).toEqual([
    ['fakturownia:client:1', 'hubspot:company:7', 'hubspot:contact:8'],
    ['fakturownia:client:2'],
  ]);
});

test('what one side alone can find is not linked', async () => {
  const account = party('CUSTOMER', 1, {
    ...ANNA,
    emails: ['login@dom.pl', 'anna@dom.pl'],
    findableEmails: ['login@dom.pl'],
  });
  expect(await customersOf([account, party('CONTACT', 2, { ...ANNA, emails: ['anna@dom.pl'] })])).toHaveLength(2);
});

test('the operator forces and forbids, over every rule, by any name of a record', async () => {
  const company = party('COMPANY', 7, { nip: PALARNIA });
  const client = party('CLIENT', 3, { nip: PALARNIA });
  const other = party('CLIENT', 4, { nip: HURTOWNIA });
  const contact = party('CONTACT', 1, { aliases: ['hubspot:contact:9'] });
  const links = toOperatorLinks({
    link: [['hubspot:contact:9', 'fakturownia:client:4']],
    forbid: [['fakturownia:client:3', 'hubspot:company:7']],
  });
  expect(await customersOf([company, client, other, contact], links)).toEqual([
    ['fakturownia:client:3'],
    ['fakturownia:client:4', 'hubspot:contact:1'],
    ['hubspot:company:7'],
  ]);
});

test('a merged record is found by its old reference', async () => {
  const company = party('COMPANY', 7, { externalReferences: ['woo:customer:12'], aliases: ['hubspot:company:6'] });
  const client = party('CLIENT', 3, { externalReferences: ['hubspot:company:6'] });
  expect(await customersOf([company, client, party('CUSTOMER', 12)])).toHaveLength(1);
});
