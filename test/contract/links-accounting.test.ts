import { expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { createCachedSource } from '../../subgraphs/accounting/cached-source.ts';
import { indexInvoices } from '../../subgraphs/accounting/invoice-index.ts';
import { placesOfInvoice } from '../../subgraphs/accounting/places.ts';
import { createLinks } from '../../subgraphs/shared/links/links.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';
import { callContext } from './shop-contract.ts';

/** Documents 1, 2, 3 of client 7, one after the other; document 4 of client 8. */
async function startAccount() {
  const account = await startFakturownia((store) => {
    for (const id of [7, 8]) addClient(store, id);
    for (const id of [1, 2, 3, 4]) {
      addInvoice(store, id, { clientId: id === 4 ? 8 : 7, issueDate: `2026-10-0${id}`, oid: `Z-${id}` });
    }
  });
  const cache = createRecordCache({ ttlMs: 600_000 });
  const source = createCachedSource(account.source, cache);
  const documentsOf = async (clientId: string) => (await source.clientDocuments(clientId, 0, callContext())).invoices;
  return { account, cache, source, documentsOf };
}

test("one changed document costs one call, and the rest of its client's list none", async () => {
  const { account, cache, documentsOf } = await startAccount();
  await using _ = account;
  await documentsOf('7');
  account.store.invoices.get(2)!.status = 'sent';
  account.takeCalls();
  await cache.invalidate(['fakturownia:invoice:2']);
  const documents = await documentsOf('7');
  expect(documents.map(({ id, statusRaw }) => [id, statusRaw])).toEqual([
    ['fakturownia:invoice:3', 'issued'],
    ['fakturownia:invoice:2', 'sent'],
    ['fakturownia:invoice:1', 'issued'],
  ]);
  await documentsOf('7');
  expect(account.takeCalls()).toEqual({ 'GET /invoices.json': 1 });
});

test('a document that went to another client, or is gone, is not in the list any more', async () => {
  const { account, cache, source, documentsOf } = await startAccount();
  await using _ = account;
  const before = [...(await documentsOf('7')), ...(await documentsOf('8'))];
  account.store.invoicesByClient.set(7, [1, 3]);
  account.store.invoicesByClient.set(8, [2, 4]);
  account.store.invoices.set(2, { ...account.store.invoices.get(2)!, clientId: 8 });
  account.store.invoices.delete(1);
  await cache.invalidate(['fakturownia:invoice:1', 'fakturownia:invoice:2']);
  expect((await documentsOf('7')).map(({ id }) => id)).toEqual(['fakturownia:invoice:3']);

  const [after] = await source.invoicesByIds(['2'], callContext());
  const left = placesOfInvoice(before.find(({ id }) => id === 'fakturownia:invoice:2')!);
  const came = placesOfInvoice(after!).filter((tag) => !left.includes(tag));
  expect(came).toEqual(['fakturownia:invoices-of:8']);
  await cache.invalidate(came);
  expect((await documentsOf('8')).map(({ id }) => id)).toEqual(['fakturownia:invoice:4', 'fakturownia:invoice:2']);
});

test('the documents of an order are found again under its new number, however it is spelt', async () => {
  const { account, cache, source } = await startAccount();
  await using _ = account;
  const find = async (number: string) =>
    (await source.invoicesByOrderNumbers([number], callContext())).flat().map(({ id }) => id);
  expect(await find('z-9')).toEqual([]);
  expect(await find('Z-2')).toEqual(['fakturownia:invoice:2']);
  const [before] = await source.invoicesByIds(['2'], callContext());
  account.store.invoices.get(2)!.oid = 'Z-9';
  account.store.invoicesByOid.set('z-9', [2]);
  account.store.invoicesByOid.set('Z-9', [2]);
  await cache.invalidate(['fakturownia:invoice:2']);
  const [after] = await source.invoicesByIds(['2'], callContext());
  await cache.invalidate(placesOfInvoice(after!).filter((tag) => !placesOfInvoice(before!).includes(tag)));
  expect(await find('Z-2')).toEqual([]);
});

test("the answer that nobody has an address follows the address's tag", async () => {
  const { account, cache, source } = await startAccount();
  await using _ = account;
  const find = async () => (await source.clientsByEmails(['nowy@firma.pl'], callContext())).flat().map(({ id }) => id);
  expect(await find()).toEqual([]);
  addClient(account.store, 9, { email: 'nowy@firma.pl' });
  expect(await find()).toEqual([]);
  await cache.invalidate(['fakturownia:client-email:nowy@firma.pl']);
  expect(await find()).toEqual(['9']);
});

test('documents that are read ahead cost no call, nor do those that changed, but for the look for changes', async () => {
  await using account = await startFakturownia((store) => {
    for (const id of [7, 8]) addClient(store, id);
    for (let id = 1; id <= 250; id += 1) {
      const updatedAt = Date.parse('2026-08-01T10:00:00Z') + id * 60_000;
      addInvoice(store, id, { clientId: id % 2 === 0 ? 7 : 8, issueDate: '2026-10-01', updatedAt });
    }
  });
  const clock = { now: Date.parse('2026-11-02T09:00:00Z') };
  const cache = createRecordCache();
  const links = createLinks({ cache, redis: null, hashKey: Buffer.alloc(32, 1), now: () => clock.now });
  const source = createCachedSource(account.source, cache, indexInvoices(account.source, links));
  const documentsOf = async (clientId: string) => {
    const { invoices, isLast } = await source.clientDocuments(clientId, 0, callContext());
    expect(isLast).toBe(true);
    return invoices;
  };
  await links.catchUp();
  account.takeCalls();
  expect(await documentsOf('7')).toHaveLength(125);
  expect(account.takeCalls()).toEqual({});

  await fetch(`${account.sandbox.urls.fakturownia}/invoices/4.json`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api_token: SANDBOX_CREDENTIALS.fakturownia.apiToken, invoice: { status: 'sent' } }),
  });
  account.sandbox.control.resetCalls();
  clock.now += 120_000;
  await links.catchUp();
  expect((await documentsOf('7')).find(({ id }) => id === 'fakturownia:invoice:4')!.statusRaw).toBe('sent');
  expect(account.takeCalls()).toEqual({ 'GET /invoices.json': 1 });
});
