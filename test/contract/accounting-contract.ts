import { expect, test } from '@jest/globals';
import type { Invoice } from '../../subgraphs/accounting/model.ts';
import type { AccountingSource, InvoiceQuery } from '../../subgraphs/accounting/source.ts';
import { Big } from '../../subgraphs/shared/money.ts';
import { taxIdKey } from '../../subgraphs/shared/normalise.ts';
import { callContext } from './accounting-subgraph-fixture.ts';

/** A running accounting system and what is known to be in it. */
export interface AccountingFixture extends AsyncDisposable {
  source: AccountingSource;
  /** The same with credentials that it refuses. */
  refused: AccountingSource;
  /** A client with all its documents, the newest first; three at least, no two of one day. */
  client: { id: string; email: string; taxIdKey: string; externalReference: string; documentIds: readonly string[] };
  other: { id: string; documentIds: readonly string[] };
  /** A document of `client`, and what corrects it: a correction, and a correction of that. */
  corrected: { id: string; correctionIds: readonly [string, string] };
  /** A document of `client` that names this order alone, and that was paid by this payment. */
  paid: { id: string; orderNumber: string; paymentId: string };
  /** A document that KSeF accepted. */
  inKsef: { id: string; number: string };
  /** Two at least. */
  skus: readonly string[];
  /** Well-formed ids and numbers of nothing. */
  unknown: { id: string; ksefNumber: string };
  /** Calls that reached the system since it was last asked. */
  takeCalls(): number;
}

const NEWEST_FIRST: InvoiceQuery = {
  filter: { status: null, kind: null, issuedFrom: null, issuedTo: null, dueFrom: null, dueTo: null },
  orderBy: { field: 'ISSUE_DATE', direction: 'DESC' },
};

/** What every accounting connector promises, whatever its vendor. */
export function describeAccountingSource(vendor: string, start: () => Promise<AccountingFixture>): void {
  const claim = (what: string, check: (fixture: AccountingFixture) => Promise<void>) =>
    test(`${vendor}: ${what}`, async () => {
      await using fixture = await start();
      fixture.takeCalls();
      await check(fixture);
    });

  claim('answers documents in the order asked, null for an unknown one', async ({ source, client, other, unknown }) => {
    const ids = [other.documentIds[0]!, unknown.id, client.documentIds[0]!, other.documentIds[0]!];
    const invoices = await source.invoicesByIds(ids, callContext());
    expect(invoices.map((invoice) => invoice?.source.remoteId ?? null)).toEqual([ids[0], null, ids[2], ids[0]]);
    expect(invoices[0]?.id).toBe(`${source.name}:invoice:${ids[0]}`);
    expect(invoices[0]?.clientId).toBe(other.id);
  });

  claim('writes sums that add up, as decimal text', async ({ source, client }) => {
    for (const invoice of await read(source, client.documentIds)) {
      const { net, vat, gross } = invoice.totals;
      expect(plus(net.amount, vat.amount)).toBe(new Big(gross.amount).toFixed());
      for (const line of invoice.lines) {
        expect(plus(line.net.amount, line.vat.amount)).toBe(new Big(line.gross.amount).toFixed());
        expect(line.gross.currency).toBe(invoice.currency);
      }
      expect(invoice.issueDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(invoice.currency).toMatch(/^[A-Z]{3}$/);
      const { sourceUpdatedAt } = invoice.source;
      expect(sourceUpdatedAt && new Date(sourceUpdatedAt).toISOString()).toBe(sourceUpdatedAt);
    }
  });

  claim('lists all documents of one client alone, the newest first', async ({ source, client }) => {
    const invoices = await documentsOf(source, client.id);
    expect(invoices.map((invoice) => invoice.source.remoteId)).toEqual(client.documentIds);
    expect(await documentsOf(source, '999999999')).toEqual([]);
  });

  claim('lists documents of all, in either order', async ({ source, client, other }) => {
    const all = async (orderBy: InvoiceQuery['orderBy']) => {
      const { invoices, isLast } = await source.listInvoices({ ...NEWEST_FIRST, orderBy }, 0, callContext());
      expect(isLast).toBe(true);
      return invoices;
    };
    const newest = await all({ field: 'ISSUE_DATE', direction: 'DESC' });
    const days = newest.map(({ issueDate }) => issueDate);
    expect(days).toEqual([...days].sort().reverse());
    const ids = newest.map((invoice) => invoice.source.remoteId);
    expect(ids).toEqual(expect.arrayContaining([...client.documentIds, ...other.documentIds]));
    expect(new Set(ids).size).toBe(ids.length);
    const changed = (await all({ field: 'UPDATED_AT', direction: 'ASC' })).map((one) => one.source.sourceUpdatedAt);
    expect(changed).toEqual([...changed].sort());
  });

  claim('leaves out of a filtered list none that fits', async ({ source, client }) => {
    const known = await read(source, client.documentIds);
    const [newest, , third] = known;
    const filter = {
      ...NEWEST_FIRST.filter,
      issuedFrom: third!.issueDate,
      issuedTo: newest!.issueDate,
      kind: [newest!.kind],
    };
    const { invoices } = await source.listInvoices({ ...NEWEST_FIRST, filter }, 0, callContext());
    const fitting = known.slice(0, 3).filter(({ kind }) => kind === newest!.kind);
    expect(invoices.map(({ id }) => id)).toEqual(expect.arrayContaining(fitting.map(({ id }) => id)));
  });

  claim('knows what a document corrects, and finds its client’s corrections', async ({ source, client, corrected }) => {
    const [original, first, second] = await read(source, [corrected.id, ...corrected.correctionIds]);
    expect([original!.correctsId, first!.correctsId, second!.correctsId]).toEqual([null, original!.id, first!.id]);
    expect(first!.kind).toBe('CORRECTION');
    const corrections = await source.correctionsOfClient(client.id, original!.issueDate, callContext());
    expect(corrections.map((one) => one.source.remoteId).sort()).toEqual([...corrected.correctionIds].sort());
    const { invoices: ofAll } = await source.corrections(0, callContext());
    expect(ofAll.map((one) => one.source.remoteId)).toEqual(expect.arrayContaining([...corrected.correctionIds]));
    expect(ofAll.every(({ kind }) => kind === 'CORRECTION')).toBe(true);
  });

  claim('finds documents by number and by order, nothing by a number that none has', async ({ source, paid }) => {
    const [invoice] = await read(source, [paid.id]);
    const [hits, none] = await source.invoicesByNumbers([invoice!.number, 'NO/SUCH/1'], callContext());
    expect(hits?.map(({ id }) => id)).toEqual([invoice!.id]);
    expect(none).toEqual([]);
    const [ofOrder, ofNone] = await source.invoicesByOrderNumbers([paid.orderNumber, '987654321'], callContext());
    expect(ofOrder?.map(({ id }) => id)).toEqual([invoice!.id]);
    expect(ofNone).toEqual([]);
  });

  claim('finds a document by its KSeF number, and none by another', async ({ source, inKsef, unknown }) => {
    const found = await source.invoiceByKsefNumber(inKsef.number, callContext());
    expect(found?.source.remoteId).toBe(inKsef.id);
    expect(found?.ksef).toMatchObject({ status: 'ACCEPTED', number: inKsef.number });
    expect(await source.invoiceByKsefNumber(unknown.ksefNumber, callContext())).toBeNull();
  });

  claim('tells what was paid on a document, and what a payment paid', async ({ source, paid, client, unknown }) => {
    const [invoice] = await read(source, [paid.id]);
    const [payments] = await source.paymentsOf([invoice!], callContext());
    expect(payments?.map((payment) => payment.source.remoteId)).toEqual([paid.paymentId]);
    expect(payments?.[0]?.amount.amount).toBe(invoice!.totals.paid.amount);
    const [payment, none] = await source.paymentsByIds([paid.paymentId, unknown.id], callContext());
    expect(payment).toMatchObject({ invoiceIds: [invoice!.id], clientId: client.id, status: 'BOOKED' });
    expect(none).toBeNull();
  });

  claim('finds a client by id, exact e-mail, tax id and other system’s id', async ({ source, client, unknown }) => {
    const ids = async (lists: Promise<readonly { id: string }[][]>) =>
      (await lists).map((list) => list.map(({ id }) => id));
    const [known, none] = await source.clientsByIds([client.id, unknown.id], callContext());
    expect(known).toMatchObject({ id: client.id, externalReference: client.externalReference });
    expect(known?.emails).toContain(client.email);
    expect(known?.taxId && taxIdKey(known.taxId)).toBe(client.taxIdKey);
    expect(none).toBeNull();
    const emails = [client.email, `x${client.email}`];
    expect(await ids(source.clientsByEmails(emails, callContext()))).toEqual([[client.id], []]);
    expect(await ids(source.clientsByTaxIds([client.taxIdKey, 'PL1111111111'], callContext()))).toEqual([
      [client.id],
      [],
    ]);
    const references = [client.externalReference, `${client.externalReference}0`, 'nowhere:contact:1'];
    expect(await ids(source.clientsByExternalReferences(references, callContext()))).toEqual([[client.id], [], []]);
    expect(known?.findableBy).toEqual({ email: client.email, taxId: client.taxIdKey });
  });

  claim('lists clients, each once', async ({ source, client, other }) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await source.listClients({ search: null, first: 1, after }, callContext());
      seen.push(...page.items.map(({ node }) => node.id));
      after = page.hasNextPage ? (page.items.at(-1)?.position ?? null) : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([client.id, other.id]));
  });

  claim('answers products by SKU, null for an unknown one', async ({ source, skus }) => {
    const { found, others } = await source.productsBySkus([skus[1]!, 'NO-SUCH-SKU', skus[0]!], callContext());
    expect(others.filter(({ sku }) => skus.includes(sku))).toEqual([]);
    expect(found.map((product) => product?.sku ?? null)).toEqual([skus[1], null, skus[0]]);
  });

  claim('gives a document as PDF, and null for an unknown one', async ({ source, paid, unknown }) => {
    const pdf = await source.document(paid.id, 'PDF', callContext());
    expect(pdf?.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(await source.document(unknown.id, 'PDF', callContext())).toBeNull();
  });

  claim('makes no call for nothing', async (fixture) => {
    const { source } = fixture;
    const lists = await Promise.all([
      source.invoicesByIds([], callContext()),
      source.paymentsOf([], callContext()),
      source.clientsByIds([], callContext()),
      source.productsBySkus([], callContext()),
    ]);
    expect(lists).toEqual([[], [], [], { found: [], others: [] }]);
    expect(fixture.takeCalls()).toBe(0);
  });

  claim('takes for nothing what is no id of the vendor', async ({ source }) => {
    const ids = ['', 'x', '../clients/1', '-1'];
    expect(await source.invoicesByIds(ids, callContext())).toEqual([null, null, null, null]);
    expect(await source.clientsByIds(ids, callContext())).toEqual([null, null, null, null]);
    expect(await source.paymentsByIds(ids, callContext())).toEqual([null, null, null, null]);
    expect(await source.document('../clients/1', 'PDF', callContext())).toBeNull();
    expect(await documentsOf(source, 'x')).toEqual([]);
  });

  claim('tells refused credentials apart', async ({ refused, client }) => {
    await expect(refused.invoicesByIds([client.documentIds[0]!], callContext())).rejects.toMatchObject({
      code: 'UPSTREAM_AUTH',
    });
  });
}

async function read(source: AccountingSource, ids: readonly string[]): Promise<Invoice[]> {
  const invoices = await source.invoicesByIds(ids, callContext());
  return invoices.map((invoice) => invoice!);
}

async function documentsOf(source: AccountingSource, clientId: string): Promise<Invoice[]> {
  const found: Invoice[] = [];
  for (let index = 0; ; index += 1) {
    const { invoices, isLast } = await source.clientDocuments(clientId, index, callContext());
    found.push(...invoices);
    if (isLast) return found;
  }
}

function plus(left: string, right: string): string {
  return new Big(left).plus(right).toFixed();
}
