import { expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { callContext, company } from './crm-contract.ts';
import { sendJson, startFakeHubspot, startHubspot } from './crm-hubspot-fixture.ts';
import { addDeal, portalDataset } from './crm-portal.ts';
import { addCompany, addContact, emptyDataset } from './sandbox-fixture.ts';

const STAMPS = { createdAt: '2026-01-01T10:00:00.000Z', updatedAt: '2026-02-01T10:00:00.000Z', archived: false };
const CONTACT = { id: '1', properties: { email: 'anna@dom.pl' }, ...STAMPS };

test('a 207 whose errors are "not found" is an answer', async () => {
  await using hubspot = await startFakeHubspot((_request, response) =>
    sendJson(response, 207, {
      status: 'COMPLETE',
      results: [CONTACT],
      numErrors: 1,
      errors: [{ status: 'error', category: 'OBJECT_NOT_FOUND', message: 'x', context: { ids: ['2'] } }],
    }),
  );
  const contacts = await hubspot.source.contacts(['2', '1'], callContext());
  expect(contacts.map((contact) => contact?.id ?? null)).toEqual([null, 'hubspot:contact:1']);
});

test.each([
  ['MISSING_SCOPES', 'UPSTREAM_AUTH'],
  ['VALIDATION_ERROR', 'UPSTREAM_REFUSED'],
  ['RATE_LIMITS', 'UPSTREAM_RATE_LIMITED'],
  ['INTERNAL_ERROR', 'UPSTREAM_UNAVAILABLE'],
])('a 207 with %s fails: what exists must not look absent', async (category, code) => {
  await using hubspot = await startFakeHubspot((_request, response) =>
    sendJson(response, 207, { status: 'COMPLETE', results: [CONTACT], numErrors: 1, errors: [{ category }] }),
  );
  await expect(hubspot.source.contacts(['1', '2'], callContext())).rejects.toMatchObject({ code });
});

test('a batch that is not complete fails', async () => {
  await using hubspot = await startFakeHubspot((_request, response) =>
    sendJson(response, 200, { status: 'PENDING', results: [] }),
  );
  await expect(hubspot.source.contacts(['1'], callContext())).rejects.toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' });
});

test('a rate limit names its policy and correlation id, and none of the message', async () => {
  await using hubspot = await startFakeHubspot((_request, response) =>
    sendJson(response, 429, {
      status: 'error',
      message: 'anna@dom.pl has reached the daily limit.',
      errorType: 'RATE_LIMIT',
      correlationId: '5f0d9c1e-0000-4000-8000-000000000000',
      policyName: 'DAILY',
    }),
  );
  const failure = await hubspot.source.contacts(['1'], callContext()).catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({
    code: 'UPSTREAM_RATE_LIMITED',
    details: { status: 429, operation: 'contacts.batchRead' },
  });
  expect((failure as Error).message).toBe(
    'hubspot (hubspot): contacts.batchRead: asks us to slow down: RATE_LIMIT, DAILY, correlation id 5f0d9c1e-0000-4000-8000-000000000000',
  );
});

test('an error quotes neither what was asked for nor the token', async () => {
  await using hubspot = await startFakeHubspot((_request, response) =>
    sendJson(response, 400, {
      status: 'error',
      message: 'anna@dom.pl is wrong',
      category: 'VALIDATION_ERROR',
      context: { email: ['anna@dom.pl'] },
      errors: [{ message: 'anna@dom.pl' }],
    }),
  );
  const failure = await hubspot.source
    .parties([{ kind: 'EMAIL', value: 'anna@dom.pl' }], callContext())
    .catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ code: 'UPSTREAM_REFUSED' });
  expect(`${(failure as Error).message} ${JSON.stringify(failure)}`).not.toMatch(/anna|secret-token/);
});

test.each([
  ['html', 'UPSTREAM_BAD_RESPONSE'],
  ['truncated', 'UPSTREAM_BAD_RESPONSE'],
  ['wrong-shape', 'UPSTREAM_BAD_RESPONSE'],
  ['outage', 'UPSTREAM_UNAVAILABLE'],
] as const)('an upstream that answers %s is %s, for lists and look-ups alike', async (mode, code) => {
  await using portal = await startHubspot();
  portal.sandbox.control.set('hubspot', { mode });
  const list = portal.source.dealLists([{ records: [company('77')], first: 20, after: null }], callContext());
  await expect(list).rejects.toMatchObject({ code, details: { source: 'hubspot' } });
  await expect(portal.source.parties([{ kind: 'EMAIL', value: 'a@b.pl' }], callContext())).rejects.toMatchObject({
    code,
  });
});

test('a wrong token and a missing scope are UPSTREAM_AUTH, the scope named', async () => {
  await using wrong = await startHubspot({ config: { token: 'wrong' } });
  await expect(wrong.source.contacts(['501'], callContext())).rejects.toMatchObject({ code: 'UPSTREAM_AUTH' });
  await using narrow = await startHubspot({ sandbox: { hubspotScopes: ['crm.objects.contacts.read'] } });
  await expect(narrow.source.deals(['1'], callContext())).rejects.toMatchObject({
    code: 'UPSTREAM_AUTH',
    message: expect.stringContaining('crm.objects.deals.read'),
  });
});

test('a token that may not read tickets or e-mails still reads deals and notes of the same customer', async () => {
  const hubspotScopes = ['crm.objects.contacts.read', 'crm.objects.companies.read', 'crm.objects.deals.read'];
  await using portal = await startHubspot({ sandbox: { hubspotScopes } });
  const request = { records: [company('77')], first: 20, after: null };
  const context = callContext();
  const [deals, tickets, all, notes] = await Promise.allSettled([
    portal.source.dealLists([request], context),
    portal.source.ticketLists([{ ...request, open: null }], context),
    portal.source.activityLists([{ ...request, types: null }], context),
    portal.source.activityLists([{ ...request, types: ['NOTE'] }], context),
  ]);
  expect(deals).toMatchObject({ status: 'fulfilled', value: [{ totalCount: 2 }] });
  expect(tickets).toMatchObject({ status: 'rejected', reason: { code: 'UPSTREAM_AUTH' } });
  expect(all).toMatchObject({ status: 'rejected', reason: { code: 'UPSTREAM_AUTH' } });
  expect(notes).toMatchObject({ status: 'fulfilled', value: [{ totalCount: 1 }] });
});

test('a single read that is forbidden is asked for type by type', async () => {
  const empty = { status: 'COMPLETE', results: [] };
  await using hubspot = await startFakeHubspot((request, response) => {
    const isForbidden = request.method === 'GET' || request.url?.includes('/tickets/');
    sendJson(response, isForbidden ? 403 : 200, isForbidden ? { category: 'MISSING_SCOPES' } : empty);
  });
  const request = { records: [company('77')], first: 20, after: null, open: null };
  const context = callContext();
  const [deals, tickets] = await Promise.allSettled([
    hubspot.source.dealLists([request], context),
    hubspot.source.ticketLists([request], context),
  ]);
  expect([deals.status, tickets.status]).toEqual(['fulfilled', 'rejected']);
});

test('a record that is invalidated is read again, with its lists and the look-ups that found it', async () => {
  await using portal = await startHubspot();
  const identifier = { kind: 'EMAIL', value: 'anna@palarnia.pl' } as const;
  const before = await portal.source.parties([identifier], callContext());
  expect(before.parties[0]!.associations).toEqual(['hubspot:company:77']);
  portal.hubspot.associations.unlink('contacts', 501, 'companies', 77);
  portal.hubspot.contacts.get(501)!.lastName = 'Lis';
  await portal.cache.invalidate(['hubspot:contact:501']);
  const after = await portal.source.parties([identifier], callContext());
  expect(after.parties[0]).toMatchObject({ lastName: 'Lis', associations: [] });
});

test('a portal without our custom properties is asked again without them, once', async () => {
  const properties = {
    taxId: 'vat_number',
    externalIds: [{ property: 'shop_id', reference: 'woo:customer' }],
  };
  await using portal = await startHubspot({ config: { properties } });
  const identifiers = [
    { kind: 'EMAIL', value: 'anna.nowak@dom.pl' },
    { kind: 'TAX_ID', value: 'PL5252445767' },
    { kind: 'EXTERNAL_ID', value: 'woo:customer:12' },
  ] as const;
  const { found } = await portal.source.parties(identifiers, callContext());
  expect(found).toEqual([['hubspot:contact:501'], [], []]);
  const definitions = portal.routes().filter((route) => route.includes('/properties/'));
  expect(definitions.sort()).toEqual(['GET /crm/v3/properties/companies', 'GET /crm/v3/properties/contacts']);
  portal.sent.length = 0;
  await portal.source.parties([{ kind: 'EXTERNAL_ID', value: 'woo:customer:99' }], callContext());
  expect(portal.sent).toEqual([]);
});

test('no tax id property: tax ids are unsupported, not unknown', async () => {
  await using portal = await startHubspot({ config: { properties: { taxId: null } } });
  const identifier = { kind: 'TAX_ID', value: 'PL5252445767' } as const;
  expect(await portal.source.parties([identifier], callContext())).toMatchObject({
    found: [[]],
    unsupported: [identifier],
  });
});

test('a record that is spelled in no way we search for does not claim to be findable', async () => {
  const dataset = emptyDataset();
  addCompany(dataset.hubspot, 1, { nip: '52-52-44-57-67' });
  addCompany(dataset.hubspot, 2, { nip: '1234567890' });
  addContact(dataset.hubspot, 3, { email: 'anna@żółw.pl', phone: '600 100 200 wew. 3' });
  await using portal = await startHubspot({ dataset });
  const refs = ['hubspot:company:1', 'hubspot:company:2', 'hubspot:contact:3'];
  const { parties } = await portal.source.parties(
    refs.map((value) => ({ kind: 'REFERENCE', value })),
    callContext(),
  );
  const kinds = parties.map((party) => party.findableBy.map(({ kind }) => kind));
  expect(kinds).toEqual([['REFERENCE'], ['REFERENCE'], ['REFERENCE']]);
  expect(parties[1]!.taxIdentifiers).toMatchObject([{ valid: false }]);
  expect(parties[2]!.emails).toEqual(['anna@xn--w-uga1v8h.pl']);
});

test('one tax id with different internal units is several companies, told apart', async () => {
  const dataset = emptyDataset();
  addCompany(dataset.hubspot, 1, { nip: '5252445767', internalUnit: '00001' });
  addCompany(dataset.hubspot, 2, { nip: 'PL 525-244-57-67', internalUnit: '00002' });
  addCompany(dataset.hubspot, 3, { nip: '525 24 45 767' });
  await using portal = await startHubspot({ dataset });
  const { parties, found } = await portal.source.parties([{ kind: 'TAX_ID', value: 'PL5252445767' }], callContext());
  expect(found[0]!.sort()).toEqual(['hubspot:company:1', 'hubspot:company:2', 'hubspot:company:3']);
  expect(parties.map(({ taxIdentifiers }) => taxIdentifiers[0]!.unit)).toEqual(['00001', '00002', null]);
});

test('one telephone of several contacts finds all of them', async () => {
  const dataset = emptyDataset();
  addContact(dataset.hubspot, 1, { phone: '+48 600 100 200' });
  addContact(dataset.hubspot, 2, { mobilePhone: '0048600100200' });
  addContact(dataset.hubspot, 3, { phone: '+49 30 901820' });
  await using portal = await startHubspot({ dataset });
  const { found } = await portal.source.parties(
    [
      { kind: 'PHONE', value: '+48600100200' },
      { kind: 'PHONE', value: '+4930901820' },
    ],
    callContext(),
  );
  expect(found).toEqual([['hubspot:contact:1', 'hubspot:contact:2'], ['hubspot:contact:3']]);
});

test('a hit that does not hold the identifier is dropped', async () => {
  await using hubspot = await startFakeHubspot((request, response) => {
    const isSearch = request.url?.endsWith('/search');
    sendJson(response, 200, isSearch ? { total: 1, results: [CONTACT] } : { status: 'COMPLETE', results: [] });
  });
  const { found, parties } = await hubspot.source.parties([{ kind: 'EMAIL', value: 'other@dom.pl' }], callContext());
  expect([found, parties]).toEqual([[[]], []]);
});

test('a deal of several companies belongs to the primary one; without one it is nobody’s alone', async () => {
  const dataset = emptyDataset();
  for (const id of [77, 78]) {
    addCompany(dataset.hubspot, id);
    addContact(dataset.hubspot, id);
  }
  for (const id of [1, 2]) addDeal(dataset.hubspot, id);
  for (const id of [77, 78]) dataset.hubspot.associations.link('deals', 1, 'companies', id);
  for (const id of [77, 78]) dataset.hubspot.associations.link('deals', 2, 'contacts', id);
  await using portal = await startHubspot({ dataset });
  const owners = await portal.source.ownership('deal', ['1', '2', '999'], callContext());
  expect(owners).toEqual([{ party: 'hubspot:company:77' }, 'SEVERAL', 'NOBODY']);
});

test('searches wait for their turn under HubSpot’s limit of searches', async () => {
  await using portal = await startHubspot({ sandbox: { limits: { hubspot: true } } });
  const identifiers = Array.from({ length: 6 }, (_, index) => ({ kind: 'TAX_ID', value: nip(index) }) as const);
  const asked = identifiers.map((identifier) => portal.source.parties([identifier], callContext()));
  await expect(Promise.all(asked)).resolves.toHaveLength(6);
});

test('a search beyond HubSpot’s 10,000 results says so', async () => {
  await using hubspot = await startFakeHubspot((_request, response) =>
    sendJson(response, 200, { total: 20_000, results: [], paging: { next: { after: '10000' } } }),
  );
  const first = await hubspot.source.partyList({ search: 'jan', first: 1, after: null }, callContext()).catch(String);
  expect(first).toMatch(/10000 records/);
});

test('a dated version moves the version behind the resource family', async () => {
  await using hubspot = await startHubspot({ dataset: portalDataset(), config: { apiVersion: '2026-03' } });
  await hubspot.source.contacts(['501'], callContext()).catch(() => {});
  await hubspot.source.ownership('deal', ['1'], callContext()).catch(() => {});
  expect(hubspot.routes()).toEqual([
    'POST /crm/objects/2026-03/contacts/batch/read',
    'POST /crm/associations/2026-03/deals/companies/batch/read',
  ]);
});

test('a list that is cut in a single read is read to its end by batch', async () => {
  await using hubspot = await startFakeHubspot((request, response) => {
    if (request.method === 'GET') {
      const cut = { results: [{ id: '1', type: 'company_to_deal' }], paging: { next: { after: '1' } } };
      return sendJson(response, 200, { ...CONTACT, id: '77', associations: { deals: cut } });
    }
    if (!request.url?.includes('associations')) return sendJson(response, 200, { status: 'COMPLETE', results: [] });
    const to = ['1', '2'].map((toObjectId) => ({ toObjectId, associationTypes: [] }));
    sendJson(response, 200, { status: 'COMPLETE', results: [{ from: { id: '77' }, to }] });
  });
  const request = { records: [company('77')], first: 20, after: null, open: null };
  const context = callContext();
  await Promise.all([hubspot.source.dealLists([request], context), hubspot.source.ticketLists([request], context)]);
  const deals = hubspot.sent.find(({ route }) => route.endsWith('/deals/batch/read') && route.includes('objects'));
  expect(deals!.body).toMatchObject({ inputs: [{ id: '1' }, { id: '2' }] });
});

test('the token goes in the header alone', async () => {
  await using portal = await startHubspot();
  await portal.source.contacts(['501'], callContext());
  expect(JSON.stringify(portal.sent)).not.toContain(SANDBOX_CREDENTIALS.hubspot.token);
});

/** Valid numbers are not needed: the search is for spellings. */
function nip(index: number): string {
  return `PL${5252445760 + index}`;
}
