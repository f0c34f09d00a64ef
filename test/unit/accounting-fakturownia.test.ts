import { expect, test } from '@jest/globals';
import { fakturowniaConfigSchema } from '../../subgraphs/accounting/connectors/fakturownia/config.ts';
import { toVendorKinds } from '../../subgraphs/accounting/connectors/fakturownia/kinds.ts';
import { toInvoice } from '../../subgraphs/accounting/connectors/fakturownia/mapping.ts';
import { toClient, toProduct } from '../../subgraphs/accounting/connectors/fakturownia/mapping-client.ts';
import { toVatRate } from '../../subgraphs/accounting/connectors/fakturownia/mapping-vat.ts';
import type { ClientPayload, InvoicePayload } from '../../subgraphs/accounting/connectors/fakturownia/payloads.ts';
import { taxNumberSpellings } from '../../subgraphs/accounting/connectors/fakturownia/tax-number.ts';
import type { InvoiceKind } from '../../subgraphs/accounting/model.ts';

const CONTEXT = {
  config: fakturowniaConfigSchema.parse({ name: 'fakturownia', url: 'http://vendor', apiToken: 'token' }),
  fetchedAt: '2026-11-02T09:00:00.000Z',
};

const BARE: InvoicePayload = {
  id: 5,
  number: '13/2012',
  kind: 'vat',
  issue_date: '2013-01-16',
  currency: 'PLN',
  price_net: '100.00',
  price_gross: '123.00',
};

const map = (values: Partial<InvoicePayload> = {}) => toInvoice({ ...BARE, ...values }, CONTEXT);

test('kinds: what the vendor’s word surely means, OTHER beside the word for the rest', () => {
  const kinds: [Partial<InvoicePayload>, InvoiceKind][] = [
    [{ kind: 'vat' }, 'INVOICE'],
    [{ kind: 'wdt' }, 'INVOICE'],
    [{ kind: 'export_products' }, 'INVOICE'],
    [{ kind: 'bill' }, 'INVOICE'],
    [{ kind: 'vat_margin' }, 'INVOICE'],
    [{ kind: 'advance' }, 'ADVANCE'],
    [{ kind: 'final' }, 'FINAL'],
    [{ kind: 'proforma' }, 'PROFORMA'],
    [{ kind: 'correction' }, 'CORRECTION'],
    [{ kind: 'receipt' }, 'RECEIPT'],
    [{ kind: 'receipt', buyer_tax_no: '525-244-57-67' }, 'SIMPLIFIED'],
    [{ kind: 'receipt', buyer_tax_no: '5252445767', price_gross: '450,01' }, 'RECEIPT'],
    [{ kind: 'receipt', buyer_tax_no: '1234567890' }, 'RECEIPT'],
    [{ kind: 'accounting_note', accounting_note_kind: 'debit' }, 'INTEREST_NOTE'],
    [{ kind: 'accounting_note', accounting_note_kind: 'credit' }, 'OTHER'],
    [{ kind: 'estimate' }, 'OTHER'],
    [{ kind: 'toString' }, 'OTHER'],
  ];
  for (const [values, kind] of kinds) expect([values, map(values).kind]).toEqual([values, kind]);
  expect(map({ kind: 'estimate' }).kindRaw).toBe('estimate');
});

test('a filter by kind asks for every kind of the vendor that may fit', () => {
  expect(toVendorKinds(['PROFORMA', 'CORRECTION_FINAL'])).toEqual(['correction', 'proforma']);
  expect(toVendorKinds(['SIMPLIFIED'])).toEqual(['receipt']);
  expect(toVendorKinds(['INVOICE'])).toContain('wdt');
  expect(toVendorKinds(['INTEREST_NOTE'])).toEqual(['accounting_note']);
  expect(toVendorKinds(['OTHER', 'PROFORMA'])).toBeNull();
  expect(toVendorKinds([])).toEqual([]);
});

test('statuses: cancelled wins, unknown ones are OTHER beside their word', () => {
  const status = (values: Partial<InvoicePayload>) => [map(values).status, map(values).statusRaw];
  expect(status({ status: 'issued' })).toEqual(['ISSUED', 'issued']);
  expect(status({ status: 'sent' })).toEqual(['ISSUED', 'sent']);
  expect(status({ status: 'rejected' })).toEqual(['CANCELLED', 'rejected']);
  expect(status({ status: 'paid', cancelled: true })).toEqual(['CANCELLED', 'cancelled']);
  expect(status({ status: 'archived' })).toEqual(['OTHER', 'archived']);
  expect(status({})).toEqual(['OTHER', null]);
});

test('what is paid: as written; all of it where only the status says so; without a sign where it went back', () => {
  const paid = (values: Partial<InvoicePayload>) => map(values).totals.paid.amount;
  expect(paid({ paid: '10,50', status: 'partial' })).toBe('10.50');
  expect(paid({ paid: '0,00', status: 'paid' })).toBe('123.00');
  expect(paid({ paid: null, status: 'issued' })).toBe('0.00');
  expect(paid({ kind: 'correction', price_gross: '-123.00', paid: '123,00', status: 'paid' })).toBe('-123.00');
  expect(paid({ kind: 'correction', price_gross: '-123.00', paid: '-123,00' })).toBe('-123.00');
  expect(paid({ kind: 'correction', price_gross: '-123.00', paid: '0,00', status: 'paid' })).toBe('0.00');
  expect(map({ status: 'paid', paid_date: '2013-01-20' }).paidAt).toBe('2013-01-20');
  expect(map({ status: 'partial', paid_date: '2013-01-20' }).paidAt).toBeNull();
});

test('VAT rates: letters are no percentage, and a zero is of the document’s kind', () => {
  const rate = (tax: string | number, document: Partial<InvoicePayload> = {}) =>
    toVatRate(tax, { kind: 'vat', ...document });
  expect(rate(23)).toEqual({ code: '23', kind: 'STANDARD', percent: '23', country: 'PL' });
  expect(rate('8 %')).toMatchObject({ code: '8', kind: 'STANDARD' });
  expect(rate('zw')).toEqual({ code: 'zw', kind: 'EXEMPT', percent: null, country: 'PL' });
  expect(rate('OO')).toMatchObject({ code: 'oo', kind: 'REVERSE_CHARGE', percent: null });
  expect(rate('np')).toMatchObject({ code: 'np', kind: 'OUTSIDE_SCOPE', percent: null });
  expect(rate('n/a', { np_tax_kind: 'export_service' })).toMatchObject({ code: 'np I', kind: 'OUTSIDE_SCOPE' });
  expect(rate('NP', { np_tax_kind: 'export_service_eu' })).toMatchObject({ code: 'np II', kind: 'OUTSIDE_SCOPE_EU' });
  expect(rate(0)).toMatchObject({ code: '0 KR', kind: 'ZERO', percent: '0' });
  expect(rate('0', { kind: 'wdt' })).toMatchObject({ code: '0 WDT', kind: 'INTRA_COMMUNITY', percent: '0' });
  expect(rate('0', { kind: 'export_products' })).toMatchObject({ code: '0 EX', kind: 'EXPORT', percent: '0' });
  expect(rate('0', { buyer_country: 'DE' })).toMatchObject({ code: '0', kind: 'OTHER' });
  expect(rate('19', { use_oss: '1', buyer_country: 'DE' })).toEqual({
    code: '19',
    kind: 'FOREIGN',
    percent: '19',
    country: 'DE',
  });
  expect(rate('19')).toMatchObject({ code: '19', kind: 'OTHER', percent: '19' });
  expect(rate('5.5', { use_oss: true, buyer_country: 'FR' })).toMatchObject({ kind: 'FOREIGN', percent: '5.5' });
  expect(rate('disabled')).toEqual({ code: 'disabled', kind: 'OTHER', percent: null, country: null });
  expect(rate('')).toMatchObject({ kind: 'OTHER', percent: null });
});

test('KSeF: each status of the vendor; what went to the demonstration system was not sent', () => {
  const ksef = (values: Partial<InvoicePayload>) => map({ gov_status: null, ...values }).ksef;
  expect(map().ksef).toBeNull();
  const statuses: [string | null, string][] = [
    ['ok', 'ACCEPTED'],
    ['processing', 'PROCESSING'],
    ['status_check_error', 'PROCESSING'],
    ['send_error', 'REJECTED'],
    ['duplicate_error', 'DUPLICATE'],
    ['offline', 'QUEUED_OFFLINE'],
    ['offline_error', 'QUEUED_OFFLINE'],
    ['server_error', 'NOT_SENT'],
    ['not_connected', 'NOT_SENT'],
    ['blocked_403_error', 'NOT_SENT'],
    ['not_applicable', 'NOT_REQUIRED'],
    ['demo_ok', 'NOT_SENT'],
    ['something', 'UNKNOWN'],
    [null, 'NOT_SENT'],
  ];
  for (const [raw, status] of statuses) expect(ksef({ gov_status: raw })).toMatchObject({ status, statusRaw: raw });
  expect(ksef({ kind: 'proforma' })?.status).toBe('NOT_REQUIRED');
  const number = '5265877635-20250826-0100001AF629-AF';
  expect(ksef({ gov_status: 'ok', gov_id: number })).toMatchObject({ number, acceptedOn: '2025-08-26', messages: [] });
  expect(ksef({ gov_status: 'demo_ok', gov_id: number })).toMatchObject({ number: null, messages: [] });
  expect(ksef({ gov_status: 'ok', gov_id: '5252445767-20260201-ABC123DEF456' })).toMatchObject({
    number: null,
    messages: ['The KSeF number in the accounting is not a valid one'],
  });
  expect(ksef({ gov_status: 'send_error', gov_error_messages: ['Telefon za długi'] })?.messages).toEqual([
    'Telefon za długi',
  ]);
  expect(ksef({ gov_send_date: '2026-03-29T03:00:00.000+02:00' })?.sentAt).toBe('2026-03-29T01:00:00.000Z');
  expect(ksef({ gov_verification_link: 'https://ksef.mf.gov.pl/web/verify/1' })?.verificationUrl).toBe(
    'https://ksef.mf.gov.pl/web/verify/1',
  );
  expect(ksef({ gov_verification_link: 'https://firma.fakturownia.pl/x?api_token=1' })?.verificationUrl).toBeNull();
  expect(ksef({ gov_verification_link: 'https://mf.gov.pl.evil.example' })?.verificationUrl).toBeNull();
});

test('what a document came from: corrected, settled or made from, by reference', () => {
  expect(map({ kind: 'correction', from_invoice_id: 1 })).toMatchObject({
    correctsId: 'fakturownia:invoice:1',
    madeFromId: null,
  });
  expect(map({ kind: 'correction', invoice_id: 2 }).correctsId).toBe('fakturownia:invoice:2');
  expect(map({ from_invoice_id: 3 })).toMatchObject({ correctsId: null, madeFromId: 'fakturownia:invoice:3' });
  expect(map({ kind: 'final', invoice_ids: [4, 5] }).advanceIds).toEqual([
    'fakturownia:invoice:4',
    'fakturownia:invoice:5',
  ]);
});

test('the retail client is told by its name and lack of a tax id, or by its id', () => {
  expect(map({ buyer_name: ' klient  DETALICZNY ' }).isRetail).toBe(true);
  expect(map({ buyer_name: 'Klient detaliczny', buyer_tax_no: '5252445767' }).isRetail).toBe(false);
  expect(map({ buyer_name: 'Klient detaliczny sp. z o.o.' }).isRetail).toBe(false);
  const config = { ...CONTEXT.config, retailClientIds: ['9'] };
  expect(toInvoice({ ...BARE, client_id: 9, buyer_name: 'Jan' }, { ...CONTEXT, config }).isRetail).toBe(true);
});

test('order numbers: those of the field; a remark counts where it is empty', () => {
  expect(map({ oid: '1001,1002', description: 'Zamówienie nr 7' }).orderNumbers).toEqual(['1001', '1002']);
  expect(map({ oid: ' ', description: 'Zamówienie nr 7' }).orderNumbers).toEqual(['7']);
});

test('a client is found again by what stands there alone and as it is asked for', () => {
  const client = (values: Partial<ClientPayload>) => toClient({ id: 1, ...values }, CONTEXT).findableBy;
  expect(client({ email: ' Biuro@Firma.pl ' }).email).toBe('biuro@firma.pl');
  expect(client({ email: 'a@firma.pl, b@firma.pl' }).email).toBeNull();
  expect(client({ tax_no: 'PL 525-244-57-67' }).taxId).toBe('PL5252445767');
  expect(client({ tax_no: '1234567890' }).taxId).toBeNull();
  expect(client({ tax_no: '5252445767-12345', tax_no_kind: 'nip_with_id' }).taxId).toBeNull();
  expect(client({ tax_no: 'EL 094259216', tax_no_kind: 'nip_ue' }).taxId).toBe('GR094259216');
  expect(taxNumberSpellings('PL5252445767')).toEqual(['5252445767', 'PL5252445767']);
  expect(taxNumberSpellings('DE136695976')).toEqual(['DE136695976']);
  expect(taxNumberSpellings('GR094259216')).toEqual(['EL094259216']);
});

test('another system’s id makes a reference, where one is configured and the id can stand in one', () => {
  const reference = (external_id: string | null, externalIdReference: string | null = 'woo:customer') =>
    toClient({ id: 1, external_id }, { ...CONTEXT, config: { ...CONTEXT.config, externalIdReference } })
      .externalReference;
  expect(reference('12')).toBe('woo:customer:12');
  expect(reference(' ')).toBeNull();
  expect(reference('12 13')).toBeNull();
  expect(reference('12', null)).toBeNull();
  expect(reference(null)).toBeNull();
});

test('a product without a code is nobody’s; without a limit its stock is not counted', () => {
  expect(toProduct({ id: 1, code: ' ' })).toBeNull();
  expect(toProduct({ id: 1, code: 'KAWA', tax: 'zw', limited: false, stock_level: '0.0' })).toEqual({
    sku: 'KAWA',
    vatRate: { code: 'zw', kind: 'EXEMPT', percent: null, country: 'PL' },
    gtu: null,
    pkwiu: null,
    unitCost: null,
    stock: null,
  });
  expect(toProduct({ id: 1, code: 'KAWA', tax: 'disabled', limited: '1', stock_level: '9.5' })).toMatchObject({
    vatRate: null,
    stock: '9.5',
  });
});
