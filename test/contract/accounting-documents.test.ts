import { expect, test } from '@jest/globals';
import { createHttpServer, listen } from '../../common/http.ts';
import { createLogger } from '../../common/log.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { createDocumentPort } from '../../subgraphs/accounting/documents.ts';
import { addDocumentRoutes } from '../../subgraphs/accounting/documents-http.ts';
import { startAccounting } from '../../subgraphs/accounting/main.ts';
import type { AccountingSource } from '../../subgraphs/accounting/source.ts';
import { createAccountingGraph, sealer } from './accounting-subgraph-fixture.ts';
import { type FakturowniaAccount, ksefNumber, startFakturownia } from './fakturownia-fixture.ts';
import { addInvoice } from './sandbox-fixture.ts';

const LATER = '2100-01-01T00:00:00.000Z';

test('an invoice’s links are ours, end soon, and are the same for a while', async () => {
  await using account = await startFakturownia((store) => addInvoice(store, 5, { govStatus: null, govId: null }));
  const { ask } = createAccountingGraph([account.source]);
  const query = '{ invoice(id: "fakturownia:invoice:5") { documents { format url expiresAt } } }';
  const links = async () =>
    ((await ask(query)).data!.invoice as { documents: { format: string; url: string; expiresAt: string }[] }).documents;
  const [link] = await links();
  expect(link).toMatchObject({
    format: 'PDF',
    url: expect.stringMatching(/^http:\/\/graph\.test\/documents\/k1\.[\w-]+$/),
  });
  const leftMs = Date.parse(link!.expiresAt) - Date.now();
  expect(leftMs).toBeGreaterThan(9 * 60_000);
  expect(leftMs).toBeLessThanOrEqual(11 * 60_000);
  const parts = sealer.open('document', link!.url.split('/').at(-1)!);
  expect(parts).toEqual(['fakturownia:invoice:5', 'PDF', link!.expiresAt]);
});

test('a link answers with the PDF, never to be kept', async () => {
  await using account = await startFakturownia((store) => addInvoice(store, 5));
  await using server = await serve([account.source]);
  const answer = await fetch(`${server.url}/documents/${seal('fakturownia:invoice:5', 'PDF', LATER)}`);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="fakturownia-5.pdf"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
  });
  const body = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  expect(body).toMatch(/^%PDF/);
  expect(body).toContain('FV/5/2026');
});

test('what KSeF accepted can be had as XML with its receipt', async () => {
  await using account = await startFakturownia((store) => addInvoice(store, 5, { govId: ksefNumber() }));
  await using server = await serve([account.source]);
  const { ask } = createAccountingGraph([account.source]);
  const { data } = await ask('{ invoice(id: "fakturownia:invoice:5") { documents { format url } } }');
  const { documents } = data!.invoice as { documents: { format: string; url: string }[] };
  expect(documents.map(({ format }) => format)).toEqual(['PDF', 'XML', 'UPO']);
  const read = async (url: string) => {
    const answer = await fetch(url.replace('http://graph.test', server.url));
    expect(answer.headers.get('content-type')).toBe('application/xml');
    return [answer.headers.get('content-disposition'), await answer.text()];
  };
  expect(await read(documents[1]!.url)).toEqual([
    'attachment; filename="fakturownia-5.xml"',
    expect.stringContaining('<P_2>FV/5/2026</P_2>'),
  ]);
  expect(await read(documents[2]!.url)).toEqual([
    'attachment; filename="fakturownia-5-upo.xml"',
    expect.stringContaining(ksefNumber()),
  ]);
});

test('an expired link is gone, and what is no link of ours does not exist', async () => {
  await using account = await startFakturownia((store) => addInvoice(store, 5));
  await using server = await serve([account.source]);
  const get = async (sealed: string) => (await fetch(`${server.url}/documents/${sealed}`)).status;
  expect(await get(seal('fakturownia:invoice:5', 'PDF', '2020-01-01T00:00:00.000Z'))).toBe(410);
  const valid = seal('fakturownia:invoice:5', 'PDF', LATER);
  expect(await get(`${valid.slice(0, -2)}AA`)).toBe(404);
  expect(await get(sealer.seal('claim', ['fakturownia:invoice:5', 'PDF', LATER]))).toBe(404);
  expect(await get(seal('fakturownia:client:5', 'PDF', LATER))).toBe(404);
  expect(await get(seal('nowhere:invoice:5', 'PDF', LATER))).toBe(404);
  expect(await get('../invoices/5.pdf')).toBe(404);
  expect(account.takeCalls()).toEqual({});
});

test('what the accounting can’t give is told without its name, address or token', async () => {
  await using account = await startFakturownia((store) => addInvoice(store, 5));
  await using server = await serve([account.source, account.connect({ name: 'hasty', timeoutMs: 300 })]);
  const get = async (id: string, source = 'fakturownia') => {
    const answer = await fetch(`${server.url}/documents/${seal(`${source}:invoice:${id}`, 'PDF', LATER)}`);
    const text = await answer.text();
    expect(text).not.toContain(SANDBOX_CREDENTIALS.fakturownia.apiToken);
    expect(text).not.toContain(account.sandbox.urls.fakturownia);
    expect(text).not.toContain(source);
    return { status: answer.status, body: JSON.parse(text) as unknown };
  };
  const failure = (code: string) => ({ errors: [{ message: expect.any(String), extensions: { code } }] });
  expect(await get('404')).toEqual({ status: 404, body: failure('BAD_REQUEST') });
  account.sandbox.control.set('fakturownia', { mode: 'outage' });
  expect(await get('5')).toEqual({ status: 502, body: failure('UPSTREAM_UNAVAILABLE') });
  account.sandbox.control.set('fakturownia', { mode: 'html' });
  expect(await get('5')).toEqual({ status: 502, body: failure('UPSTREAM_BAD_RESPONSE') });
  account.sandbox.control.set('fakturownia', { mode: 'hang' });
  expect(await get('5', 'hasty')).toEqual({ status: 504, body: failure('UPSTREAM_TIMEOUT') });
});

test('the accounting runs as a service of its own, documents included', async () => {
  await using account = await startFakturownia((store) => addInvoice(store, 5));
  await using service = await startAccounting(settings(account));
  const answer = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ invoice(id: "fakturownia:invoice:5") { number documents { url } } }' }),
  });
  const { data } = (await answer.json()) as { data: { invoice: { number: string; documents: { url: string }[] } } };
  expect(data.invoice.number).toBe('FV/5/2026');
  const { url } = data.invoice.documents[0]!;
  expect(url).toMatch(/^https:\/\/docs\.example\/documents\//);
  const document = await fetch(url.replace('https://docs.example', service.url));
  expect([document.status, document.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
});

test('names every wrong setting at once, and no value', async () => {
  const env = {
    ACCOUNTING_SOURCES: 'fakturownia=fakturownia',
    DOCUMENTS_BASE_URL: 'nonsense',
    FAKTUROWNIA_URL: 'ftp://x',
  };
  const message = await startAccounting(env).then(
    () => '',
    (error: Error) => error.message,
  );
  for (const name of ['IDENTITY_KEYS', 'DOCUMENTS_BASE_URL', 'FAKTUROWNIA_URL', 'FAKTUROWNIA_API_TOKEN']) {
    expect(message).toContain(name);
  }
  expect(message).not.toContain('nonsense');
});

function settings({ sandbox }: FakturowniaAccount) {
  return {
    PORT: '0',
    LOG_LEVEL: 'silent',
    ACCOUNTING_SOURCES: 'fakturownia=fakturownia',
    FAKTUROWNIA_URL: sandbox.urls.fakturownia,
    FAKTUROWNIA_API_TOKEN: SANDBOX_CREDENTIALS.fakturownia.apiToken,
    IDENTITY_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    UNSIGNED_CALLERS: 'allow',
    DOCUMENTS_BASE_URL: 'https://docs.example/',
  };
}

async function serve(sources: readonly AccountingSource[]) {
  const server = createHttpServer({ log: createLogger({ level: 'silent', name: 'test' }) });
  addDocumentRoutes(server, createDocumentPort({ sources, sealer }));
  return listen(server, { port: 0 });
}

function seal(...parts: string[]): string {
  return sealer.seal('document', parts);
}
