import { expect, test } from '@jest/globals';
import { callContext, createAccountingGraph } from './accounting-subgraph-fixture.ts';
import { startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';

test('a client is found by reference, invoice, e-mail, tax id and the other system’s id, and is the same each time', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 77, {
      name: 'Palarnia Sp. z o.o.',
      taxNumber: '525-244-57-67',
      email: 'Biuro@Palarnia.pl',
      phone: '600 100 200',
      externalId: '12',
      street: 'Nowa 44',
      city: 'Warszawa',
      postCode: '00-001',
    });
    addInvoice(store, 5, { clientId: 77 });
  });
  const { parties } = createAccountingGraph([account.source]);
  const answer = await parties([
    { kind: 'REFERENCE', value: 'fakturownia:client:77' },
    { kind: 'REFERENCE', value: 'fakturownia:invoice:5' },
    { kind: 'EMAIL', value: 'biuro@palarnia.pl' },
    { kind: 'TAX_ID', value: 'PL5252445767' },
    { kind: 'EXTERNAL_ID', value: 'woo:customer:12' },
    { kind: 'EXTERNAL_ID', value: 'hubspot:contact:12' },
    { kind: 'PHONE', value: '+48600100200' },
  ]);
  const same = ['fakturownia:client:77'];
  expect(answer.found).toEqual([same, same, same, same, same, [], []]);
  expect(answer.unavailable).toEqual([]);
  expect(answer.unsupported).toEqual([{ identifier: { kind: 'PHONE', value: '+48600100200' }, source: 'fakturownia' }]);
  expect(answer.parties).toEqual([
    {
      reference: 'fakturownia:client:77',
      source: 'fakturownia',
      vendor: 'fakturownia',
      system: 'ACCOUNTING',
      recordType: 'CLIENT',
      kind: 'COMPANY',
      displayName: 'Palarnia Sp. z o.o.',
      firstName: null,
      lastName: null,
      legalName: 'Palarnia Sp. z o.o.',
      emails: ['biuro@palarnia.pl'],
      phones: ['+48600100200'],
      taxIdentifiers: [{ scheme: 'PL_NIP', country: 'PL', value: '5252445767', unit: null, valid: true }],
      unitKnown: true,
      addresses: [
        {
          name: 'Palarnia Sp. z o.o.',
          street: 'Nowa 44',
          city: 'Warszawa',
          postalCode: '00-001',
          region: null,
          country: 'PL',
        },
      ],
      externalReferences: ['woo:customer:12'],
      associations: [],
      mentions: [],
      findableBy: [
        { kind: 'REFERENCE', value: 'fakturownia:client:77' },
        { kind: 'EMAIL', value: 'biuro@palarnia.pl' },
        { kind: 'TAX_ID', value: 'PL5252445767' },
        { kind: 'EXTERNAL_ID', value: 'woo:customer:12' },
      ],
      aliases: [],
      ownerReference: null,
      isRetail: false,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
      fetchedAt: expect.stringMatching(/Z$/),
      url: null,
      stale: false,
    },
  ]);
});

test('units of one NIP, several addresses in one field, persons and sole traders are told as they are', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 1, {
      taxNumber: '5252445767-12345',
      taxNumberKind: 'nip_with_id',
      email: 'a@szkola.pl, b@szkola.pl',
    });
    addClient(store, 2, {
      isCompany: false,
      firstName: 'Jan',
      lastName: 'Kowalski',
      name: 'Jan Kowalski',
      email: null,
    });
    addClient(store, 3, { firstName: 'Ewa', lastName: 'Lis', name: 'EWA LIS Usługi' });
    addClient(store, 4, { name: 'Klient  detaliczny', email: null });
    addClient(store, 5, { taxNumber: '44051401359', taxNumberKind: 'other', email: 'nieznany' });
  });
  const { parties } = createAccountingGraph([account.source]);
  const answer = await parties(
    [1, 2, 3, 4, 5, 404].map((id) => ({ kind: 'REFERENCE', value: `fakturownia:client:${id}` })),
  );
  expect(answer.found.at(-1)).toEqual([]);
  const [unit, person, trader, retail, foreign] = answer.parties;
  expect(unit).toMatchObject({
    emails: ['a@szkola.pl', 'b@szkola.pl'],
    taxIdentifiers: [{ value: '5252445767', unit: '12345', valid: true }],
    findableBy: [{ kind: 'REFERENCE' }],
  });
  expect(person).toMatchObject({ kind: 'PERSON', firstName: 'Jan', legalName: null });
  expect(trader).toMatchObject({ kind: 'SOLE_TRADER' });
  expect(retail).toMatchObject({ isRetail: true });
  // A PESEL is not to be known here.
  expect(foreign).toMatchObject({ taxIdentifiers: [], emails: [] });
});

test('a hit that has another e-mail or tax id than asked for is no hit', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 1, { email: 'ewa@dom.pl' });
    // As a filter that finds beginnings would answer.
    store.clientsByEmail.set('ewa@dom', [1]);
  });
  const { parties } = createAccountingGraph([account.source]);
  const { found } = await parties([
    { kind: 'EMAIL', value: 'ewa@dom.plus' },
    { kind: 'TAX_ID', value: 'PL5252445767' },
  ]);
  expect(found).toEqual([[], []]);
  const strange = await parties([{ kind: 'REFERENCE', value: 'fakturownia:constructor:1' }]);
  expect(strange).toMatchObject({ parties: [], found: [[]] });
});

test('what parties have read is not read again for them', async () => {
  await using account = await startFakturownia((store) => addClient(store, 77, { taxNumber: '5252445767' }));
  const { parties } = createAccountingGraph([account.source]);
  await parties([{ kind: 'EMAIL', value: 'klient77@firma.pl' }]);
  account.takeCalls();
  await parties([
    { kind: 'REFERENCE', value: 'fakturownia:client:77' },
    { kind: 'EMAIL', value: 'klient77@firma.pl' },
  ]);
  expect(account.takeCalls()).toEqual({});
});

test('an accounting system that is down is named, the other one’s clients stand', async () => {
  await using up = await startFakturownia((store) => addClient(store, 1));
  await using down = await startFakturownia(() => {}, { name: 'ledger' });
  down.sandbox.control.set('fakturownia', { mode: 'outage' });
  const { parties } = createAccountingGraph([up.source, down.source]);
  const answer = await parties([{ kind: 'EMAIL', value: 'klient1@firma.pl' }]);
  expect(answer.found).toEqual([['fakturownia:client:1']]);
  expect(answer.unavailable).toMatchObject([{ source: 'ledger', code: 'UPSTREAM_UNAVAILABLE' }]);
});

test('lists clients page by page, each once, and by a word in them', async () => {
  await using account = await startFakturownia((store) => {
    for (let id = 1; id <= 5; id += 1) addClient(store, id, { name: id === 4 ? 'Wójcik i Syn' : `Firma ${id}` });
  });
  const { subgraph } = createAccountingGraph([account.source]);
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await subgraph.parties!.list({ search: null, first: 2, after }, callContext());
    seen.push(...page.parties.map(({ reference }) => reference));
    [after, more] = [page.endCursor, page.hasNextPage];
  }
  expect(seen).toEqual([5, 4, 3, 2, 1].map((id) => `fakturownia:client:${id}`));
  const search = async (word: string) =>
    (await subgraph.parties!.list({ search: word, first: 10, after: null }, callContext())).parties.map(
      ({ reference }) => reference,
    );
  expect(await search('wójcik')).toEqual(['fakturownia:client:4']);
  expect(await search('klient2@firma.pl')).toEqual(['fakturownia:client:2']);
});

test('tells which orders the newest documents of a client name, and for whom it could not', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 77);
    addInvoice(store, 5, { clientId: 77, oid: '1001', issueDate: '2026-09-01' });
    addInvoice(store, 6, { clientId: 77, oid: '1002, 1001', issueDate: '2026-10-01' });
  });
  const { subgraph } = createAccountingGraph([account.source]);
  const references = ['fakturownia:client:77', 'fakturownia:client:99', 'woo:customer:77'];
  const answer = await subgraph.parties!.orderNumbers!({ references }, callContext());
  expect(answer).toEqual({ numbers: [['1002', '1001'], [], []], unavailable: [] });
  account.sandbox.control.set('fakturownia', { errorRate: 1 });
  const failed = await createAccountingGraph([account.connect()]).subgraph.parties!.orderNumbers!(
    { references },
    callContext(),
  );
  expect(failed.unavailable).toMatchObject([
    {
      source: 'fakturownia',
      code: 'UPSTREAM_UNAVAILABLE',
      // In the order in which they were given up.
      identifiers: expect.arrayContaining([
        { kind: 'REFERENCE', value: 'fakturownia:client:77' },
        { kind: 'REFERENCE', value: 'fakturownia:client:99' },
      ]),
    },
  ]);
});
