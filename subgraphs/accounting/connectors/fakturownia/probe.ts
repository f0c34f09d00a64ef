import {
  attemptCheck,
  type FieldLook,
  type ProbeCheck,
  type ProbeField,
  type ProbeReport,
} from '../../../shared/probe.ts';
import type { UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { parseKsefNumber } from '../../ksef-number.ts';
import { toParty } from '../../to-party.ts';
import { createFakturowniaApi, type FakturowniaApi, type Params } from './api.ts';
import { type FakturowniaConfig, type FullFakturowniaConfig, fakturowniaConfigSchema } from './config.ts';
import { toKind } from './kinds.ts';
import { toClient } from './mapping-client.ts';
import { isRetailBuyer } from './mapping-context.ts';
import type { ClientPayload, InvoicePayload } from './payloads.ts';

const SAMPLED_PARTIES = 50;

/** Looks at an account without changing it: some 6 reads of its latest records. */
export async function probe(
  input: FakturowniaConfig,
  context: CallContext,
  deps: UpstreamClientDeps = {},
): Promise<ProbeReport> {
  const config = fakturowniaConfigSchema.parse(input);
  const api = createFakturowniaApi(config, deps);
  const read = <T>(name: string, list: () => Promise<readonly T[]>) =>
    attemptCheck(name, async () => {
      const items = await list();
      return { detail: `readable, ${items.length} sampled`, value: items };
    });
  try {
    const [invoices, clients, payments, products] = await Promise.all([
      read('invoices', async () => (await api.invoices('invoices.probe', LATEST, context)).items),
      read('clients', () => api.clients('clients.probe', {}, context)),
      read('payments', () => api.payments(1, context)),
      read('products', () => api.products(1, context)),
    ]);
    const [sampled, people] = [invoices.value ?? [], clients.value ?? []];
    const mapping = { config, fetchedAt: new Date().toISOString() };
    return {
      ok: invoices.check.ok && clients.check.ok,
      checks: [
        ...[invoices, clients, payments, products].map(({ check }) => check),
        ...(sampled.length > 0 ? checkDocuments(sampled, config) : []),
        ...(await checkFilters(api, sampled, context)),
      ],
      fields: [...fieldsOf('invoices', sampled, INVOICE_FIELDS), ...fieldsOf('clients', people, CLIENT_FIELDS)],
      // The vendor's limits are not documented, and its answers do not tell them.
      budget: null,
      sample: people.slice(0, SAMPLED_PARTIES).map((client) => toParty(toClient(client, mapping))),
    };
  } finally {
    await api.close();
  }
}

const LATEST: Params = { order: 'updated_at.desc' };

const INVOICE_FIELDS: Readonly<Partial<Record<keyof InvoicePayload, FieldLook>>> = {
  oid: 'ORDER_NUMBER',
  buyer_tax_no: 'TAX_ID',
  buyer_email: 'EMAIL',
};

const CLIENT_FIELDS: Readonly<Partial<Record<keyof ClientPayload, FieldLook>>> = {
  tax_no: 'TAX_ID',
  email: 'EMAIL',
  phone: 'PHONE',
  external_id: 'EXTERNAL_ID',
};

/** What each field is for is known; how full it is is the account's own. */
function fieldsOf<T extends object>(
  within: string,
  records: readonly T[],
  looks: Readonly<Partial<Record<keyof T & string, FieldLook>>>,
): ProbeField[] {
  if (records.length === 0) return [];
  // Cast: Object.entries forgets the keys.
  const fields = Object.entries(looks) as [keyof T & string, FieldLook][];
  return fields.map(([name, looksLike]) => ({
    field: `${within}.${name}`,
    filled: records.filter((record) => String(record[name] ?? '').trim() !== '').length,
    sampled: records.length,
    looksLike,
  }));
}

function checkDocuments(invoices: readonly InvoicePayload[], config: FullFakturowniaConfig): ProbeCheck[] {
  const unknown = new Set(invoices.filter((one) => toKind(one) === 'OTHER').map(({ kind }) => kind));
  const repeated = invoices.length - new Set(invoices.map(({ number }) => number)).size;
  const retail = invoices.filter((one) => isRetailBuyer(one, config)).length;
  const unnamed = invoices.filter(({ client_id }) => client_id == null).length;
  return [
    {
      name: 'document kinds',
      ok: unknown.size === 0,
      detail: unknown.size === 0 ? 'all known' : `unknown: ${[...unknown].join(', ')}`,
    },
    { name: 'document numbers', ok: true, detail: repeated === 0 ? 'each once' : `${repeated} repeat another one` },
    { name: 'retail client', ok: true, detail: `${retail} of ${invoices.length} documents are issued to it` },
    { name: 'documents without client', ok: unnamed === 0, detail: `${unnamed} of ${invoices.length}` },
    checkKsef(invoices),
    checkPayments(invoices),
  ];
}

function checkKsef(invoices: readonly InvoicePayload[]): ProbeCheck {
  const accepted = invoices.filter(({ gov_id }) => gov_id);
  const valid = accepted.filter(({ gov_id }) => parseKsefNumber(gov_id ?? '') !== null);
  const detail = `${accepted.length} of ${invoices.length} documents have a number, ${valid.length} of these a valid one`;
  return { name: 'KSeF numbers', ok: valid.length === accepted.length, detail };
}

function checkPayments(invoices: readonly InvoicePayload[]): ProbeCheck {
  const come = invoices.some(({ connected_payments }) => connected_payments != null);
  const detail = come ? 'come with the list of documents' : 'take one call for each document that was paid';
  return { name: 'payments of documents', ok: true, detail };
}

/** Filters that the vendor's reference does not have, or had not always. */
async function checkFilters(
  api: FakturowniaApi,
  invoices: readonly InvoicePayload[],
  context: CallContext,
): Promise<ProbeCheck[]> {
  const filters = [
    {
      name: 'filter by order number',
      param: 'oid',
      field: 'oid',
      without: 'order numbers are looked for among the buyer’s documents alone',
    },
    {
      name: 'filter by KSeF number',
      param: 'gov_id',
      field: 'gov_id',
      without: 'a KSeF number is looked for among 1,000 documents',
    },
  ] as const;
  const checks = filters.map(async ({ name, param, field, without }): Promise<ProbeCheck[]> => {
    const value = invoices.map((invoice) => invoice[field]?.trim()).find((text) => text);
    if (!value) return [];
    const { check } = await attemptCheck(name, async () => {
      const { items } = await api.invoices('invoices.probe_filter', { [param]: value, per_page: 5 }, context);
      const isApplied = items.length > 0 && items.every((invoice) => invoice[field]?.trim() === value);
      return { detail: isApplied ? 'applied' : `not applied: ${without}`, value: null };
    });
    return [check];
  });
  return (await Promise.all(checks)).flat();
}
