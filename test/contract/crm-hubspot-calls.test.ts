import { expect, test } from '@jest/globals';
import { callContext, company, contact } from './crm-contract.ts';
import { type SentRequest, startHubspot } from './crm-hubspot-fixture.ts';
import { addActivity, addDeal } from './crm-portal.ts';
import { addCompany, addContact, emptyDataset } from './sandbox-fixture.ts';

/** What the connector's NOTES.md says of the number of calls. */

const CONTACTS_READ = 'POST /crm/v3/objects/contacts/batch/read';
const CONTACTS_SEARCH = 'POST /crm/v3/objects/contacts/search';
const COMPANIES_SEARCH = 'POST /crm/v3/objects/companies/search';
const COMPANIES_OF_CONTACTS = 'POST /crm/v4/associations/contacts/companies/batch/read';
const CONTACTS_OF_COMPANIES = 'POST /crm/v4/associations/companies/contacts/batch/read';

test('100 contacts by e-mail, with their associations: 2 calls', async () => {
  await using portal = await startHubspot({ dataset: manyContacts(100) });
  const identifiers = Array.from({ length: 100 }, (_, index) => email(`contact${index + 1}@firma.pl`));
  const { parties } = await portal.source.parties(identifiers, callContext());
  expect(parties).toHaveLength(100);
  expect(parties[0]!.associations).toEqual(['hubspot:company:77']);
  expect(portal.routes()).toEqual([CONTACTS_READ, COMPANIES_OF_CONTACTS]);
  expect(portal.sent[0]!.body).toMatchObject({
    idProperty: 'email',
    inputs: identifiers.map(({ value }) => ({ id: value })),
  });
});

test('250 contacts by e-mail: 3 batches of at most 100 and 1 for all associations', async () => {
  await using portal = await startHubspot({ dataset: manyContacts(250) });
  const identifiers = Array.from({ length: 250 }, (_, index) => email(`contact${index + 1}@firma.pl`));
  await portal.source.parties(identifiers, callContext());
  expect(portal.routes()).toEqual([CONTACTS_READ, CONTACTS_READ, CONTACTS_READ, COMPANIES_OF_CONTACTS]);
  expect(portal.sent.slice(0, 3).map(inputCount)).toEqual([100, 100, 50]);
});

test('every kind of identifier at once: 1 batch and 1 search of contacts, 1 search of companies', async () => {
  await using portal = await startHubspot();
  const identifiers = [
    email('jan@palarnia.pl'),
    email('anna.nowak@dom.pl'),
    email('guest@dom.pl'),
    { kind: 'PHONE', value: '+48600100200' } as const,
    { kind: 'TAX_ID', value: 'PL5252445767' } as const,
    { kind: 'EXTERNAL_ID', value: 'woo:customer:13' } as const,
    { kind: 'EXTERNAL_ID', value: 'fakturownia:client:3' } as const,
  ];
  await portal.source.parties(identifiers, callContext());
  expect(portal.routes().slice(0, 3).sort()).toEqual([CONTACTS_READ, COMPANIES_SEARCH, CONTACTS_SEARCH].sort());
  expect(portal.routes().slice(3).sort()).toEqual([COMPANIES_OF_CONTACTS, CONTACTS_OF_COMPANIES, CONTACTS_READ].sort());
  const filters = filtersOf(portal.sent.find(({ route }) => route === CONTACTS_SEARCH)!);
  expect(filters.map(({ propertyName }) => propertyName)).toEqual([
    'hs_additional_emails',
    'hs_searchable_calculated_phone_number',
    'hs_searchable_calculated_mobile_number',
    'woo_customer_id',
    'fakturownia_client_id',
  ]);
  expect(filters[0]!.values).toEqual(['anna.nowak@dom.pl', 'guest@dom.pl']);
  expect(filters[1]!.values).toContain('600100200');
});

test('an e-mail that is nobody’s is asked for once', async () => {
  await using portal = await startHubspot();
  await portal.source.parties([email('guest@dom.pl')], callContext());
  await portal.source.parties([email('guest@dom.pl')], callContext());
  expect(portal.routes()).toEqual([CONTACTS_READ, CONTACTS_SEARCH]);
});

test('a company by its tax id: 1 search, its contacts 2 calls', async () => {
  await using portal = await startHubspot();
  await portal.source.parties([{ kind: 'TAX_ID', value: 'PL5252445767' }], callContext());
  expect(portal.routes()).toEqual([COMPANIES_SEARCH, CONTACTS_OF_COMPANIES, CONTACTS_READ]);
});

test('what parties have read is not read again for the graph', async () => {
  await using portal = await startHubspot();
  await portal.source.parties([{ kind: 'TAX_ID', value: 'PL5252445767' }, email('ewa@dom.pl')], callContext());
  const before = portal.sent.length;
  await portal.source.companies(['77'], callContext());
  await portal.source.contacts(['501', '502', '503'], callContext());
  await portal.source.contactLists([{ records: [company('77')], first: 20, after: null }], callContext());
  expect(portal.sent).toHaveLength(before);
});

test('filters hold at most 100 values, searches at most 5 filters', async () => {
  await using portal = await startHubspot({ config: { searchesPerSecond: 1000 } });
  const identifiers = Array.from({ length: 620 }, (_, index) => email(`guest${index}@dom.pl`));
  await portal.source.parties(identifiers, callContext());
  const searches = portal.sent.filter(({ route }) => route === CONTACTS_SEARCH).map(filtersOf);
  expect(searches.map((filters) => filters.map(({ values }) => values.length))).toEqual([
    [100, 100, 100, 100, 100],
    [100, 20],
  ]);
});

test('one customer’s deals, tickets and activities: 1 call a record for the ids, 1 a type for the objects', async () => {
  await using portal = await startHubspot();
  await readWork(portal.source, [[company('77'), contact('501')]]);
  expect(portal.routes().sort()).toEqual(
    [
      'GET /crm/v3/objects/companies/77',
      'GET /crm/v3/objects/contacts/501',
      'POST /crm/v3/objects/deals/batch/read',
      'POST /crm/v3/objects/tickets/batch/read',
      'POST /crm/v3/objects/notes/batch/read',
      'POST /crm/v3/objects/calls/batch/read',
      'POST /crm/v3/objects/emails/batch/read',
    ].sort(),
  );
  const get = portal.sent.find(({ route }) => route.startsWith('GET'))!;
  expect(get.query.get('associations')).toBe('deals,tickets,notes,calls,emails,meetings,tasks');
});

test('50 customers’ deals, tickets and activities: 1 call a pair of types for the ids', async () => {
  const dataset = emptyDataset();
  for (let id = 1; id <= 50; id += 1) {
    addCompany(dataset.hubspot, id);
    addContact(dataset.hubspot, id);
    addDeal(dataset.hubspot, id);
    addActivity(dataset.hubspot, 'notes', id);
    dataset.hubspot.associations.link('deals', id, 'companies', id);
    dataset.hubspot.associations.link('notes', id, 'contacts', id);
  }
  await using portal = await startHubspot({ dataset });
  await readWork(
    portal.source,
    Array.from({ length: 50 }, (_, index) => [company(`${index + 1}`), contact(`${index + 1}`)]),
  );
  const associations = portal.routes().filter((route) => route.includes('/associations/'));
  expect(associations).toHaveLength(14);
  expect(new Set(associations).size).toBe(14);
  const rest = portal.routes().filter((route) => !route.includes('/associations/'));
  expect(rest.sort()).toEqual(['POST /crm/v3/objects/deals/batch/read', 'POST /crm/v3/objects/notes/batch/read']);
});

test('a company with 1,200 deals: 3 pages of ids, 12 batches', async () => {
  const dataset = emptyDataset();
  addCompany(dataset.hubspot, 77);
  for (let id = 1; id <= 1200; id += 1) {
    addDeal(dataset.hubspot, id, { createdAt: Date.parse('2026-01-01T00:00:00Z') + id });
    dataset.hubspot.associations.link('deals', id, 'companies', 77);
  }
  await using portal = await startHubspot({ dataset });
  const [page] = await portal.source.dealLists([{ records: [company('77')], first: 2, after: null }], callContext());
  expect(page!.items.map(({ node }) => node.id)).toEqual(['hubspot:deal:1200', 'hubspot:deal:1199']);
  expect(page).toMatchObject({ totalCount: 1200, hasNextPage: true });
  const counts = Object.groupBy(portal.routes(), (route) => route);
  expect(counts['POST /crm/v4/associations/companies/deals/batch/read']).toHaveLength(3);
  expect(counts['POST /crm/v3/objects/deals/batch/read']).toHaveLength(12);
});

test('whose 100 deals these are: 1 call for companies, 1 for the contacts of those without', async () => {
  const dataset = emptyDataset();
  addCompany(dataset.hubspot, 77);
  addContact(dataset.hubspot, 501);
  for (let id = 1; id <= 100; id += 1) {
    addDeal(dataset.hubspot, id);
    if (id > 1) dataset.hubspot.associations.link('deals', id, 'companies', 77);
  }
  dataset.hubspot.associations.link('deals', 1, 'contacts', 501);
  await using portal = await startHubspot({ dataset });
  const ids = Array.from({ length: 100 }, (_, index) => `${index + 1}`);
  const owners = await portal.source.ownership('deal', ids, callContext());
  expect(owners.slice(0, 2)).toEqual([{ party: 'hubspot:contact:501' }, { party: 'hubspot:company:77' }]);
  expect(portal.sent.map(inputCount)).toEqual([100, 1]);
});

test('owners and pipelines are read once', async () => {
  await using portal = await startHubspot();
  await portal.source.employees(['9'], callContext());
  await portal.source.employees(['9'], callContext());
  const stage = { object: 'deal', pipelineId: 'default', stageId: 'closedwon' } as const;
  await portal.source.stageNames([stage, { ...stage, stageId: 'gone' }], callContext());
  await portal.source.stageNames([stage], callContext());
  expect(portal.routes()).toEqual(['GET /crm/v3/owners', 'GET /crm/v3/pipelines/deals']);
});

test('a page of 100 companies with their contacts: 1 list, 1 association and 1 contact call', async () => {
  const dataset = emptyDataset();
  for (let id = 1; id <= 100; id += 1) {
    addCompany(dataset.hubspot, id);
    addContact(dataset.hubspot, id);
    dataset.hubspot.associations.link('contacts', id, 'companies', id);
  }
  await using portal = await startHubspot({ dataset });
  const page = await portal.source.partyList({ search: null, first: 100, after: null }, callContext());
  expect(page.parties).toHaveLength(100);
  expect(portal.routes()).toEqual(['GET /crm/v3/objects/companies', CONTACTS_OF_COMPANIES, CONTACTS_READ]);
});

test('contacts without company come with their associations: 1 call', async () => {
  const dataset = emptyDataset();
  for (let id = 1; id <= 100; id += 1) addContact(dataset.hubspot, id);
  await using portal = await startHubspot({ dataset });
  const page = await portal.source.partyList({ search: null, first: 100, after: null }, callContext());
  expect(page).toMatchObject({ hasNextPage: false });
  expect(page.parties).toHaveLength(100);
  expect(portal.routes()).toEqual(['GET /crm/v3/objects/companies', 'GET /crm/v3/objects/contacts']);
});

async function readWork(
  source: Awaited<ReturnType<typeof startHubspot>>['source'],
  customers: readonly (readonly ReturnType<typeof company>[])[],
): Promise<void> {
  const requests = customers.map((records) => ({ records, first: 20, after: null, open: null, types: null }));
  const context = callContext();
  await Promise.all([
    source.dealLists(requests, context),
    source.ticketLists(requests, context),
    source.activityLists(requests, context),
  ]);
}

function manyContacts(count: number) {
  const dataset = emptyDataset();
  addCompany(dataset.hubspot, 77);
  for (let id = 1; id <= count; id += 1) {
    addContact(dataset.hubspot, id);
    dataset.hubspot.associations.link('contacts', id, 'companies', 77);
  }
  return dataset;
}

function email(value: string) {
  return { kind: 'EMAIL', value } as const;
}

function inputCount({ body }: SentRequest): number {
  return (body as { inputs: unknown[] }).inputs.length;
}

function filtersOf({ body }: SentRequest): { propertyName: string; values: string[] }[] {
  const { filterGroups } = body as { filterGroups: { filters: { propertyName: string; values: string[] }[] }[] };
  return filterGroups.flatMap(({ filters }) => filters);
}
