import { expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { addClient, addInvoice, emptyDataset } from './sandbox-fixture.ts';

const { apiToken } = SANDBOX_CREDENTIALS.fakturownia;

test('pages through every invoice, and no page is longer than a hundred', async () => {
  const dataset = emptyDataset();
  for (let id = 1; id <= 230; id += 1) addInvoice(dataset.fakturownia, id);
  await using sandbox = await startSandbox({ dataset });
  const seen: number[] = [];
  for (let page = 1; ; page += 1) {
    const invoices = await list(sandbox, `/invoices.json?period=all&per_page=500&page=${page}&order=issue_date`);
    expect(invoices.length).toBeLessThanOrEqual(100);
    if (invoices.length === 0) break;
    seen.push(...invoices.map(({ id }) => id));
  }
  expect(seen).toEqual([...dataset.fakturownia.invoices.keys()]);
});

test('writes sums with commas and dots, rates as numbers or letters, instants with their offset', async () => {
  const dataset = emptyDataset();
  addInvoice(dataset.fakturownia, 5, {
    paidMinor: 1050,
    status: 'partial',
    updatedAt: Date.parse('2026-07-01T08:30:00.250Z'),
  });
  await using sandbox = await startSandbox({ dataset });
  const { body } = await read(sandbox, '/invoices/5.json');
  expect(body).toMatchObject({
    id: 5,
    price_net: '59.00',
    price_gross: '72.57',
    paid: '10,50',
    income: '1',
    'overdue?': true,
    buyer_tax_no: '5252445767',
    gov_status: 'ok',
    gov_id: '5252445767-20261016-ABC123DEF456-78',
    updated_at: '2026-07-01T10:30:00.250+02:00',
    positions: [{ quantity: '1.0', tax: 23, price_net: '59,00', total_price_gross: '72,57' }],
  });
});

test('the list has no positions unless they are asked for', async () => {
  const dataset = emptyDataset();
  addInvoice(dataset.fakturownia, 5);
  await using sandbox = await startSandbox({ dataset });
  const [bare] = await list(sandbox, '/invoices.json');
  expect(bare).not.toHaveProperty('positions');
  const [whole] = await list(sandbox, '/invoices.json?include_positions=true');
  expect(whole).toHaveProperty('positions');
});

test('filters that the vendor has are applied, others ignored', async () => {
  const dataset = emptyDataset();
  const { fakturownia } = dataset;
  addInvoice(fakturownia, 1, { oid: '1001', issueDate: '2024-11-05' });
  addInvoice(fakturownia, 2, { kind: 'proforma', clientId: 9 });
  addInvoice(fakturownia, 3, { number: 'KOR/3', kind: 'correction', oid: '1001,1002', paidDate: '2026-10-30' });
  await using sandbox = await startSandbox({ dataset });
  const ids = async (query: string) => (await list(sandbox, `/invoices.json?${query}`)).map(({ id }) => id);
  expect(await ids('period=all')).toEqual([3, 2, 1]);
  expect(await ids('')).toEqual([3, 2]);
  expect(await ids('period=this_month')).toEqual([]);
  expect(await ids('period=last_month')).toEqual([3, 2]);
  expect(await ids('period=more&date_from=2024-11-01&date_to=2024-11-30')).toEqual([1]);
  expect(await ids('period=last_30_days&search_date_type=paid_date')).toEqual([3]);
  expect(await ids('period=all&oid=1001')).toEqual([1]);
  expect(await ids('period=all&client_id=9')).toEqual([2]);
  expect(await ids('period=all&invoice_ids=3,1')).toEqual([3, 1]);
  expect(await ids('period=all&number=KOR%2F3')).toEqual([3]);
  expect(await ids('period=all&kinds[]=proforma&kinds[]=correction')).toEqual([3, 2]);
  expect(await ids('period=all&kind=vat')).toEqual([1]);
  expect(await ids('period=all&order=updated_at')).toEqual([1, 2, 3]);
  expect(await ids('period=all&income=no')).toEqual([]);
  expect(await ids('period=all&gov_id=nothing')).toEqual([]);
  expect(await ids('period=all&payment_to=2020-01-01')).toEqual([3, 2, 1]);
});

test('a correction shows its positions before and after when asked in full', async () => {
  const dataset = emptyDataset();
  const state = { unitNetMinor: 5900, vat: '23' as const };
  const invoice = addInvoice(dataset.fakturownia, 6, { kind: 'correction', fromInvoiceId: 5 });
  const [position] = invoice.positions;
  invoice.positions = [
    {
      ...position!,
      quantity: -1,
      before: { ...state, quantity: 2, netMinor: 11800, grossMinor: 14514 },
      after: { ...state, quantity: 1, netMinor: 5900, grossMinor: 7257 },
    },
  ];
  await using sandbox = await startSandbox({ dataset });
  const plain = await read(sandbox, '/invoices/6.json');
  expect(plain.body).toMatchObject({
    from_invoice_id: 5,
    invoice_id: 5,
    positions: [{ kind: 'correction', quantity: '-1.0' }],
  });
  const full = await read(sandbox, '/invoices/6.json?correction_positions=full');
  expect(full.body).toMatchObject({
    positions: [
      {
        correction_before_attributes: { quantity: '2.0', total_price_gross: '145,14' },
        correction_after_attributes: { quantity: '1.0', total_price_gross: '72,57' },
      },
    ],
  });
});

test('clients are found by one exact value', async () => {
  const dataset = emptyDataset();
  addClient(dataset.fakturownia, 1, { taxNumber: '525-244-57-67', externalId: 'woo:12' });
  addClient(dataset.fakturownia, 2, {
    taxNumber: '5252445767-12345',
    taxNumberKind: 'nip_with_id',
    email: 'Szkola@Gmina.pl',
  });
  await using sandbox = await startSandbox({ dataset });
  const ids = async (query: string) => (await list(sandbox, `/clients.json?${query}`)).map(({ id }) => id);
  expect(await ids('tax_no=5252445767')).toEqual([1]);
  expect(await ids('tax_no=5252445767-12345')).toEqual([2]);
  expect(await ids('email=szkola@gmina.pl')).toEqual([2]);
  expect(await ids('external_id=woo:12')).toEqual([1]);
  expect(await ids('name=klient+1+sp.+z+o.o.')).toEqual([1]);
  expect(await ids('name=klient')).toEqual([]);
  expect(await ids('')).toEqual([2, 1]);
});

test('a payment settles invoices in the order named, and stands with them', async () => {
  const dataset = emptyDataset();
  addInvoice(dataset.fakturownia, 5);
  addInvoice(dataset.fakturownia, 6);
  await using sandbox = await startSandbox({ dataset });
  const made = await fetch(`${sandbox.urls.fakturownia}/banking/payments.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      api_token: apiToken,
      banking_payment: { name: 'Przelew', price: 100, invoice_ids: [5, 6] },
    }),
  });
  expect(made.status).toBe(201);
  const [first, second] = [await read(sandbox, '/invoices/5.json'), await read(sandbox, '/invoices/6.json')];
  expect([first.body.status, first.body.paid]).toEqual(['paid', '72,57']);
  expect([second.body.status, second.body.paid]).toEqual(['partial', '27,43']);
  const [payment] = await list(sandbox, '/banking/payments.json?include=invoices');
  expect(payment).toMatchObject({ price: '100.00', invoices: [{ id: 5 }, { id: 6 }] });
  const connected = await read(sandbox, '/invoices/6.json?additional_fields[invoice]=connected_payments');
  expect(connected.body.connected_payments).toMatchObject([{ price: '100.00' }]);
});

test('the PDF is one, and names the invoice', async () => {
  const dataset = emptyDataset();
  addInvoice(dataset.fakturownia, 5);
  await using sandbox = await startSandbox({ dataset });
  const response = await fetch(`${sandbox.urls.fakturownia}/invoices/5.pdf?api_token=${apiToken}`);
  const file = Buffer.from(await response.arrayBuffer()).toString('latin1');
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(file).toMatch(/^%PDF-1\.4/);
  expect(file).toContain('(Faktura FV/5/2026) Tj');
  const startOfTable = Number(/startxref\n(\d+)\n%%EOF/.exec(file)?.[1]);
  expect(file.slice(startOfTable, startOfTable + 4)).toBe('xref');
  for (const [index, [, offset]] of [...file.matchAll(/^(\d{10}) 00000 n/gm)].entries()) {
    expect(file.slice(Number(offset))).toMatch(new RegExp(`^${index + 1} 0 obj`));
  }
});

test('a document that KSeF accepted has what it was sent and the receipt attached, others do not', async () => {
  const dataset = emptyDataset();
  addInvoice(dataset.fakturownia, 5);
  addInvoice(dataset.fakturownia, 6, { govStatus: 'processing', govId: null });
  await using sandbox = await startSandbox({ dataset });
  const get = (path: string) => fetch(`${sandbox.urls.fakturownia}/invoices/${path}&api_token=${apiToken}`);
  const [sent, receipt] = [await get('5/attachment?kind=gov'), await get('5/attachment?kind=gov_upo')];
  expect(sent.headers.get('content-type')).toMatch(/^text\/xml/);
  expect(await sent.text()).toContain('<P_2>FV/5/2026</P_2><P_15>72.57</P_15>');
  expect(await receipt.text()).toContain(
    '<NumerKSeFDokumentu>5252445767-20261016-ABC123DEF456-78</NumerKSeFDokumentu>',
  );
  expect((await get('6/attachment?kind=gov')).status).toBe(404);
  expect((await get('5/attachment?kind=other')).status).toBe(404);
});

test('a document without its KSeF number is refused with status 200', async () => {
  const dataset = emptyDataset();
  addInvoice(dataset.fakturownia, 5, { govStatus: 'processing', govId: null });
  await using sandbox = await startSandbox({ dataset });
  const response = await fetch(`${sandbox.urls.fakturownia}/invoices/5/send_by_email.json?api_token=${apiToken}`, {
    method: 'POST',
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: 'error' });
});

test('a wrong token and an unknown id are answered in the vendor’s form', async () => {
  await using sandbox = await startSandbox({ dataset: emptyDataset() });
  const wrong = await fetch(`${sandbox.urls.fakturownia}/clients.json?api_token=wrong`);
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({ code: 'error', message: expect.any(String) });
  const unknown = await read(sandbox, '/invoices/404.json');
  expect(unknown.status).toBe(404);
  expect(unknown.body).toMatchObject({ code: 'error' });
});

interface Listed {
  id: number;
  [name: string]: unknown;
}

async function list(sandbox: Sandbox, path: string): Promise<Listed[]> {
  const { body } = await read(sandbox, path);
  return body as unknown as Listed[];
}

async function read(sandbox: Sandbox, path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const url = `${sandbox.urls.fakturownia}${path}${path.includes('?') ? '&' : '?'}api_token=${apiToken}`;
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
