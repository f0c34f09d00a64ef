import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { HubspotObjectType, HubspotOwner } from '../../data/records.ts';
import type { Crm } from './crm.ts';
import { HubspotError, objectNotFound } from './errors.ts';
import { pipelinesOf } from './pipelines.ts';
import { type AnyProperty, propertiesOf, propertyOf } from './properties/index.ts';
import type { HubspotUsage } from './rate-limits.ts';
import { limitParameter, parseBody, queryOf, typeParameter } from './requests.ts';

const PORTAL_MADE_AT = '2023-01-02T08:00:00.000Z';
const APP_ID = 1_234_567;
const USER_ID = 7_000_001;

interface Deps {
  crm: Crm;
  token: string;
  scopes: readonly string[];
  usage: HubspotUsage;
}

/** Owners, property definitions, pipelines, and what a token tells of itself. */
export function useAccountRoutes(app: FastifyInstance, { crm, token, scopes, usage }: Deps): void {
  const owners = [...crm.store.owners.values()].sort((a, b) => a.id - b.id);
  const teams = [...new Set(owners.map(({ team }) => team))];
  const renderOwner = (owner: HubspotOwner) => ({
    ...renderPerson(owner),
    teams: [{ id: String(teams.indexOf(owner.team) + 1), name: owner.team, primary: true }],
  });

  app.get('/crm/v3/owners', async (request) => {
    const query = queryOf(request);
    const limit = limitParameter(query, 100, 500);
    const email = query.get('email');
    const after = Number(query.get('after') ?? 0);
    const left = owners.filter((owner) => owner.id > after && (email === null || owner.email === email));
    const page = left.slice(0, limit);
    const last = page.at(-1);
    const more = left.length > page.length && last !== undefined;
    return {
      results: page.map(renderOwner),
      ...(more ? { paging: { next: { after: String(last.id), link: `?after=${last.id}` } } } : {}),
    };
  });

  app.get<{ Params: { id: string } }>('/crm/v3/owners/:id', async (request) => {
    const key = queryOf(request).get('idProperty') === 'userId' ? 'userId' : 'id';
    const owner = owners.find((each) => String(each[key]) === request.params.id);
    if (owner === undefined) throw objectNotFound();
    return renderOwner(owner);
  });

  app.get<{ Params: { objectType: string } }>('/crm/v3/properties/:objectType', async (request) => {
    const type = typeParameter(request.params.objectType);
    return { results: propertiesOf(type.name).map((property) => renderProperty(type.name, property)) };
  });

  app.get<{ Params: { objectType: string; name: string } }>('/crm/v3/properties/:objectType/:name', async (request) => {
    const type = typeParameter(request.params.objectType);
    const property = propertyOf(type.name, request.params.name);
    if (property === null) throw objectNotFound();
    return renderProperty(type.name, property);
  });

  app.get<{ Params: { objectType: string } }>('/crm/v3/pipelines/:objectType', async (request) => {
    return pipelinesOf(typeParameter(request.params.objectType).name) ?? { results: [] };
  });

  app.get('/account-info/v3/details', async () => ({
    portalId: crm.store.portalId,
    accountType: 'STANDARD',
    timeZone: 'Europe/Warsaw',
    companyCurrency: 'PLN',
    additionalCurrencies: ['EUR', 'USD', 'CZK'],
    utcOffset: '+01:00',
    utcOffsetMilliseconds: 3_600_000,
    uiDomain: 'app-eu1.hubspot.com',
    dataHostingLocation: 'eu1',
  }));

  app.get('/account-info/v3/api-usage/daily/private-apps', async () => ({
    results: [
      {
        name: 'private-apps-api-calls-daily',
        usageLimit: usage.dailyLimit,
        currentUsage: usage.today(),
        collectedAt: new Date().toISOString(),
        fetchStatus: 'SUCCESS',
        resetsAt: usage.resetsAt().toISOString(),
      },
    ],
  }));

  app.post('/oauth/v2/private-apps/get/access-token-info', async (request, reply) => {
    const { tokenKey } = parseBody(z.object({ tokenKey: z.string() }), request);
    if (tokenKey !== token) throw new HubspotError(404, 'OBJECT_NOT_FOUND', 'The access token does not exist');
    reply.code(200);
    return { userId: USER_ID, hubId: crm.store.portalId, appId: APP_ID, scopes: [...scopes] };
  });
}

function renderPerson(owner: HubspotOwner): Record<string, unknown> {
  return {
    id: String(owner.id),
    email: owner.email,
    type: 'PERSON',
    firstName: owner.firstName,
    lastName: owner.lastName,
    userId: owner.userId,
    userIdIncludingInactive: owner.userId,
    createdAt: new Date(owner.createdAt).toISOString(),
    updatedAt: new Date(owner.updatedAt).toISOString(),
    archived: false,
  };
}

function renderProperty(type: HubspotObjectType, property: AnyProperty): Record<string, unknown> {
  return {
    name: property.name,
    label: property.label,
    type: property.type,
    fieldType: property.fieldType,
    description: '',
    groupName: `${type === 'companies' ? 'company' : type.slice(0, -1)}information`,
    options: property.options.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
    displayOrder: -1,
    calculated: property.name.includes('calculated'),
    externalOptions: property.name === 'hubspot_owner_id',
    hasUniqueValue: property.unique,
    hidden: false,
    hubspotDefined: !property.custom,
    modificationMetadata: {
      archivable: property.custom,
      readOnlyDefinition: !property.custom,
      readOnlyValue: property.readOnly,
    },
    formField: !property.readOnly,
    ...(property.custom ? { createdAt: PORTAL_MADE_AT, updatedAt: PORTAL_MADE_AT } : {}),
  };
}
