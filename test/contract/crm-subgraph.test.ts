import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { startCrm } from '../../subgraphs/crm/main.ts';
import type { CrmSource } from '../../subgraphs/crm/source.ts';
import { createCrmSubgraph } from '../../subgraphs/crm/subgraph.ts';
import { createPartyAuth, createPartyClient } from '../../subgraphs/shared/party-http.ts';
import { createSealer } from '../../subgraphs/shared/seal.ts';
import { type Subgraph, startSubgraphServer } from '../../subgraphs/shared/subgraph.ts';
import { callContext } from './crm-contract.ts';
import { startHubspot } from './crm-hubspot-fixture.ts';
import { addDeal, portalDataset } from './crm-portal.ts';
import { addCompany, addContact, emptyDataset } from './sandbox-fixture.ts';

const sealer = createSealer([{ id: 'k1', secret: randomBytes(32) }]);

/** Palarnia as identity writes it, with records of other systems. */
const PALARNIA = sealRecords(
  'hubspot:company:77',
  ...['hubspot:contact:501', 'hubspot:contact:502', 'woo:customer:12', 'fakturownia:client:3'],
);

test('answers everything the CRM knows of a customer, over all its records', async () => {
  await using portal = await startHubspot();
  const { data, errors } = await entities(portal.source, PALARNIA, PROFILE);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    owner: { id: 'hubspot:owner:9', name: 'Olga Opiekun', email: 'olga@jeden.test' },
    lifecycleStage: 'CUSTOMER',
    lifecycleStageRaw: 'customer',
    consents: [
      { purpose: 'MARKETING', channel: 'EMAIL', granted: true, source: { remoteId: '501' } },
      { purpose: 'MARKETING', channel: 'EMAIL', granted: false, source: { remoteId: '502' } },
    ],
    contacts: { totalCount: 3, nodes: [{ id: 'hubspot:contact:501' }, { id: 'hubspot:contact:502' }, {}] },
    deals: {
      totalCount: 2,
      nodes: [
        { name: 'Młynek', status: 'OPEN', stageRaw: 'Qualified To Buy', owner: { name: 'Olga Opiekun' } },
        {
          name: 'Ekspres',
          status: 'WON',
          amount: { amount: '1500.00', currency: 'PLN' },
          pipelineRaw: 'Sales Pipeline',
        },
      ],
    },
    tickets: { nodes: [{ kind: 'CLAIM', statusRaw: 'Waiting on contact', orderNumber: '1001' }] },
    activities: { totalCount: 3, nodes: [{ type: 'EMAIL' }, { type: 'CALL' }, { type: 'NOTE' }] },
  });
});

test('a cold profile of a company and two contacts takes 14 calls', async () => {
  await using portal = await startHubspot();
  await entities(portal.source, PALARNIA, PROFILE);
  const counts = Object.entries(Object.groupBy(portal.routes(), (route) => route)).map(([route, all]) => [
    route,
    all!.length,
  ]);
  expect(Object.fromEntries(counts)).toEqual({
    'POST /crm/v3/objects/companies/batch/read': 1,
    'POST /crm/v3/objects/contacts/batch/read': 2,
    'GET /crm/v3/objects/companies/77': 1,
    'GET /crm/v3/objects/contacts/501': 1,
    'GET /crm/v3/objects/contacts/502': 1,
    'POST /crm/v3/objects/deals/batch/read': 1,
    'POST /crm/v3/objects/tickets/batch/read': 1,
    'POST /crm/v3/objects/notes/batch/read': 1,
    'POST /crm/v3/objects/calls/batch/read': 1,
    'POST /crm/v3/objects/emails/batch/read': 1,
    'GET /crm/v3/owners': 1,
    'GET /crm/v3/pipelines/deals': 1,
    'GET /crm/v3/pipelines/tickets': 1,
  });
});

test('the same list of 50 customers is one read', async () => {
  const dataset = emptyDataset();
  for (let id = 1; id <= 50; id += 1) {
    addCompany(dataset.hubspot, id);
    addDeal(dataset.hubspot, id);
    dataset.hubspot.associations.link('deals', id, 'companies', id);
  }
  await using portal = await startHubspot({ dataset });
  const records = Array.from({ length: 50 }, (_, index) => sealRecords(`hubspot:company:${index + 1}`));
  const result = await execute(
    subgraphOf(portal.source),
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { deals { nodes { id } } } } }',
    { representations: records.map((sealed) => ({ __typename: 'Customer', records: sealed })) },
  );
  expect(result.errors).toBeUndefined();
  expect(portal.routes()).toEqual([
    'POST /crm/v4/associations/companies/deals/batch/read',
    'POST /crm/v3/objects/deals/batch/read',
  ]);
});

test('a customer without a record in the CRM has empty lists and no profile, and HubSpot is not asked', async () => {
  await using portal = await startHubspot();
  const { data, errors } = await entities(portal.source, sealRecords('woo:customer:99'), PROFILE);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    owner: null,
    lifecycleStage: null,
    consents: [],
    contacts: { totalCount: 0, nodes: [] },
    deals: { totalCount: 0, nodes: [] },
    tickets: { nodes: [] },
  });
  expect(portal.sent).toEqual([]);
});

test('without any CRM the fields are null and say that nothing provides them', async () => {
  const result = await execute(
    createCrmSubgraph({ sources: [], sealer }),
    ENTITY('deals { totalCount } owner { id }'),
    representation(PALARNIA),
  );
  expect(result.data).toEqual({ _entities: [{ deals: null, owner: null }] });
  expect(result.errors).toBeUndefined();
  expect(result.extensions).toMatchObject({
    notProvided: [
      { code: 'NOT_PROVIDED_BY_SOURCE', coordinate: 'Customer.deals', source: 'crm' },
      { code: 'NOT_PROVIDED_BY_SOURCE', coordinate: 'Customer.owner', source: 'crm' },
    ],
  });
});

test('two CRMs: lists are merged by date, and pages go on in both', async () => {
  const second = emptyDataset();
  addContact(second.hubspot, 7);
  addDeal(second.hubspot, 70, { name: 'Serwis', createdAt: Date.parse('2026-03-15T10:00:00Z') });
  second.hubspot.associations.link('deals', 70, 'contacts', 7);
  await using portal = await startHubspot();
  await using other = await startHubspot({ dataset: second, config: { name: 'crm2' } });
  const subgraph = createCrmSubgraph({ sources: [portal.source, other.source], sealer });
  const records = sealRecords('hubspot:company:77', 'crm2:contact:7');
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const query = ENTITY(
      `deals(first: 1, after: ${JSON.stringify(after)}) { nodes { id } totalCount pageInfo { hasNextPage endCursor } }`,
    );
    const { deals } = firstEntity(await execute(subgraph, query, representation(records))) as { deals: DealPage };
    expect(deals.totalCount).toBe(3);
    seen.push(...deals.nodes.map(({ id }) => id));
    after = deals.pageInfo.hasNextPage ? deals.pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen).toEqual(['hubspot:deal:2', 'crm2:deal:70', 'hubspot:deal:1']);
});

test('two CRMs, one down: the list fails and names it; parties of the other are still found', async () => {
  await using portal = await startHubspot();
  await using other = await startHubspot({ dataset: emptyDataset(), config: { name: 'crm2' } });
  other.sandbox.control.set('hubspot', { errorRate: 1 });
  const subgraph = createCrmSubgraph({ sources: [portal.source, other.source], sealer });
  const records = sealRecords('hubspot:company:77', 'crm2:contact:7');
  const result = await execute(subgraph, ENTITY('deals { totalCount }'), representation(records));
  expect(result.data).toEqual({ _entities: [{ deals: null }] });
  expect(result.errors).toMatchObject([
    { path: ['_entities', 0, 'deals'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'crm2' } },
  ]);
  const identifiers = [{ kind: 'EMAIL', value: 'ewa@dom.pl' } as const];
  const answer = await subgraph.parties!.parties({ identifiers }, callContext());
  expect(answer.found).toEqual([['hubspot:contact:503']]);
  expect(answer.unavailable).toMatchObject([{ source: 'crm2', code: 'UPSTREAM_UNAVAILABLE' }]);
});

test('deals, tickets and contacts hand over claims that identity can open', async () => {
  await using portal = await startHubspot();
  const query = `{
    deal(id: "hubspot:deal:1") { name customer { claim } }
    nobodys: deal(id: "hubspot:deal:4") { customer { claim } }
    ticket(id: "hubspot:ticket:1") { customer { claim } }
    missing: deal(id: "hubspot:deal:999") { name }
    foreign: deal(id: "woo:order:1") { name }
  }`;
  const { data } = await execute(subgraphOf(portal.source), query);
  const claimOf = (name: string) => (data![name] as { customer: { claim: string } }).customer.claim;
  expect(sealer.open('claim', claimOf('deal'))).toEqual(['hubspot:company:77']);
  expect(sealer.open('claim', claimOf('ticket'))).toEqual(['hubspot:contact:501']);
  expect(data).toMatchObject({ nobodys: { customer: null }, missing: null, foreign: null });
});

test('a deal of several companies without a primary one is AMBIGUOUS', async () => {
  const dataset = portalDataset();
  for (const id of [501, 503]) dataset.hubspot.associations.link('deals', 4, 'contacts', id);
  await using portal = await startHubspot({ dataset });
  const result = await execute(subgraphOf(portal.source), '{ deal(id: "hubspot:deal:4") { name customer { claim } } }');
  expect(result.data).toEqual({ deal: { name: 'Niczyja', customer: null } });
  expect(result.errors).toMatchObject([{ path: ['deal', 'customer'], extensions: { code: 'AMBIGUOUS' } }]);
});

test('entities of every type answer by id', async () => {
  await using portal = await startHubspot();
  const representations = [
    { __typename: 'Contact', id: 'hubspot:contact:490' },
    { __typename: 'Activity', id: 'hubspot:note:31' },
    { __typename: 'Employee', id: 'hubspot:owner:9' },
    { __typename: 'Ticket', id: 'hubspot:ticket:2' },
    { __typename: 'Deal', id: 'hubspot:deal:3' },
  ];
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Contact { id email phone } ... on Activity { body } ... on Employee { name }
    ... on Ticket { status } ... on Deal { dealStatus: status customer { claim } } } }`;
  const result = await execute(subgraphOf(portal.source), query, { representations });
  expect(result.errors).toBeUndefined();
  expect(result.data?._entities).toMatchObject([
    { id: 'hubspot:contact:501', email: 'anna@palarnia.pl', phone: '+48600100200' },
    { body: 'Dzwonił & pytał\no kawę' },
    { name: 'Olga Opiekun' },
    { status: 'CLOSED' },
    { dealStatus: 'LOST' },
  ]);
});

test.each([
  ['deals(first: 101) { totalCount }'],
  ['deals(first: -1) { totalCount }'],
  ['deals(after: "nonsense") { totalCount }'],
])('%s is BAD_USER_INPUT', async (field) => {
  await using portal = await startHubspot();
  const result = await execute(subgraphOf(portal.source), ENTITY(field), representation(PALARNIA));
  expect(result.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('records that identity did not seal are BAD_USER_INPUT', async () => {
  await using portal = await startHubspot();
  const forged = createSealer([{ id: 'k1', secret: randomBytes(32) }]).seal('records', ['hubspot:company:77']);
  const result = await execute(subgraphOf(portal.source), ENTITY('owner { id }'), representation(forged));
  expect(result.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(portal.sent).toEqual([]);
});

test('identity asks for parties over HTTP, signed', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const stranger = generateKeyPairSync('ed25519').privateKey;
  await using portal = await startHubspot();
  const log = createLogger({ level: 'silent', name: 'crm' });
  const partyAuth = createPartyAuth({ publicKeys: [publicKey] });
  await using server = await startSubgraphServer(subgraphOf(portal.source), { port: 0, log, partyAuth });
  const identity = createPartyClient({ url: server.url, audience: 'crm', privateKey });
  const answer = await identity.parties({ identifiers: [{ kind: 'EMAIL', value: 'jan@palarnia.pl' }] }, callContext());
  expect(answer.parties).toMatchObject([{ reference: 'hubspot:contact:502', associations: ['hubspot:company:77'] }]);
  const page = await identity.list({ search: null, first: 1, after: null }, callContext());
  expect(page).toMatchObject({ parties: [{ reference: 'hubspot:company:77' }], hasNextPage: true });
  const next = await identity.list({ search: null, first: 10, after: page.endCursor }, callContext());
  expect(next.parties.map(({ reference }) => reference)).toEqual([
    'hubspot:company:78',
    'hubspot:contact:503',
    'hubspot:contact:504',
  ]);
  const forged = createPartyClient({ url: server.url, audience: 'crm', privateKey: stranger });
  await expect(forged.parties({ identifiers: [] }, callContext())).rejects.toMatchObject({ details: { status: 401 } });
  await Promise.all([identity.close(), forged.close()]);
});

test('tells identity over HTTP that its source needs repeats, and not of records that it cannot read', async () => {
  await using portal = await startHubspot();
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  await using service = await startCrm({
    PORT: '0',
    LOG_LEVEL: 'silent',
    IDENTITY_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    IDENTITY_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    UNSIGNED_CALLERS: 'allow',
    CRM_SOURCES: 'hubspot=hubspot',
    HUBSPOT_URL: portal.sandbox.urls.hubspot,
    HUBSPOT_TOKEN: portal.config.token,
  });
  const identity = createPartyClient({ url: service.url, audience: 'crm', privateKey });
  const parties = () => identity.parties({ identifiers: [{ kind: 'EMAIL', value: 'jan@palarnia.pl' }] }, callContext());
  for (const name of ['adam', 'ola', 'iga', 'leon']) {
    portal.sandbox.control.set('hubspot', { mode: 'wrong-shape' });
    const query = { identifiers: [{ kind: 'EMAIL' as const, value: `${name}@palarnia.pl` }] };
    const odd = await identity.parties(query, callContext());
    expect(odd).toMatchObject({ unavailable: [{ code: 'UPSTREAM_BAD_RESPONSE' }], strained: [] });
    portal.sandbox.control.reset('hubspot');
  }
  expect(await parties()).toMatchObject({ strained: [] });
  portal.sandbox.control.set('hubspot', { errorRate: 1, errorStatus: 503 });
  const failed = await identity.parties({ identifiers: [{ kind: 'EMAIL', value: 'ewa@palarnia.pl' }] }, callContext());
  expect(failed.unavailable).toMatchObject([{ source: 'hubspot', code: 'UPSTREAM_UNAVAILABLE' }]);
  portal.sandbox.control.reset('hubspot');
  expect(await parties()).toMatchObject({
    parties: [{ reference: 'hubspot:contact:502' }],
    strained: [{ source: 'hubspot', code: 'UPSTREAM_UNAVAILABLE' }],
  });
  await identity.close();
});

test('starts as its own service from settings', async () => {
  await using portal = await startHubspot();
  await using service = await startCrm({
    PORT: '0',
    LOG_LEVEL: 'silent',
    IDENTITY_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    UNSIGNED_CALLERS: 'allow',
    CRM_SOURCES: 'hubspot=hubspot',
    HUBSPOT_URL: portal.sandbox.urls.hubspot,
    HUBSPOT_TOKEN: portal.config.token,
  });
  const post = (path: string, body: unknown) =>
    fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const answer = await post('/graphql', { query: '{ deal(id: "hubspot:deal:1") { name } }' });
  expect(await answer.json()).toEqual({
    data: { deal: { name: 'Ekspres' } },
    extensions: { touched: { Deal: ['hubspot:deal:1'] }, freshness: expect.anything() },
  });
  // Without identity's key nobody may ask for parties.
  expect((await post('/internal/parties', { identifiers: [] })).status).toBe(404);
});

const SOURCE = 'source { source vendor remoteId fetchedAt }';
const PROFILE = `
  owner { id name email } lifecycleStage lifecycleStageRaw
  consents { purpose channel granted ${SOURCE} }
  contacts { totalCount nodes { id firstName email ${SOURCE} } }
  deals { totalCount nodes { id name status stageRaw pipelineRaw amount { amount currency } owner { name } } }
  tickets(open: true) { nodes { kind statusRaw orderNumber } }
  activities { totalCount nodes { type subject at } }`;

interface DealPage {
  nodes: { id: string }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

function ENTITY(selection: string): string {
  return `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { ${selection} } } }`;
}

function representation(records: string) {
  return { representations: [{ __typename: 'Customer', records }] };
}

function sealRecords(id: string, ...others: string[]): string {
  return sealer.seal('records', [id, ...[id, ...others].sort()]);
}

function subgraphOf(source: CrmSource): Subgraph {
  return createCrmSubgraph({ sources: [source], sealer });
}

async function entities(source: CrmSource, records: string, selection: string) {
  const result = await execute(subgraphOf(source), ENTITY(selection), representation(records));
  return { data: firstEntity(result), errors: result.errors };
}

function firstEntity({ data }: { data?: Record<string, unknown> | null }): unknown {
  return (data!._entities as unknown[])[0];
}

function execute(subgraph: Subgraph, query: string, variables: Record<string, unknown> = {}) {
  const { requestId, signal } = callContext();
  return subgraph.transport.execute({ query, variables }, { requestId, signal, headers: {} });
}
