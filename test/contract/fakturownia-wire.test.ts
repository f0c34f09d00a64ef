import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { createLogger, type Logger } from '../../common/log.ts';
import type { FakturowniaConfig } from '../../subgraphs/accounting/connectors/fakturownia/config.ts';
import { createFakturowniaSource } from '../../subgraphs/accounting/connectors/fakturownia/connector.ts';
import type { AccountingSource } from '../../subgraphs/accounting/source.ts';
import { callContext, createAccountingGraph } from './accounting-subgraph-fixture.ts';
import { ksefNumber } from './fakturownia-fixture.ts';

const TOKEN = 'very-secret-token/tenant';

/** A document as the vendor's reference describes it; the least that it has. */
const BARE = {
  id: 5,
  number: '13/2012',
  kind: 'vat',
  issue_date: '2013-01-16',
  currency: 'PLN',
  price_net: '59.00',
  price_gross: '72.57',
};

test('every list of documents covers all time and brings its lines; the token stands in the query alone', async () => {
  await using vendor = await startVendor(() => []);
  const { source } = vendor;
  const filter = { status: null, kind: null, issuedFrom: null, issuedTo: null, dueFrom: null, dueTo: null };
  await source.listInvoices({ filter, orderBy: { field: 'ISSUE_DATE', direction: 'DESC' } }, 0, callContext());
  await source.invoicesByIds(['5'], callContext());
  await source.invoicesByNumbers(['13/2012'], callContext());
  await source.invoicesByOrderNumbers(['1001'], callContext());
  await source.clientDocuments('1', 0, callContext());
  await source.corrections(0, callContext());
  expect(vendor.sent).toHaveLength(6);
  for (const { query, headers } of vendor.sent) {
    expect(query.get('period')).toBe('all');
    expect(query.get('include_positions')).toBe('true');
    expect(query.get('per_page')).toBe('100');
    expect(query.get('api_token')).toBe(TOKEN);
    expect(JSON.stringify(headers)).not.toContain('very-secret');
  }
});

test('sums come with commas, dots and as numbers; the least of a document is enough', async () => {
  await using vendor = await startVendor(() => [
    {
      ...BARE,
      price_net: '1 059,00',
      price_gross: 1072.57,
      paid: '0,10',
      positions: [
        {
          name: 'A',
          quantity: '1.5',
          tax: '23',
          price_net: '0,00000001',
          total_price_net: '59,00',
          total_price_gross: 72.57,
        },
        { name: 'B', quantity: 2, tax: 23, total_price_net: 1000, total_price_gross: '1000,00' },
      ],
    },
  ]);
  const [invoice] = await vendor.source.invoicesByIds(['5'], callContext());
  expect(invoice).toMatchObject({
    totals: {
      net: { amount: '1059.00' },
      vat: { amount: '13.57' },
      gross: { amount: '1072.57' },
      paid: { amount: '0.10', currency: 'PLN' },
    },
    lines: [
      { quantity: '1.5', unitPriceNet: '0.00000001', net: { amount: '59.00' }, vat: { amount: '13.57' } },
      { quantity: '2', unitPriceNet: null, net: { amount: '1000.00' }, vat: { amount: '0.00' } },
    ],
    saleDate: null,
    dueDate: null,
    clientId: null,
    ksef: null,
    splitPaymentMarked: null,
    vatMethod: null,
    orderNumbers: [],
    source: { sourceUpdatedAt: null },
  });
});

test('expenses are left out wherever they come', async () => {
  const expense = { ...BARE, income: '0', client_id: 1 };
  await using vendor = await startVendor(({ path }) =>
    path === '/invoices.json' ? [expense, { ...expense, id: 6, income: 1 }] : expense,
  );
  const { source } = vendor;
  const documents = await source.clientDocuments('1', 0, callContext());
  expect(documents.invoices.map(({ id }) => id)).toEqual(['fakturownia:invoice:6']);
  expect(await source.paymentsOf(documents.invoices, callContext())).toEqual([[]]);
});

test('an answer that ignores the filter is no answer', async () => {
  await using vendor = await startVendor(() => [{ ...BARE, client_id: 2, oid: '7' }]);
  const { source } = vendor;
  const ignored = { code: 'UPSTREAM_BAD_RESPONSE', message: expect.stringContaining('filter was not applied') };
  await expect(source.invoicesByIds(['6'], callContext())).rejects.toMatchObject(ignored);
  await expect(source.invoicesByNumbers(['FV/1'], callContext())).rejects.toMatchObject(ignored);
  await expect(source.invoicesByOrderNumbers(['1001'], callContext())).rejects.toMatchObject(ignored);
  await expect(source.clientDocuments('1', 0, callContext())).rejects.toMatchObject(ignored);
  await expect(source.corrections(0, callContext())).rejects.toMatchObject(ignored);
  await expect(source.correctionsOfClient('1', '2026-01-01', callContext())).rejects.toMatchObject(ignored);
});

test('errors with status 200, web pages, limits and refusals are told apart, without the vendor’s words', async () => {
  const said = { message: `Jan Kowalski, ${TOKEN}` };
  const cases: [WholeAnswer, string][] = [
    [{ body: { status: 'error', ...said } }, 'UPSTREAM_REFUSED'],
    [{ body: { code: 'error', message: { buyer_tax_no: [said.message] } } }, 'UPSTREAM_REFUSED'],
    [{ type: 'text/html', text: `<html>${said.message}</html>` }, 'UPSTREAM_BAD_RESPONSE'],
    [{ body: { unexpected: said.message } }, 'UPSTREAM_BAD_RESPONSE'],
    [{ body: [{ ...BARE, price_gross: said.message }] }, 'UPSTREAM_BAD_RESPONSE'],
    [{ body: [{ ...BARE, id: said.message }] }, 'UPSTREAM_BAD_RESPONSE'],
    [{ status: 401, body: { code: 'error', ...said } }, 'UPSTREAM_AUTH'],
    [{ status: 403, body: { code: 'error', ...said } }, 'UPSTREAM_AUTH'],
    [{ status: 422, body: { code: 'error', ...said } }, 'UPSTREAM_REFUSED'],
    [{ status: 500, type: 'text/html', text: said.message }, 'UPSTREAM_UNAVAILABLE'],
    [{ status: 302, text: '', type: 'text/html' }, 'UPSTREAM_BAD_RESPONSE'],
  ];
  for (const [answer, code] of cases) {
    await using vendor = await startVendor(() => answer);
    const failure = await vendor.source.invoicesByIds(['5'], callContext()).catch((error: Error) => error);
    expect(failure).toMatchObject({ code });
    const printed = `${JSON.stringify(failure)} ${(failure as Error).message} ${(failure as Error).stack}`;
    expect(printed).not.toContain('Kowalski');
    expect(printed).not.toContain('very-secret');
  }
});

test('slowed down once, it asks again', async () => {
  let calls = 0;
  await using vendor = await startVendor(() => {
    calls += 1;
    return calls === 1 ? { status: 429, body: { code: 'error' }, headers: { 'retry-after': '0' } } : [BARE];
  });
  expect(await vendor.source.invoicesByIds(['5'], callContext())).toMatchObject([{ number: '13/2012' }]);
  expect(calls).toBe(2);
});

test('never more than three calls at a time', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  let open = 0;
  await using vendor = await startVendor(async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      // Lets go of them when as many wait as are ever let in.
      if (waiting.length >= 3) for (const go of waiting.splice(0)) go();
    });
    open -= 1;
    return [];
  });
  const emails = Array.from({ length: 30 }, (_, index) => `klient${index}@firma.pl`);
  await vendor.source.clientsByEmails(emails, callContext());
  expect(most).toBe(3);
});

test('no line of the log has the token, an address or what came', async () => {
  const lines: string[] = [];
  const log = createLogger({
    level: 'trace',
    name: 'test',
    destination: { write: (line: string) => lines.push(line) },
  });
  await using vendor = await startVendor(
    () => ({ status: 500, body: { code: 'error', message: 'Jan Kowalski' } }),
    {},
    log,
  );
  await vendor.source.clientsByEmails(['jan@dom.pl'], callContext()).catch(() => {});
  expect(lines.length).toBeGreaterThan(0);
  for (const secret of ['very-secret', 'Kowalski', 'jan@dom.pl', vendor.url])
    expect(lines.join('')).not.toContain(secret);
});

test('payments that come along with a list are not asked for again', async () => {
  const payment = { id: 9, price: '72,57', currency: 'PLN', paid: true, paid_date: '2013-01-20', kind: 'bank' };
  await using vendor = await startVendor(() => [
    { ...BARE, paid: '72.57', status: 'paid', connected_payments: [payment] },
  ]);
  const { ask } = createAccountingGraph([vendor.source]);
  const query = '{ invoice(id: "fakturownia:invoice:5") { payments { amount { amount } payment { id valueDate } } } }';
  expect((await ask(query)).data).toEqual({
    invoice: {
      payments: [{ amount: { amount: '72.57' }, payment: { id: 'fakturownia:payment:9', valueDate: '2013-01-20' } }],
    },
  });
  expect(vendor.sent.map(({ path }) => path)).toEqual(['/invoices.json']);
});

test('where KSeF numbers are not filtered, the documents before the day in the number are looked through', async () => {
  const wanted = ksefNumber();
  const all = Array.from({ length: 250 }, (_, index) => ({
    ...BARE,
    id: index + 1,
    gov_status: 'ok',
    gov_id: index === 220 ? wanted : null,
  }));
  await using vendor = await startVendor(({ query }) => pageOf(all, query));
  const found = await vendor.source.invoiceByKsefNumber(wanted, callContext());
  expect(found?.id).toBe('fakturownia:invoice:221');
  expect(vendor.sent.map(({ query }) => [query.get('gov_id'), query.get('date_to'), query.get('page')])).toEqual([
    [wanted, null, null],
    [null, '2026-10-17', '1'],
    [null, '2026-10-17', '2'],
    [null, '2026-10-17', '3'],
  ]);
  const none = await vendor.source.invoiceByKsefNumber(ksefNumber('5252445767-20261016-000000000001'), callContext());
  expect(none).toBeNull();
});

test('a KSeF number that can’t be looked for to the end is no wrong null', async () => {
  const all = Array.from({ length: 1500 }, (_, index) => ({ ...BARE, id: index + 1, gov_id: null }));
  await using vendor = await startVendor(({ query }) => pageOf(all, query));
  await expect(vendor.source.invoiceByKsefNumber(ksefNumber(), callContext())).rejects.toMatchObject({
    code: 'FILTER_NOT_SUPPORTED',
    message: expect.stringContaining('1000 documents'),
  });
  expect(vendor.sent).toHaveLength(11);
});

interface WholeAnswer {
  status?: number;
  body?: unknown;
  text?: string;
  type?: string;
  headers?: Record<string, string>;
}

interface Sent {
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

interface Vendor extends AsyncDisposable {
  url: string;
  source: AccountingSource;
  sent: Sent[];
}

/** A server that answers as the test says: a list, an object, or a whole answer. */
async function startVendor(
  answer: (request: Sent) => unknown,
  config: Partial<FakturowniaConfig> = {},
  log?: Logger,
): Promise<Vendor> {
  const sent: Sent[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://vendor');
    const one = { path: pathname, query: searchParams, headers: request.headers };
    sent.push(one);
    send(response, await answer(one));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const source = createFakturowniaSource(
    { name: 'fakturownia', url, apiToken: TOKEN, callsPerSecond: 1000, ...config },
    { log },
  );
  return {
    url,
    source,
    sent,
    [Symbol.asyncDispose]: async () => {
      await source.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, answer: unknown): void {
  const whole = isWhole(answer) ? answer : { body: answer };
  response.writeHead(whole.status ?? 200, { 'content-type': whole.type ?? 'application/json', ...whole.headers });
  response.end(whole.text ?? JSON.stringify(whole.body));
}

function isWhole(answer: unknown): answer is WholeAnswer {
  return typeof answer === 'object' && answer !== null && ('body' in answer || 'text' in answer);
}

function pageOf<T>(items: readonly T[], query: URLSearchParams): T[] {
  const size = Number(query.get('per_page'));
  const page = Number(query.get('page') ?? '1');
  return items.slice((page - 1) * size, page * size);
}
