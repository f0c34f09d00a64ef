import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import type { HubspotActivity, HubspotActivityType } from '../../sandbox/data/records.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { addCompany, addContact, emptyDataset } from './sandbox-fixture.ts';

/** HubSpot's own descriptions of its API lie beside the repository on some machines and are no part of it. */
const SPECS = new URL('../../../shared/specs/hubspot/', import.meta.url);
const SPEC_FILES = ['contacts.v3', 'companies.v3', 'deals.v3', 'tickets.v3', 'notes.v3', 'tasks.v3', 'associations.v4'];

const hasSpecs = existsSync(SPECS);
if (!hasSpecs) process.stderr.write(`Skipped: HubSpot's API descriptions are not in ${SPECS.pathname}\n`);
const testWithSpecs = hasSpecs ? test : test.skip;

const OBJECTS = [
  ['contacts.v3', 'contacts'],
  ['companies.v3', 'companies'],
  ['deals.v3', '0-3'],
  ['tickets.v3', 'tickets'],
  ['notes.v3', 'notes'],
  ['tasks.v3', 'tasks'],
] as const;

testWithSpecs.each(OBJECTS)('%s: every answer validates', async (spec, type) => {
  const schema = loadSpecs();
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  const path = `/crm/v3/objects/${type}`;

  const list = await call(sandbox, 'GET', `${path}?limit=1&associations=contacts,companies`);
  schema(spec, 'CollectionResponseSimplePublicObjectWithAssociationsForwardPaging')(list);
  const one = await call(sandbox, 'GET', `${path}/1?associations=companies&properties=hs_object_id,phone,amount`);
  schema(spec, 'SimplePublicObjectWithAssociations')(one);

  const inputs = [{ id: '1' }, { id: '2' }];
  const whole = await call(sandbox, 'POST', `${path}/batch/read`, { inputs, propertiesWithHistory: ['hs_object_id'] });
  expect(whole.status).toBe(200);
  schema(spec, 'BatchResponseSimplePublicObject')(whole);
  const partial = await call(sandbox, 'POST', `${path}/batch/read`, { inputs: [...inputs, { id: '404' }] });
  expect(partial.status).toBe(207);
  schema(spec, 'BatchResponseSimplePublicObjectWithErrors')(partial);

  const search = await call(sandbox, 'POST', `${path}/search`, { limit: 1 });
  schema(spec, 'CollectionResponseWithTotalSimplePublicObject')(search);
  const made = await call(sandbox, 'POST', path, { properties: {}, associations: [] });
  expect(made.status).toBe(201);
  schema(spec, 'SimplePublicObject')(made);
  schema(spec, 'Error')(await call(sandbox, 'GET', `${path}/404`));
  schema(spec, 'Error')(await call(sandbox, 'GET', `${path}?limit=1000`));
});

testWithSpecs('associations.v4: every answer validates', async () => {
  const schema = loadSpecs();
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  const path = '/crm/v4/associations/contacts/companies/batch/read';
  const whole = await call(sandbox, 'POST', path, { inputs: [{ id: '1' }] });
  schema('associations.v4', 'BatchResponsePublicAssociationMultiWithLabel')(whole);
  const partial = await call(sandbox, 'POST', path, { inputs: [{ id: '1' }, { id: '2' }] });
  expect(partial.status).toBe(207);
  schema('associations.v4', 'BatchResponsePublicAssociationMultiWithLabelWithErrors')(partial);
  const single = await call(sandbox, 'GET', '/crm/v4/objects/contacts/1/associations/companies?limit=1');
  schema('associations.v4', 'CollectionResponseMultiAssociatedObjectWithLabelForwardPaging')(single);
  const linked = await call(sandbox, 'PUT', '/crm/v4/objects/contacts/2/associations/default/companies/1');
  schema('associations.v4', 'BatchResponsePublicDefaultAssociation')(linked);
});

interface Answer {
  status: number;
  body: unknown;
}

type Check = (answer: Answer) => void;

/** A check against one schema of one description; fields that the schema does not name fail it too. */
function loadSpecs(): (spec: string, name: string) => Check {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const format of ['int32', 'int64']) ajv.addFormat(format, true);
  ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  ajv.addFormat('uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  for (const file of SPEC_FILES) {
    const spec = JSON.parse(readFileSync(new URL(`${file}.json`, SPECS), 'utf8'));
    tighten(spec.components.schemas);
    ajv.addSchema({ components: spec.components }, file);
  }
  return (spec, name) => {
    const validate: ValidateFunction = ajv.compile({ $ref: `${spec}#/components/schemas/${name}` });
    return ({ body }) => {
      validate(body);
      expect(validate.errors).toBeNull();
    };
  };
}

interface Schema {
  type?: unknown;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
}

function tighten(schemas: Record<string, Schema>): void {
  for (const [name, schema] of Object.entries(schemas)) {
    if (schema.properties === undefined) continue;
    schema.additionalProperties ??= false;
    // The descriptions say text; HubSpot sends null for what has no value, and its own client's types say so.
    if (name.startsWith('SimplePublicObject') && schema.properties.properties) {
      schema.properties.properties.additionalProperties = { type: ['string', 'null'] };
    }
    if (name === 'AssociationSpecWithLabel' && schema.properties.label)
      schema.properties.label.type = ['string', 'null'];
    // Described as an object; what arrives is text ("crm.associations.NO_ASSOCIATIONS_FOUND").
    if (name === 'StandardError') schema.properties.subCategory = { type: 'string' };
    // Every error of HubSpot's carries this beside what is described.
    if (name === 'Error') schema.properties.status = { type: 'string' };
  }
}

function sampleDataset() {
  const dataset = emptyDataset();
  const { hubspot } = dataset;
  for (const id of [1, 2]) {
    addContact(hubspot, id);
    addCompany(hubspot, id, { nip: '5252445767' });
    const base = { id, createdAt: 0, updatedAt: 0, archived: false, extra: null, ownerId: null };
    hubspot.deals.set(id, {
      ...base,
      name: 'Kawa',
      amountMinor: 150_000,
      currency: 'PLN',
      closeAt: null,
      pipeline: 'default',
      stage: 'closedwon',
    });
    const ticket = { subject: 'Zwrot', content: null, pipeline: '0', stage: '1', category: 'CLAIM' };
    hubspot.tickets.set(id, { ...base, ...ticket, priority: 'LOW', closedAt: null, orderNumber: '1001' });
    for (const type of ['notes', 'tasks'] as const) hubspot[type].set(id, activity(type, base));
  }
  hubspot.associations.link('contacts', 1, 'companies', 1);
  hubspot.associations.link('contacts', 1, 'companies', 2);
  hubspot.associations.link('deals', 1, 'companies', 1);
  hubspot.associations.link('notes', 1, 'contacts', 1);
  return dataset;
}

type Base = Pick<HubspotActivity, 'id' | 'createdAt' | 'updatedAt' | 'archived' | 'extra' | 'ownerId'>;

function activity(type: HubspotActivityType, base: Base): HubspotActivity {
  return { ...base, type, at: 0, subject: 'Temat', body: 'Treść', status: null, direction: null, durationMs: null };
}

async function call(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<Answer> {
  const authorization = `Bearer ${SANDBOX_CREDENTIALS.hubspot.token}`;
  const response = await fetch(sandbox.urls.hubspot + path, {
    method,
    headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json() };
}
