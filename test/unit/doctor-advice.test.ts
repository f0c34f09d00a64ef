import { expect, test } from '@jest/globals';
import { advise } from '../../gateway/doctor/advise.ts';
import type { SystemReport } from '../../gateway/doctor/report.ts';
import type { FieldSetting } from '../../subgraphs/shared/probe.ts';

const TAX_ID: FieldSetting = {
  setting: 'TAX_ID_PROPERTY',
  looksLike: 'TAX_ID',
  within: 'companies.',
  configured: ['nip'],
};

function crm(changes: Partial<SystemReport> = {}): SystemReport {
  return {
    domain: 'CRM',
    source: 'hubspot',
    vendor: 'hubspot',
    ok: true,
    checks: [{ name: 'credentials', ok: true, detail: 'portal 1' }],
    fields: [],
    fieldSettings: [],
    budget: null,
    calls: 3,
    ...changes,
  };
}

const adviceOn = (changes: Partial<SystemReport>) =>
  advise([crm(changes)]).filter(({ setting }) => setting === null || !setting.endsWith('_SOURCES'));

test('a configured field that is empty gives way to the fullest other one that looks alike', () => {
  const fields = [
    { field: 'companies.nip', filled: 0, sampled: 10, looksLike: 'TAX_ID' as const },
    { field: 'companies.old_nip', filled: 2, sampled: 10, looksLike: 'TAX_ID' as const },
    { field: 'companies.vat_no', filled: 9, sampled: 10, looksLike: 'TAX_ID' as const },
    { field: 'contacts.nip', filled: 10, sampled: 10, looksLike: 'TAX_ID' as const },
  ];
  expect(adviceOn({ fields, fieldSettings: [TAX_ID] })).toEqual([
    {
      setting: 'HUBSPOT_TAX_ID_PROPERTY',
      value: 'vat_no',
      reason: 'nip: missing or empty; companies.vat_no holds tax ids in 9 of 10 records',
    },
  ]);
});

test('a configured field that is filled needs no advice, an empty one without an alternative is told', () => {
  const filled = { field: 'companies.nip', filled: 1, sampled: 10, looksLike: 'TAX_ID' as const };
  const other = { field: 'companies.vat_no', filled: 9, sampled: 10, looksLike: 'TAX_ID' as const };
  expect(adviceOn({ fields: [filled, other], fieldSettings: [TAX_ID] })).toEqual([]);
  expect(adviceOn({ fields: [], fieldSettings: [TAX_ID] })).toMatchObject([
    { setting: 'HUBSPOT_TAX_ID_PROPERTY', value: null, reason: expect.stringContaining('nip: missing or empty') },
  ]);
});

test('a list of fields keeps what it had behind the one that is filled', () => {
  const setting = { ...TAX_ID, setting: 'NIP_META_KEYS', within: 'orders.', configured: ['a', 'b'], isList: true };
  const fields = [{ field: 'orders.nip', filled: 4, sampled: 10, looksLike: 'TAX_ID' as const }];
  expect(adviceOn({ source: 'woo', fields, fieldSettings: [setting] })).toMatchObject([
    { setting: 'WOO_NIP_META_KEYS', value: 'nip,a,b' },
  ]);
});

test('ids of other systems that no setting names are pointed out, without guessing whose they are', () => {
  const setting: FieldSetting = {
    setting: 'EXTERNAL_IDS',
    looksLike: 'EXTERNAL_ID',
    within: 'companies.',
    configured: ['woo_customer_id'],
  };
  const fields = ['woo_customer_id', 'erp_id'].map((name) => ({
    field: `companies.${name}`,
    filled: 5,
    sampled: 10,
    looksLike: 'EXTERNAL_ID' as const,
  }));
  expect(adviceOn({ fields, fieldSettings: [setting] })).toMatchObject([
    { setting: 'HUBSPOT_EXTERNAL_IDS', value: null, reason: expect.stringContaining('add erp_id=source:type') },
  ]);
});

test('a source that refuses is answered by its secrets, one that is silent by its address', () => {
  const refused = [{ name: 'credentials', ok: false, detail: 'UPSTREAM_AUTH: refused our credentials' }];
  expect(adviceOn({ ok: false, checks: refused })).toMatchObject([
    { setting: 'HUBSPOT_TOKEN', reason: 'hubspot refuses these credentials: credentials' },
  ]);
  const silent = [{ name: 'credentials', ok: false, detail: 'UPSTREAM_UNAVAILABLE: could not be reached' }];
  expect(adviceOn({ ok: false, checks: silent })).toMatchObject([{ setting: 'HUBSPOT_URL' }]);
});

test('what a working source forbids is told by name', () => {
  const checks = [{ name: 'tickets', ok: false, detail: 'UPSTREAM_AUTH: forbids this to our credentials: tickets' }];
  expect(adviceOn({ checks })).toMatchObject([{ reason: expect.stringContaining('does not let us read tickets') }]);
});

test('a budget that is nearly used up and systems that are not configured are told', () => {
  const advice = advise([crm({ budget: { limit: 1000, remaining: 10 } })]);
  expect(advice.map(({ setting }) => setting)).toEqual([null, 'SHOP_SOURCES', 'ACCOUNTING_SOURCES']);
  expect(advice[0]?.reason).toContain('10 of 1000');
});

test('says when invoices lack the order numbers that join them with orders', () => {
  const oid = (filled: number) =>
    adviceOn({
      domain: 'ACCOUNTING',
      source: 'fakturownia',
      fields: [{ field: 'invoices.oid', filled, sampled: 100, looksLike: 'ORDER_NUMBER' }],
    });
  expect(oid(60)).toEqual([]);
  expect(oid(10)).toMatchObject([
    { reason: expect.stringContaining('invoices.oid holds an order number in 10 of 100') },
  ]);
});
