import { expect, test } from '@jest/globals';
import { probe } from '../../subgraphs/crm/connectors/hubspot/probe.ts';
import { callContext } from './crm-contract.ts';
import { startHubspot } from './crm-hubspot-fixture.ts';

test('reports what the credentials may see and which properties hold identifiers, and changes nothing', async () => {
  await using portal = await startHubspot({ sandbox: { limits: { hubspot: true } } });
  const report = await probe(portal.config, callContext(), { dispatcher: portal.deps.dispatcher });
  expect(report.ok).toBe(true);
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.checks[0]).toMatchObject({ name: 'credentials', detail: expect.stringMatching(/^portal \d+$/) });
  expect(report.fields).toEqual(
    expect.arrayContaining([
      { field: 'companies.nip', filled: 1, sampled: 2, looksLike: 'TAX_ID' },
      { field: 'companies.woo_customer_id', filled: 1, sampled: 2, looksLike: 'EXTERNAL_ID' },
      { field: 'contacts.email', filled: 4, sampled: 4, looksLike: 'EMAIL' },
      { field: 'contacts.phone', filled: 2, sampled: 4, looksLike: 'PHONE' },
      { field: 'tickets.order_number', filled: 1, sampled: 2, looksLike: 'ORDER_NUMBER' },
    ]),
  );
  expect(report.budget).toEqual({ limit: 250_000, remaining: expect.any(Number) });
  expect(report.sample.map(({ reference }) => reference)).toContain('hubspot:company:77');
  const reads = portal.routes().filter((route) => route.startsWith('GET') || route.endsWith('/batch/read'));
  expect(portal.routes()).toEqual(reads);
  expect(reads.length).toBeLessThanOrEqual(20);
});

test('a wrong token is the one failed check', async () => {
  await using portal = await startHubspot();
  const report = await probe({ ...portal.config, token: 'wrong' }, callContext());
  expect(report).toMatchObject({ ok: false, fields: [], budget: null, sample: [] });
  expect(report.checks).toMatchObject([
    { name: 'credentials', ok: false, detail: expect.stringContaining('UPSTREAM_AUTH') },
  ]);
});

test('a missing scope and a property that is configured but not there are named', async () => {
  const hubspotScopes = ['crm.objects.contacts.read', 'crm.objects.companies.read', 'crm.schemas.companies.read'];
  await using portal = await startHubspot({ sandbox: { hubspotScopes } });
  const config = { ...portal.config, properties: { taxId: 'vat_number' } };
  const report = await probe(config, callContext());
  expect(report.ok).toBe(true);
  const check = (name: string) => report.checks.find((one) => one.name === name);
  expect(check('deals')).toMatchObject({ ok: false, detail: expect.stringContaining('crm.objects.deals.read') });
  expect(check('companies properties')).toMatchObject({ ok: false, detail: 'configured but not there: vat_number' });
  expect(report.fields).toContainEqual({ field: 'companies.nip', filled: 1, sampled: 2, looksLike: 'TAX_ID' });
});
