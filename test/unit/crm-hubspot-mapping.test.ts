import { expect, test } from '@jest/globals';
import { hubspotConfigSchema } from '../../subgraphs/crm/connectors/hubspot/config.ts';
import { toCompany, toContact } from '../../subgraphs/crm/connectors/hubspot/mapping.ts';
import { toActivity, toDeal, toTicket } from '../../subgraphs/crm/connectors/hubspot/mapping-work.ts';
import { ACTIVITY_KINDS } from '../../subgraphs/crm/connectors/hubspot/object-types.ts';
import type { ObjectPayload } from '../../subgraphs/crm/connectors/hubspot/payloads.ts';

const config = hubspotConfigSchema.parse({ name: 'hubspot', token: 't', portalId: '12345' });
const context = { config, fetchedAt: '2026-11-02T09:00:00.000Z' };

function payload(properties: Record<string, string | null>, more: Partial<ObjectPayload> = {}): ObjectPayload {
  const stamps = { createdAt: '2026-01-01T10:00:00Z', updatedAt: '2026-02-01T10:00:00.500Z' };
  return { id: '5', properties, archived: false, ...stamps, ...more };
}

test('a blank, null or absent property is nothing', () => {
  const contact = toContact(payload({ firstname: ' ', lastname: null, email: '' }), context);
  expect(contact).toMatchObject({ firstName: null, lastName: null, emails: [], jobTitle: null, addresses: [] });
  expect(contact).toMatchObject({ lifecycleStage: null, ownerId: null, consents: [], aliases: [] });
});

test('a sole trader is told by the legal form', () => {
  expect(toCompany(payload({ legal_form: 'JDG' }), context).kind).toBe('SOLE_TRADER');
  expect(toCompany(payload({ legal_form: 'SA' }), context).kind).toBe('COMPANY');
});

test('the internal unit stands with the tax id', () => {
  const company = toCompany(payload({ nip: '525-244-57-67', internal_unit: '12345' }), context);
  expect(company.taxIdentifiers).toMatchObject([{ value: '5252445767', unit: '12345', valid: true }]);
  expect(company.findableBy).toContainEqual({ kind: 'TAX_ID', value: 'PL5252445767' });
});

test('a PESEL in the tax id property is not known here', () => {
  expect(toCompany(payload({ nip: '44051401359' }), context).taxIdentifiers).toEqual([]);
});

test.each([
  ['Polska', 'PL'],
  ['poland', 'PL'],
  ['pl', 'PL'],
  ['Niemcy', 'DE'],
  ['Czechia', 'CZ'],
  ['Atlantyda', null],
])('country %s is %s', (country, code) => {
  expect(toCompany(payload({ country, city: 'Łódź' }), context).addresses[0]!.country).toBe(code);
});

test.each([
  ['marketingqualifiedlead', 'MARKETING_QUALIFIED'],
  ['evangelist', 'EVANGELIST'],
  ['1234567', 'OTHER'],
])('lifecycle stage %s is %s, and raw', (raw, stage) => {
  const contact = toContact(payload({ lifecyclestage: raw }), context);
  expect([contact.lifecycleStage, contact.lifecycleStageRaw]).toEqual([stage, raw]);
});

test('a consent that was refused is not one that was never asked for', () => {
  const consents = (value: string | null) => toContact(payload({ marketing_consent_email: value }), context).consents;
  expect(consents('false')).toMatchObject([{ purpose: 'MARKETING', channel: 'EMAIL', granted: false, at: null }]);
  expect(consents(null)).toEqual([]);
});

test('an owner is an employee of the same source', () => {
  expect(toContact(payload({ hubspot_owner_id: '9' }), context).ownerId).toBe('hubspot:owner:9');
});

test('a page in HubSpot is named when the portal is known', () => {
  expect(toDeal(payload({}), context).source.url).toBe('https://app.hubspot.com/contacts/12345/record/0-3/5');
  const unknown = { ...context, config: { ...config, portalId: null } };
  expect(toDeal(payload({}), unknown).source.url).toBeNull();
  expect(toDeal(payload({}, { url: 'https://app-eu1.hubspot.com/x' }), unknown).source.url).toBe(
    'https://app-eu1.hubspot.com/x',
  );
});

test.each([
  [{ hs_is_closed_won: 'true', hs_is_closed: 'true', dealstage: '99' }, 'WON'],
  [{ hs_is_closed_won: 'false', hs_is_closed: 'true', dealstage: '99' }, 'LOST'],
  [{ hs_is_closed: 'false', dealstage: 'closedwon' }, 'OPEN'],
  [{ dealstage: 'closedlost' }, 'LOST'],
  [{ dealstage: 'contractsent' }, 'OPEN'],
  [{ dealstage: '4711' }, 'OTHER'],
])('deal %j is %s', (properties, status) => {
  expect(toDeal(payload(properties), context).status).toBe(status);
});

test('an amount is exact, in the deal’s currency or the portal’s', () => {
  expect(toDeal(payload({ amount: '1500.10', deal_currency_code: 'EUR' }), context).amount).toEqual({
    amount: '1500.10',
    currency: 'EUR',
  });
  expect(toDeal(payload({ amount: '1500' }), context).amount).toEqual({ amount: '1500.00', currency: 'PLN' });
  expect(toDeal(payload({ amount: '' }), context).amount).toBeNull();
});

test.each([
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
  ['1772359200000', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['soon', null],
])('closing date %s is %s', (closedate, expected) => {
  expect(toDeal(payload({ closedate }), context).closesAt).toBe(expected);
});

test.each([
  [{ hs_pipeline: '0', hs_pipeline_stage: '1' }, 'NEW'],
  [{ hs_pipeline: '0', hs_pipeline_stage: '3' }, 'WAITING_ON_US'],
  [{ hs_pipeline: '0', hs_pipeline_stage: '4' }, 'CLOSED'],
  [{ hs_pipeline: '77', hs_pipeline_stage: '1' }, 'OTHER'],
  [{ hs_pipeline: '77', hs_pipeline_stage: '1', closed_date: '1772359200000' }, 'CLOSED'],
])('ticket %j is %s', (properties, status) => {
  expect(toTicket(payload(properties), context).status).toBe(status);
});

test.each([
  ['CLAIM', 'CLAIM'],
  ['BILLING_ISSUE;CLAIM', 'CLAIM'],
  ['BILLING_ISSUE', 'BILLING'],
  ['GENERAL_INQUIRY', 'REQUEST'],
  ['PRODUCT_ISSUE', 'OTHER'],
  [null, 'OTHER'],
])('ticket category %s is %s', (category, kind) => {
  expect(toTicket(payload({ hs_ticket_category: category }), context)).toMatchObject({ kind, kindRaw: category });
});

test('an activity happened at its timestamp, else when it was made', () => {
  const note = ACTIVITY_KINDS[0]!;
  expect(toActivity(note, payload({ hs_timestamp: '1772359200000' }), context).at).toBe('2026-03-01T10:00:00.000Z');
  expect(toActivity(note, payload({}), context)).toMatchObject({
    id: 'hubspot:note:5',
    at: '2026-01-01T10:00:00.000Z',
  });
});
