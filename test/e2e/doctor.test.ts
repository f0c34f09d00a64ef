import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { type DoctorOptions, examine } from '../../gateway/doctor/doctor.ts';
import { renderReport } from '../../gateway/doctor/render.ts';
import type { Dataset } from '../../sandbox/data/dataset.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import { runToEnd } from './service-process.ts';

const DOCTOR = 'gateway/doctor/main.ts';

/** A sandbox as the company's own systems, and the settings that name it. */
async function startCompany(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ customers: 60, ...options });
  const env = sandboxEnvironment(sandbox);
  const examineIt = (settings: Record<string, string> = {}, doctorOptions: DoctorOptions = { sampleSize: 5 }) =>
    examine({ ...env, ...settings }, doctorOptions);
  return { sandbox, env, examine: examineIt, [Symbol.asyncDispose]: () => sandbox.close() };
}

test('tells of each system that it works, what it may see and where identifiers stand', async () => {
  await using company = await startCompany({ limits: { hubspot: true } });
  const report = await company.examine();
  expect(report).toMatchObject({ ok: true, sandbox: false });
  expect(report.systems.map(({ source, ok }) => [source, ok])).toEqual([
    ['hubspot', true],
    ['woo', true],
    ['fakturownia', true],
  ]);
  const looks = (source: string) =>
    new Set(report.systems.find((one) => one.source === source)?.fields.map(({ looksLike }) => looksLike));
  expect([...looks('hubspot')]).toEqual(
    expect.arrayContaining(['TAX_ID', 'EMAIL', 'PHONE', 'EXTERNAL_ID', 'ORDER_NUMBER']),
  );
  expect([...looks('woo')]).toEqual(expect.arrayContaining(['TAX_ID', 'EMAIL', 'PHONE', 'ORDER_NUMBER']));
  expect([...looks('fakturownia')]).toEqual(expect.arrayContaining(['TAX_ID', 'EMAIL', 'ORDER_NUMBER']));
  expect(report.systems[0]?.budget).toEqual({ limit: 250_000, remaining: expect.any(Number) });
  const text = renderReport(report);
  expect(text).toContain('hubspot (hubspot, CRM): works');
  expect(text).toMatch(/companies\.nip +TAX_ID +\d+ of \d+/);
  expect(text).toContain('Every source works.');
});

test("matches a sample of all systems by identity's rules", async () => {
  await using company = await startCompany({ customers: 120 });
  const { matching } = await company.examine({}, { sampleSize: 15 });
  expect(matching?.unavailable).toEqual([]);
  expect(matching?.systems.map(({ source }) => source)).toEqual(['hubspot', 'woo', 'fakturownia']);
  for (const { sampled, linked, alone } of matching?.systems ?? []) {
    expect(sampled).toBeGreaterThan(5);
    expect(linked + alone).toBe(sampled);
    expect(linked).toBeGreaterThan(0);
  }
  expect(matching?.rules.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['TAX_ID', 'EMAIL', 'EXTERNAL_ID']));
});

test('slows down when a vendor asks for it, and still asks for everybody', async () => {
  await using company = await startCompany({ limits: { fakturownia: true } });
  const { matching } = await company.examine();
  expect(matching?.unavailable).toEqual([]);
});

test('counts every call, and none of them writes', async () => {
  await using company = await startCompany();
  const { systems } = await company.examine();
  const calls = company.sandbox.control.calls();
  expect(systems.map(({ calls: counted }) => counted)).toEqual([
    calls.hubspot.total,
    calls.woo.total,
    calls.fakturownia.total,
  ]);
  const routes = Object.values(calls).flatMap(({ byRoute }) => Object.keys(byRoute));
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.filter((route) => !/^GET |^POST .*\/(batch\/read|search)$/.test(route))).toEqual([]);
});

test("holds no secret and nobody's data, in text or JSON", async () => {
  await using company = await startCompany({ customers: 120 });
  const report = await company.examine({}, { sampleSize: 60 });
  expect(report.matching?.ambiguous.length).toBeGreaterThan(0);
  const written = `${renderReport(report)}${JSON.stringify(report)}`.toLowerCase();
  const planted = [
    ...peopleIn(company.sandbox.dataset),
    ...Object.values(SANDBOX_CREDENTIALS).flatMap((one) => Object.values(one)),
  ];
  expect(planted.length).toBeGreaterThan(200);
  expect(planted.filter((text) => written.includes(text.toLowerCase()))).toEqual([]);
});

/** What tells who somebody is: addresses, numbers and whole names. */
function peopleIn({ hubspot, woo, fakturownia }: Dataset): string[] {
  const contacts = [...hubspot.contacts.values()].flatMap((one) => [
    one.email,
    one.phone,
    `${one.firstName} ${one.lastName}`,
  ]);
  const companies = [...hubspot.companies.values()].flatMap((one) => [one.name, one.nip, one.phone]);
  const accounts = [...woo.customers.values()].flatMap((one) => [
    one.email,
    one.nip,
    one.billing.phone,
    `${one.firstName} ${one.lastName}`,
  ]);
  const clients = [...fakturownia.clients.values()].flatMap((one) => [one.name, one.email, one.taxNumber, one.phone]);
  const texts = [...contacts, ...companies, ...accounts, ...clients].filter((text) => text !== null);
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => text.length > 5);
}

test.each([
  ['hubspot', 'HUBSPOT_URL'],
  ['woo', 'WOO_URL'],
  ['fakturownia', 'FAKTUROWNIA_URL'],
] as const)('names %s when it is down and goes on with the others', async (vendor, setting) => {
  await using company = await startCompany();
  company.sandbox.control.set(vendor, { mode: 'outage' });
  const report = await company.examine();
  expect(report.ok).toBe(false);
  expect(report.systems.filter(({ ok }) => !ok).map(({ source }) => source)).toEqual([vendor]);
  const failed = report.systems.find(({ source }) => source === vendor)?.checks.find(({ ok }) => !ok);
  expect(failed?.detail).toMatch(/^UPSTREAM_UNAVAILABLE: /);
  expect(report.matching?.unavailable).toEqual([{ source: vendor, code: 'UPSTREAM_UNAVAILABLE' }]);
  expect(report.matching?.systems).toHaveLength(2);
  expect(report.advice[0]).toMatchObject({ setting });
  expect(renderReport(report)).toContain(`Not working: ${vendor}.`);
});

test.each([
  ['hubspot', { HUBSPOT_TOKEN: 'wrong-token' }],
  ['woo', { WOO_CONSUMER_KEY: 'ck_wrong', WOO_CONSUMER_SECRET: 'cs_wrong' }],
  ['fakturownia', { FAKTUROWNIA_API_TOKEN: 'wrong-token' }],
])('names the credentials that %s refuses', async (source, settings) => {
  await using company = await startCompany();
  const report = await company.examine(settings);
  expect(report.systems.filter(({ ok }) => !ok).map((system) => system.source)).toEqual([source]);
  expect(report.advice[0]?.setting?.split(', ')).toEqual(expect.arrayContaining(Object.keys(settings)));
  for (const value of Object.values(settings)) expect(JSON.stringify(report)).not.toContain(value);
});

test('tells which types the credentials may not see', async () => {
  const hubspotScopes = ['crm.objects.contacts.read', 'crm.objects.companies.read', 'crm.schemas.companies.read'];
  await using company = await startCompany({ hubspotScopes });
  const report = await company.examine();
  expect(report.ok).toBe(true);
  const reasons = report.advice.filter(({ setting }) => setting === 'HUBSPOT_TOKEN').map(({ reason }) => reason);
  expect(reasons).toEqual(
    expect.arrayContaining([expect.stringContaining('deals'), expect.stringContaining('tickets')]),
  );
});

test('says what to set when the configured field is not there and another one holds tax ids', async () => {
  await using company = await startCompany();
  const report = await company.examine({ HUBSPOT_TAX_ID_PROPERTY: 'vat_number' });
  expect(report.advice).toContainEqual(expect.objectContaining({ setting: 'HUBSPOT_TAX_ID_PROPERTY', value: 'nip' }));
  expect(renderReport(report)).toContain('HUBSPOT_TAX_ID_PROPERTY=nip');
});

test('counts the links that the operator forces', async () => {
  await using company = await startCompany();
  const { hubspot, fakturownia } = company.sandbox.dataset;
  const folder = mkdtempSync(join(tmpdir(), 'jeden-'));
  try {
    const links = [...hubspot.companies.keys()].map((id) => [
      `hubspot:company:${id}`,
      `fakturownia:client:${[...fakturownia.clients.keys()][0]}`,
    ]);
    writeFileSync(join(folder, 'links.json'), JSON.stringify({ link: links.slice(0, 1) }));
    const { matching } = await company.examine({ LINKS_FILE: join(folder, 'links.json') });
    expect(matching?.rules).toContainEqual({ rule: 'OPERATOR', records: expect.any(Number) });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('examines the embedded sandbox when no systems are named, and ends with 0', async () => {
  const { code, stdout } = await runToEnd(DOCTOR, ['--sample=5'], { SANDBOX_CUSTOMERS: '50' });
  expect(stdout).toMatch(/^No systems are configured: this is the embedded sandbox\./);
  expect(code).toBe(0);
});

test('ends with 1 when a system does not work, with the whole report as JSON', async () => {
  await using company = await startCompany({ customers: 50 });
  const env = { ...company.env, HUBSPOT_TOKEN: 'wrong-token' };
  const { code, stdout } = await runToEnd(DOCTOR, ['--json', '--sample=5'], env);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, sandbox: false });
  expect(code).toBe(1);
});

test('names every wrong setting in one message, without values, and ends with 1', async () => {
  const settings = { CRM_SOURCES: 'hubspot=hubspot', SHOP_SOURCES: 'woo=woocommerce', WOO_URL: 'canary-value' };
  const { code, stdout, stderr } = await runToEnd(DOCTOR, [], settings);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  for (const name of ['HUBSPOT_TOKEN', 'WOO_URL', 'WOO_CONSUMER_KEY', 'WOO_CONSUMER_SECRET'])
    expect(stderr).toContain(name);
  expect(stderr).not.toContain('canary-value');
});

test('explains its arguments when it does not know one, and ends with 2', async () => {
  const { code, stderr } = await runToEnd(DOCTOR, ['--fix'], {});
  expect(code).toBe(2);
  expect(stderr).toContain('--json');
});
