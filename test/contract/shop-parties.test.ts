import { expect, test } from '@jest/globals';
import { addOrder, address, addShopCustomer } from './sandbox-fixture.ts';
import { callContext } from './shop-contract.ts';
import { createShopGraph } from './shop-subgraph-fixture.ts';
import { startWooShop } from './shop-woo-fixture.ts';

const day = (date: string) => Date.parse(`${date}T10:00:00Z`);

test('an account is a party with all that the shop knows of it, found by reference, e-mail, order and telephone', async () => {
  await using shop = await startWooShop((store) => {
    addShopCustomer(store, 12, {
      email: 'Anna@Firma.pl',
      firstName: 'Anna',
      lastName: 'Nowak',
      nip: '525-244-57-67',
      billing: address({ company: 'Firma Sp. z o.o.', email: 'faktury@firma.pl', phone: '600 100 200' }),
    });
    addOrder(store, 1, { customerId: 12 });
  });
  const { parties } = createShopGraph([shop.source]);
  const answer = await parties([
    { kind: 'REFERENCE', value: 'woo:customer:12' },
    { kind: 'REFERENCE', value: 'woo:order:1' },
    { kind: 'EMAIL', value: 'anna@firma.pl' },
    { kind: 'EMAIL', value: 'faktury@firma.pl' },
    { kind: 'PHONE', value: '+48600100200' },
    { kind: 'REFERENCE', value: 'woo:customer:99' },
    { kind: 'REFERENCE', value: 'hubspot:contact:12' },
  ]);
  const account = ['woo:customer:12'];
  expect(answer.found).toEqual([account, account, account, [], account, [], []]);
  expect(answer.unavailable).toEqual([]);
  expect(answer.parties).toMatchObject([
    {
      reference: 'woo:customer:12',
      source: 'woo',
      vendor: 'woocommerce',
      system: 'SHOP',
      recordType: 'CUSTOMER',
      kind: 'COMPANY',
      displayName: 'Firma Sp. z o.o.',
      firstName: 'Anna',
      lastName: 'Nowak',
      legalName: 'Firma Sp. z o.o.',
      emails: ['anna@firma.pl', 'faktury@firma.pl'],
      phones: ['+48600100200'],
      taxIdentifiers: [{ scheme: 'PL_NIP', country: 'PL', value: '5252445767', unit: null, valid: true }],
      unitKnown: false,
      findableBy: [
        { kind: 'REFERENCE', value: 'woo:customer:12' },
        { kind: 'EMAIL', value: 'anna@firma.pl' },
      ],
      createdAt: '2026-03-22T15:28:02.000Z',
    },
  ]);
});

test('a guest is what its orders say of it, the same one from each of them, as old as the first', async () => {
  await using shop = await startWooShop((store) => {
    addOrder(store, 1, { createdAt: day('2026-03-05'), billing: address({ phone: '+48600100200' }) });
    addOrder(store, 2, { createdAt: day('2026-03-01'), billing: address({ email: 'JAN@dom.pl' }) });
    addOrder(store, 3, { createdAt: day('2026-02-01'), billing: address({ lastName: 'Nowak' }) });
  });
  const { parties } = createShopGraph([shop.source]);
  const byOrders = await parties([1, 2, 3].map((id) => ({ kind: 'REFERENCE', value: `woo:order:${id}` })));
  const [[first], [second], [third]] = byOrders.found as [[string], [string], [string]];
  expect(first).toBe(second);
  expect(third).not.toBe(first);
  const guest = byOrders.parties.find(({ reference }) => reference === first);
  expect(guest).toMatchObject({
    recordType: 'GUEST',
    kind: 'PERSON',
    displayName: 'Jan Kowalski',
    emails: ['jan@dom.pl'],
    createdAt: '2026-03-01T10:00:00.000Z',
    findableBy: [
      { kind: 'REFERENCE', value: first },
      { kind: 'EMAIL', value: 'jan@dom.pl' },
    ],
  });
  const again = await parties([
    { kind: 'REFERENCE', value: first },
    { kind: 'EMAIL', value: 'jan@dom.pl' },
    { kind: 'PHONE', value: '+48600100200' },
    { kind: 'REFERENCE', value: `${first.slice(0, -2)}xx` },
  ]);
  expect(again.found.map((found) => [...found].sort())).toEqual([
    [first],
    [first, third].sort(),
    [first, third].sort(),
    [],
  ]);
  // Its orders may have come again with another search.
  expect(again.parties.find(({ reference }) => reference === first)).toEqual({
    ...guest,
    fetchedAt: expect.any(String),
  });
});

test('half a shop on one placeholder mailbox: each guest is still found by its reference', async () => {
  await using shop = await startWooShop((store) => {
    for (let id = 1; id <= 1001; id += 1)
      addOrder(store, id, { billing: address({ email: 'brak@brak.pl', phone: '' }) });
    addOrder(store, 2000, { billing: address({ email: 'brak@brak.pl', phone: '511 222 333', lastName: 'Wójcik' }) });
  });
  const { parties } = createShopGraph([shop.source]);
  const answer = await parties([
    { kind: 'REFERENCE', value: 'woo:order:2000' },
    { kind: 'EMAIL', value: 'brak@brak.pl' },
  ]);
  expect(answer.parties).toMatchObject([{ lastName: 'Wójcik', phones: ['+48511222333'] }]);
  expect(answer.unavailable).toMatchObject([{ source: 'woo', code: 'FILTER_NOT_SUPPORTED' }]);
});

test('says what it cannot look up, and which shop is down while the other answers', async () => {
  await using up = await startWooShop((store) => addShopCustomer(store, 12));
  await using down = await startWooShop(() => {}, { name: 'outlet' });
  down.sandbox.control.set('woo', { mode: 'outage' });
  const { parties } = createShopGraph([up.source, down.source]);
  const answer = await parties([
    { kind: 'EMAIL', value: 'klient12@dom.pl' },
    { kind: 'TAX_ID', value: 'PL5252445767' },
    { kind: 'EXTERNAL_ID', value: 'hubspot:contact:1' },
  ]);
  expect(answer.found).toEqual([['woo:customer:12'], [], []]);
  expect(answer.unavailable).toMatchObject([{ source: 'outlet', code: 'UPSTREAM_UNAVAILABLE' }]);
  expect(answer.unsupported.map(({ source, identifier }) => `${source} ${identifier.kind}`).sort()).toEqual([
    'outlet EXTERNAL_ID',
    'outlet TAX_ID',
    'woo EXTERNAL_ID',
    'woo TAX_ID',
  ]);
});

test('fifty accounts by reference take one call, and are not read again for their orders', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => index + 1);
  await using shop = await startWooShop((store) => {
    for (const id of ids) addShopCustomer(store, id);
  });
  const { parties } = createShopGraph([shop.source]);
  const identifiers = ids.map((id) => ({ kind: 'REFERENCE' as const, value: `woo:customer:${id}` }));
  expect((await parties(identifiers)).parties).toHaveLength(50);
  expect(shop.takeCalls()).toEqual({ 'GET /customers': 1 });
  await parties(identifiers);
  expect(shop.takeCalls()).toEqual({});
});

test('lists accounts page by page, and by a word', async () => {
  await using shop = await startWooShop((store) => {
    for (let id = 1; id <= 5; id += 1) addShopCustomer(store, id, { lastName: id === 4 ? 'Wójcik' : 'Nowak' });
  });
  const { subgraph } = createShopGraph([shop.source]);
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await subgraph.parties!.list({ search: null, first: 2, after }, callContext());
    seen.push(...page.parties.map(({ reference }) => reference));
    [after, more] = [page.endCursor, page.hasNextPage];
  }
  expect(seen).toEqual([1, 2, 3, 4, 5].map((id) => `woo:customer:${id}`));
  const found = await subgraph.parties!.list({ search: 'wójcik', first: 10, after: null }, callContext());
  expect(found.parties.map(({ reference }) => reference)).toEqual(['woo:customer:4']);
});

test('finds who ordered by the number of the order, and by a part of the firm’s name, unless half a shop has it', async () => {
  await using shop = await startWooShop((store) => {
    addShopCustomer(store, 12);
    addOrder(store, 1, { number: 'Z-1', customerId: 12, billing: address({ company: 'Lux-Went Sp. z o.o.' }) });
    addOrder(store, 2, { billing: address({ company: 'LUX-WENT Spółka z o. o.', email: 'b@lux.pl' }) });
    // The name in the street is nobody's.
    addOrder(store, 3, { billing: address({ street: 'Lux-Went 4', email: 'c@lux.pl' }) });
    for (let id = 10; id <= 1011; id += 1) addOrder(store, id, { billing: address({ company: 'Sklep' }) });
  });
  const { parties } = createShopGraph([shop.source]);
  const answer = await parties([
    { kind: 'ORDER_NUMBER', value: 'Z-1' },
    { kind: 'ORDER_NUMBER', value: 'Z-9' },
    { kind: 'COMPANY_NAME', value: 'lux-went' },
    { kind: 'COMPANY_NAME', value: 'sklep' },
  ]);
  const guest = answer.parties.find(({ emails }) => emails.includes('b@lux.pl'))!;
  expect(answer.found).toEqual([['woo:customer:12'], [], ['woo:customer:12', guest.reference], []]);
  expect(answer.unavailable).toEqual([]);
});
