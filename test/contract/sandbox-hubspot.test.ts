import { Client } from '@hubspot/api-client';
import { expect, test } from '@jest/globals';
import type { Dataset } from '../../sandbox/data/dataset.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { addCompany, addContact, emptyDataset } from './sandbox-fixture.ts';

const { token } = SANDBOX_CREDENTIALS.hubspot;

test("HubSpot's client pages through every contact", async () => {
  const dataset = withContacts(250);
  await using sandbox = await startSandbox({ dataset });
  const contacts = await clientOf(sandbox).crm.contacts.getAll(100);
  expect(contacts.map(({ id }) => id)).toEqual([...dataset.hubspot.contacts.keys()].map(String));
  expect(sandbox.control.calls().hubspot.byRoute).toEqual({ 'GET /crm/v3/objects/contacts': 3 });
});

test('answers the default properties when none are asked for, and null for an asked one without a value', async () => {
  const dataset = emptyDataset();
  addContact(dataset.hubspot, 501, { phone: null, city: 'Łódź' });
  await using sandbox = await startSandbox({ dataset });
  const { basicApi } = clientOf(sandbox).crm.contacts;
  const byDefault = await basicApi.getById('501');
  expect(Object.keys(byDefault.properties).sort()).toEqual(
    ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'].sort(),
  );
  const asked = await basicApi.getById('501', ['city', 'phone', 'no_such_property']);
  expect(asked.properties).toMatchObject({ city: 'Łódź', phone: null });
  expect(asked.properties).not.toHaveProperty('no_such_property');
});

test("HubSpot's client searches by every operator, sorted and paged", async () => {
  await using sandbox = await startSandbox({ dataset: withContacts(30) });
  const { searchApi } = clientOf(sandbox).crm.contacts;
  const search = async (operator: string, propertyName: string, values: object) => {
    const filters = [{ propertyName, operator: operator as never, ...values }];
    const answer = await searchApi.doSearch({
      filterGroups: [{ filters }],
      properties: ['email'],
      limit: 200,
      sorts: [],
      after: '0',
    } as never);
    return answer.total;
  };
  const email = 'contact7@firma.pl';
  expect(await search('EQ', 'email', { value: email.toUpperCase() })).toBe(1);
  expect(await search('NEQ', 'email', { value: email })).toBe(29);
  expect(await search('IN', 'email', { values: [email, 'contact8@firma.pl', 'nobody@x.pl'] })).toBe(2);
  expect(await search('IN', 'email', { values: [email.toUpperCase()] })).toBe(0);
  expect(await search('NOT_IN', 'email', { values: [email] })).toBe(29);
  expect(await search('HAS_PROPERTY', 'phone', {})).toBe(0);
  expect(await search('NOT_HAS_PROPERTY', 'phone', {})).toBe(30);
  expect(await search('CONTAINS_TOKEN', 'email', { value: '*@firma.pl' })).toBe(30);
  expect(await search('NOT_CONTAINS_TOKEN', 'lastname', { value: 'Nowak7' })).toBe(29);
  expect(await search('GT', 'hs_object_id', { value: '25' })).toBe(5);
  expect(await search('GTE', 'hs_object_id', { value: '25' })).toBe(6);
  expect(await search('LT', 'hs_object_id', { value: '3' })).toBe(2);
  expect(await search('LTE', 'hs_object_id', { value: '3' })).toBe(3);
  expect(await search('BETWEEN', 'hs_object_id', { value: '3', highValue: '5' })).toBe(3);

  const page = { query: 'anna', limit: 4, sorts: ['-hs_object_id'], properties: [], filterGroups: [] };
  const first = await searchApi.doSearch({ ...page, after: '0' } as never);
  expect(first.total).toBe(30);
  expect(first.results.map(({ id }) => id)).toEqual(['30', '29', '28', '27']);
  const second = await searchApi.doSearch({ ...page, after: first.paging?.next?.after } as never);
  expect(second.results.map(({ id }) => id)).toEqual(['26', '25', '24', '23']);
});

test('finds a contact by one of its secondary addresses', async () => {
  const dataset = emptyDataset();
  addContact(dataset.hubspot, 1, { additionalEmails: ['stary@firma.pl', 'inny@firma.pl'] });
  addContact(dataset.hubspot, 2);
  await using sandbox = await startSandbox({ dataset });
  const answer = await search(sandbox, 'contacts', 'hs_additional_emails', {
    operator: 'IN',
    values: ['inny@firma.pl'],
  });
  expect(answer.results.map(({ id }: { id: string }) => id)).toEqual(['1']);
});

test('batch read by e-mail answers 207 with the unknown ones among its errors', async () => {
  const dataset = withContacts(3);
  await using sandbox = await startSandbox({ dataset });
  const response = await post(sandbox, '/crm/v3/objects/contacts/batch/read', {
    idProperty: 'email',
    properties: ['email'],
    inputs: [{ id: 'Contact2@firma.pl' }, { id: 'nobody@firma.pl' }],
  });
  expect(response.status).toBe(207);
  expect(await response.json()).toMatchObject({
    status: 'COMPLETE',
    results: [{ id: '2', properties: { email: 'contact2@firma.pl' } }],
    numErrors: 1,
    errors: [{ status: 'error', category: 'OBJECT_NOT_FOUND', context: { ids: ['nobody@firma.pl'] } }],
  });
});

test("HubSpot's client batch-reads a hundred and is refused a hundred and one", async () => {
  await using sandbox = await startSandbox({ dataset: withContacts(120) });
  const { batchApi } = clientOf(sandbox).crm.contacts;
  const read = (count: number) =>
    batchApi.read({
      inputs: Array.from({ length: count }, (_, index) => ({ id: String(index + 1) })),
      properties: ['email'],
      propertiesWithHistory: [],
    });
  expect((await read(100)).results).toHaveLength(100);
  await expect(read(101)).rejects.toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
});

test('an id that was merged away answers the surviving contact', async () => {
  const dataset = emptyDataset();
  addContact(dataset.hubspot, 10, { mergedIds: [8, 9] });
  await using sandbox = await startSandbox({ dataset });
  expect((await clientOf(sandbox).crm.contacts.basicApi.getById('9')).id).toBe('10');
  const response = await post(sandbox, '/crm/v3/objects/contacts/batch/read', {
    inputs: [{ id: '8' }, { id: '9' }, { id: '10' }],
    properties: ['hs_merged_object_ids'],
  });
  expect(response.status).toBe(200);
  const { results } = (await response.json()) as { results: unknown[] };
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ id: '10', properties: { hs_merged_object_ids: '8;9' } });
});

test('numeric type ids name the same objects', async () => {
  const dataset = emptyDataset();
  addCompany(dataset.hubspot, 77);
  await using sandbox = await startSandbox({ dataset });
  const [byName, byNumber] = await Promise.all([
    get(sandbox, '/crm/v3/objects/companies/77'),
    get(sandbox, '/crm/v3/objects/0-2/77'),
  ]);
  expect(await byNumber.json()).toEqual(await byName.json());
  expect(sandbox.control.calls().hubspot.byRoute).toEqual({ 'GET /crm/v3/objects/companies/:id': 2 });
});

test('dated paths lead to the same routes', async () => {
  await using sandbox = await startSandbox({ dataset: withContacts(1) });
  expect((await get(sandbox, '/crm/objects/2026-03/contacts?limit=1')).status).toBe(200);
  const inputs = [{ id: '1' }];
  expect((await post(sandbox, '/crm/associations/2026-03/contacts/companies/batch/read', { inputs })).status).toBe(207);
  expect((await get(sandbox, '/account-info/2026-03/details')).status).toBe(200);
});

test('associations are read in batches and page by five hundred', async () => {
  const dataset = emptyDataset();
  const { hubspot } = dataset;
  addCompany(hubspot, 77);
  addContact(hubspot, 9_999);
  for (let id = 1; id <= 501; id += 1) {
    addContact(hubspot, id);
    hubspot.associations.link('contacts', id, 'companies', 77);
  }
  await using sandbox = await startSandbox({ dataset });
  const { batchApi, basicApi } = clientOf(sandbox).crm.associations.v4;

  const [company] = (await batchApi.getPage('companies', 'contacts', { inputs: [{ id: '77' }] })).results;
  expect(company?.to).toHaveLength(500);
  const rest = await batchApi.getPage('companies', 'contacts', {
    inputs: [{ id: '77', after: company?.paging?.next?.after }],
  });
  expect(rest.results[0]?.to.map(({ toObjectId }) => toObjectId)).toEqual(['501']);

  const single = await basicApi.getPage('contacts', '5', 'companies');
  expect(single.results).toMatchObject([
    { toObjectId: '77', associationTypes: [{ typeId: 1, label: 'Primary' }, { typeId: 279 }] },
  ]);

  const none = await post(sandbox, '/crm/v4/associations/contacts/companies/batch/read', {
    inputs: [{ id: '5' }, { id: '9999' }],
  });
  expect(none.status).toBe(207);
  expect(await none.json()).toMatchObject({
    results: [{ from: { id: '5' } }],
    errors: [{ subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND', context: { fromObjectId: ['9999'] } }],
  });
});

test.each([
  ['no token', {}],
  ['a wrong token', { authorization: 'Bearer nonsense' }],
])('%s is answered 401 in the vendor’s form', async (_name, headers) => {
  await using sandbox = await startSandbox({ dataset: emptyDataset() });
  const response = await fetch(`${sandbox.urls.hubspot}/crm/v3/objects/contacts`, { headers });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ status: 'error', category: 'INVALID_AUTHENTICATION' });
});

test.each([
  ['a list of 101', 'GET', '/crm/v3/objects/contacts?limit=101', undefined],
  ['a search of 201', 'POST', '/crm/v3/objects/contacts/search', { limit: 201 }],
  ['six filter groups', 'POST', '/crm/v3/objects/contacts/search', { filterGroups: Array(6).fill({ filters: [] }) }],
  ['results beyond 10,000', 'POST', '/crm/v3/objects/contacts/search', { limit: 100, after: '9950' }],
  [
    'an unknown property in a filter',
    'POST',
    '/crm/v3/objects/contacts/search',
    { filterGroups: [{ filters: [{ propertyName: 'nope', operator: 'EQ', value: '1' }] }] },
  ],
])('%s is answered 400', async (_name, method, path, body) => {
  await using sandbox = await startSandbox({ dataset: emptyDataset() });
  const response = await call(sandbox, method, path, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
});

test('creates, updates and merges contacts, and finds them by their new values', async () => {
  await using sandbox = await startSandbox({ dataset: withContacts(2) });
  const { contacts } = clientOf(sandbox).crm;
  const made = await contacts.basicApi.create({
    properties: { email: 'Nowa@Firma.pl', firstname: 'Ewa' },
    associations: [],
  });
  expect(made.properties.email).toBe('nowa@firma.pl');
  await expect(
    contacts.basicApi.create({ properties: { email: 'nowa@firma.pl' }, associations: [] }),
  ).rejects.toMatchObject({
    code: 409,
    body: { message: `Contact already exists. Existing ID: ${made.id}` },
  });
  await contacts.basicApi.update(made.id, { properties: { email: 'ewa@firma.pl', phone: '+48 600 100 200' } });
  const byPhone = await search(sandbox, 'contacts', 'hs_searchable_calculated_phone_number', {
    operator: 'EQ',
    value: '600100200',
  });
  expect(byPhone.results).toMatchObject([{ id: made.id }]);
  await contacts.basicApi.merge({ primaryObjectId: '1', objectIdToMerge: made.id });
  const survivor = await contacts.basicApi.getById(made.id, ['hs_additional_emails']);
  expect(survivor).toMatchObject({ id: '1', properties: { hs_additional_emails: 'ewa@firma.pl' } });
});

test('a note is created with its association', async () => {
  await using sandbox = await startSandbox({ dataset: withContacts(1) });
  const { crm } = clientOf(sandbox);
  const note = await crm.objects.notes.basicApi.create({
    properties: { hs_note_body: 'Oddzwonić', hs_timestamp: '2026-11-02T10:00:00Z' },
    associations: [
      { to: { id: '1' }, types: [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: 202 }] },
    ],
  });
  const associated = await crm.associations.v4.basicApi.getPage('contacts', '1', 'notes');
  expect(associated.results).toMatchObject([{ toObjectId: note.id }]);
});

test('tells owners, properties, the account, its usage and what the token may do', async () => {
  const dataset = emptyDataset();
  dataset.hubspot.owners.set(5, {
    id: 5,
    userId: 55,
    email: 'ola@sklep.pl',
    firstName: 'Ola',
    lastName: 'Lis',
    team: 'Handel',
    createdAt: 0,
    updatedAt: 0,
  });
  await using sandbox = await startSandbox({
    dataset,
    hubspotScopes: ['crm.objects.owners.read', 'crm.objects.companies.read'],
  });
  const { crm } = clientOf(sandbox);
  expect((await crm.owners.ownersApi.getPage()).results).toMatchObject([{ id: '5', email: 'ola@sklep.pl' }]);
  const properties = await crm.properties.coreApi.getAll('companies');
  expect(properties.results.find(({ name }) => name === 'nip')).toMatchObject({
    type: 'string',
    hubspotDefined: false,
  });
  expect(await (await get(sandbox, '/account-info/v3/details')).json()).toMatchObject({ portalId: 25_000_001 });
  const usage = (await (await get(sandbox, '/account-info/v3/api-usage/daily/private-apps')).json()) as {
    results: object[];
  };
  expect(usage.results[0]).toMatchObject({ usageLimit: 250_000, currentUsage: 4 });
  const info = await post(sandbox, '/oauth/v2/private-apps/get/access-token-info', { tokenKey: token });
  expect(await info.json()).toMatchObject({
    hubId: 25_000_001,
    scopes: ['crm.objects.owners.read', 'crm.objects.companies.read'],
  });
  const denied = await get(sandbox, '/crm/v3/objects/contacts');
  expect(denied.status).toBe(403);
  expect(await denied.json()).toMatchObject({ category: 'MISSING_SCOPES' });
});

function withContacts(count: number): Dataset {
  const dataset = emptyDataset();
  for (let id = 1; id <= count; id += 1) addContact(dataset.hubspot, id);
  return dataset;
}

function clientOf(sandbox: Sandbox): Client {
  return new Client({ accessToken: token, basePath: sandbox.urls.hubspot });
}

function get(sandbox: Sandbox, path: string): Promise<Response> {
  return call(sandbox, 'GET', path);
}

function post(sandbox: Sandbox, path: string, body: unknown): Promise<Response> {
  return call(sandbox, 'POST', path, body);
}

function call(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(sandbox.urls.hubspot + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

async function search(sandbox: Sandbox, type: string, propertyName: string, filter: object) {
  const body = { filterGroups: [{ filters: [{ propertyName, ...filter }] }] };
  const response = await post(sandbox, `/crm/v3/objects/${type}/search`, body);
  return (await response.json()) as { total: number; results: { id: string }[] };
}
