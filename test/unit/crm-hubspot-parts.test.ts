import { expect, test } from '@jest/globals';
import { readSources, SettingsError } from '../../common/settings.ts';
import { planAssociationCalls } from '../../subgraphs/crm/connectors/hubspot/association-plan.ts';
import { hubspotConfigSchema, toHubspotConfig } from '../../subgraphs/crm/connectors/hubspot/config.ts';
import { checkBatch, describeHubspotError } from '../../subgraphs/crm/connectors/hubspot/errors.ts';
import type { ObjectType } from '../../subgraphs/crm/connectors/hubspot/object-types.ts';
import { toPlainText } from '../../subgraphs/crm/connectors/hubspot/plain-text.ts';
import { phoneSpellings, taxIdSpellings } from '../../subgraphs/crm/connectors/hubspot/spellings.ts';
import { crmVendors } from '../../subgraphs/crm/sources.ts';

test.each([
  ['<p>Dzień&nbsp;dobry</p><ul><li>kawa</li><li>mleko</li></ul>', 'Dzień dobry\n\nkawa\n\nmleko'],
  ['<div>a</div><script>alert(1)</script><style>p{}</style>b', 'a\nb'],
  ['<p onclick="x()">ok</p><!-- hidden -->', 'ok'],
  ['1 < 2 i 3 > 2', '1 < 2 i 3 > 2'],
  ['Od: Jan <jan@firma.pl>', 'Od: Jan <jan@firma.pl>'],
  ['a\r\n\r\n\r\n\r\nb', 'a\n\nb'],
  ['<br>', null],
  [null, null],
])('%j reads as %j', (html, plain) => {
  expect(toPlainText(html)).toBe(plain);
});

test('a tax id is searched in the spellings people use, in lower case', () => {
  const spellings = taxIdSpellings('PL5252445767');
  const usual = ['5252445767', '525-244-57-67', '525-24-45-767', '525 244 57 67', 'pl5252445767', 'pl 525-244-57-67'];
  expect(spellings).toEqual(expect.arrayContaining(usual));
  expect(taxIdSpellings('DE136695976')).toContain('de136695976');
  expect(taxIdSpellings('GR094014201')).toContain('el094014201');
});

test('a telephone is searched in the forms HubSpot calculates', () => {
  expect(phoneSpellings('+48600100200')).toEqual(['600100200', '48600100200', '0048600100200', '0600100200']);
  expect(phoneSpellings('nothing')).toEqual([]);
});

test('few records with many types are read one by one, others by batch', () => {
  const types: ObjectType[] = ['deals', 'tickets', 'notes'];
  const keys = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      types.map((to) => ({ from: 'contacts', id: `${index}`, to }) as const),
    ).flat();
  expect(planAssociationCalls(keys(2)).map(({ kind }) => kind)).toEqual(['single', 'single']);
  expect(planAssociationCalls(keys(3)).map(({ kind }) => kind)).toEqual(['batch', 'batch', 'batch']);
  const many = Array.from({ length: 2500 }, (_, index) => ({ from: 'contacts', id: `${index}`, to: 'deals' }) as const);
  expect(planAssociationCalls(many)).toHaveLength(3);
  const deals = [...types, 'calls' as const].map((to) => ({ from: 'deals', id: '1', to }) as const);
  expect(planAssociationCalls(deals).map(({ kind }) => kind)).toEqual(Array(4).fill('batch'));
});

test('a batch’s errors are told apart from "not found"', () => {
  const body = (category: string) => ({ status: 'COMPLETE', results: [], errors: [{ category }] });
  expect(checkBatch(body('OBJECT_NOT_FOUND'))).toBeNull();
  expect(checkBatch({ results: [] })).toBeNull();
  expect(checkBatch([])).toBeNull();
  expect(checkBatch(body('MISSING_SCOPES'))).toMatchObject({ code: 'UPSTREAM_AUTH' });
  expect(checkBatch(body('anna@dom.pl'))).toEqual({
    code: 'UPSTREAM_UNAVAILABLE',
    message: 'a part of the batch failed: no known reason',
  });
});

test('an error is described by its category, scopes and correlation id alone', () => {
  const body = {
    message: 'anna@dom.pl',
    category: 'MISSING_SCOPES',
    correlationId: 'c-1',
    errors: [{ message: 'x', context: { requiredGranularScopes: ['tickets', 'a b'] } }],
  };
  expect(describeHubspotError(403, body)).toBe('MISSING_SCOPES, tickets, correlation id c-1');
  expect(describeHubspotError(500, 'oops')).toBeNull();
});

test('a source is configured by settings with its name before them', () => {
  const env = {
    CRM_SOURCES: 'crm2=hubspot',
    CRM2_TOKEN: 't',
    CRM2_TAX_ID_PROPERTY: 'vat_number',
    CRM2_LEGAL_FORM_PROPERTY: '-',
    CRM2_EXTERNAL_IDS: 'shop_id=outlet:customer',
    CRM2_CONSENTS: '-',
    CRM2_SEARCHES_PER_SECOND: '10',
  };
  const [source] = readSources({ env, variable: 'CRM_SOURCES', vendors: crmVendors });
  const config = hubspotConfigSchema.parse(toHubspotConfig(source!.name, source!.settings));
  expect(config).toMatchObject({
    name: 'crm2',
    url: 'https://api.hubapi.com',
    apiVersion: 'v3',
    searchesPerSecond: 10,
  });
  expect(config.properties).toMatchObject({
    taxId: 'vat_number',
    internalUnit: 'internal_unit',
    legalForm: null,
    soleTraderForms: ['JDG'],
    externalIds: [{ property: 'shop_id', reference: 'outlet:customer' }],
    consents: [],
  });
});

test('every wrong setting is named, and no value', () => {
  const env = {
    CRM_SOURCES: 'hubspot=hubspot',
    HUBSPOT_URL: 'nonsense-value',
    HUBSPOT_EXTERNAL_IDS: 'nonsense-value',
    HUBSPOT_CONSENTS: 'x=NONSENSE:EMAIL',
    HUBSPOT_API_VERSION: 'v9',
  };
  const read = () => readSources({ env, variable: 'CRM_SOURCES', vendors: crmVendors });
  expect(read).toThrow(SettingsError);
  for (const name of ['URL', 'TOKEN', 'EXTERNAL_IDS', 'CONSENTS', 'API_VERSION'])
    expect(read).toThrow(`HUBSPOT_${name}`);
  expect(read).not.toThrow(/nonsense-value/i);
});
