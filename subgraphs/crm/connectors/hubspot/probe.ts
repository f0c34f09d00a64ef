import { createClock } from '../../../../common/clock.ts';
import type { Identifier, Party } from '../../../shared/party.ts';
import {
  attemptCheck,
  type FieldLook,
  type FieldSetting,
  looksLike,
  type ProbeCheck,
  type ProbeField,
  type ProbeReport,
} from '../../../shared/probe.ts';
import { createRecordCache } from '../../../shared/record-cache.ts';
import type { UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { createHubspotApi, type HubspotApi } from './api.ts';
import { type HubspotConfig, hubspotConfigSchema, type ParsedHubspotConfig } from './config.ts';
import { createHubspotSource } from './connector.ts';
import { ACTIVITY_KINDS, type ObjectType, SINGULARS } from './object-types.ts';
import type { ObjectPayload } from './payloads.ts';

const SAMPLE_SIZE = 100;
const SAMPLED_PARTIES = 50;
/** Their names go into an address. */
const MAX_CANDIDATES = 80;

/** Types whose custom properties may hold identifiers. */
const INSPECTED = ['companies', 'contacts', 'deals', 'tickets'] as const;
const OTHERS = ACTIVITY_KINDS.map(({ objectType }) => objectType);

/** Looks at a portal without changing it: some 20 reads. */
export async function probe(
  input: HubspotConfig,
  context: CallContext,
  deps: UpstreamClientDeps = {},
): Promise<ProbeReport> {
  const config = hubspotConfigSchema.parse(input);
  const api = createHubspotApi(config, deps);
  try {
    const account = await attemptCheck('credentials', async () => {
      const { data, headers } = await api.account(context);
      return { detail: `portal ${data.portalId}`, value: budgetOf(headers) };
    });
    if (!account.check.ok) return { ok: false, checks: [account.check], fields: [], budget: null, sample: [] };
    const inspected = await Promise.all(INSPECTED.map((type) => inspect(api, config, type, context)));
    const others = await Promise.all(OTHERS.map((type) => readable(api, type, context)));
    const checks = [account.check, ...inspected.flatMap((one) => one.checks), ...others];
    const ok = checks.filter(({ name }) => name === 'companies' || name === 'contacts').every((check) => check.ok);
    return {
      ok,
      checks,
      fields: inspected.flatMap((one) => one.fields),
      fieldSettings: fieldSettings(config),
      budget: account.value,
      sample: ok ? await sampleParties(config, inspected, context, deps) : [],
    };
  } finally {
    await api.close();
  }
}

/** Private apps are told their daily budget; OAuth apps the one of ten seconds alone. */
function budgetOf(headers: Readonly<Record<string, string>>): ProbeReport['budget'] {
  for (const name of ['x-hubspot-ratelimit-daily', 'x-hubspot-ratelimit']) {
    const [limit, remaining] = [headers[name] ?? headers[`${name}-max`], headers[`${name}-remaining`]].map(Number);
    if (Number.isFinite(limit) && Number.isFinite(remaining)) return { limit: limit!, remaining: remaining! };
  }
  return null;
}

interface Inspected {
  type: ObjectType;
  checks: ProbeCheck[];
  fields: ProbeField[];
  ids: string[];
}

/** Reads the names of the properties, then a page of records with the ones that could hold an identifier. */
async function inspect(
  api: HubspotApi,
  config: ParsedHubspotConfig,
  type: (typeof INSPECTED)[number],
  context: CallContext,
): Promise<Inspected> {
  const definitions = await attemptCheck(`${type} properties`, async () => {
    const { results } = await api.properties(type, context);
    const lacking = configuredProperties(config, type).filter((name) => !results.some((one) => one.name === name));
    const detail =
      lacking.length === 0 ? 'all configured ones exist' : `configured but not there: ${lacking.join(', ')}`;
    return { detail, value: { results, isComplete: lacking.length === 0 } };
  });
  const custom = (definitions.value?.results ?? []).filter((one) => one.hubspotDefined !== true);
  const candidates = custom.map(({ name }) => name).slice(0, MAX_CANDIDATES);
  const named = [...new Set([...candidates, ...configuredProperties(config, type), ...STANDARD[type]])];
  const page = await attemptCheck(type, async () => {
    const { results } = await api.list(type, { limit: SAMPLE_SIZE, after: null, properties: named }, context);
    return { detail: `readable, ${results.length} sampled`, value: results };
  });
  const records = page.value ?? [];
  return {
    type,
    checks: [page.check, { ...definitions.check, ok: definitions.value?.isComplete ?? false }],
    fields: named.flatMap((name) => fieldOf(type, name, records, configuredLook(config, `${type}.${name}`))),
    ids: records.map(({ id }) => id),
  };
}

/** HubSpot's own properties that identify people. */
const STANDARD: Readonly<Record<(typeof INSPECTED)[number], readonly string[]>> = {
  companies: ['phone'],
  contacts: ['email', 'phone', 'mobilephone'],
  deals: [],
  tickets: [],
};

function configuredProperties({ properties }: ParsedHubspotConfig, type: ObjectType): string[] {
  const external = properties.externalIds.map(({ property }) => property);
  const ofCompanies = [properties.taxId, properties.internalUnit, properties.legalForm, ...external];
  const ofContacts = [...external, ...properties.consents.map(({ property }) => property)];
  const names = { companies: ofCompanies, contacts: ofContacts, tickets: [properties.orderNumber] };
  return (type in names ? names[type as keyof typeof names] : []).filter((name) => name !== null);
}

/** Settings that name the property with an identifier. */
function fieldSettings({ properties }: ParsedHubspotConfig): FieldSetting[] {
  const { taxId, orderNumber, externalIds } = properties;
  const listed = (name: string | null) => (name === null ? [] : [name]);
  const external = { setting: 'EXTERNAL_IDS', looksLike: 'EXTERNAL_ID' as const };
  const configured = externalIds.map(({ property }) => property);
  return [
    { setting: 'TAX_ID_PROPERTY', looksLike: 'TAX_ID', within: 'companies.', configured: listed(taxId) },
    {
      setting: 'ORDER_NUMBER_PROPERTY',
      looksLike: 'ORDER_NUMBER',
      within: 'tickets.',
      configured: listed(orderNumber),
    },
    { ...external, within: 'companies.', configured },
    { ...external, within: 'contacts.', configured },
  ];
}

function configuredLook(config: ParsedHubspotConfig, field: string): FieldLook | null {
  const fits = ({ within, configured }: FieldSetting) => configured.some((name) => `${within}${name}` === field);
  return fieldSettings(config).find(fits)?.looksLike ?? null;
}

/** One that is configured is told also when it is empty. */
function fieldOf(
  type: ObjectType,
  name: string,
  records: readonly ObjectPayload[],
  configured: FieldLook | null,
): ProbeField[] {
  const values = records.map(({ properties }) => properties[name]?.trim() ?? '').filter((value) => value !== '');
  const look = values.length === 0 ? configured : looksLike(name, values);
  return look === null
    ? []
    : [{ field: `${type}.${name}`, filled: values.length, sampled: records.length, looksLike: look }];
}

async function readable(api: HubspotApi, type: ObjectType, context: CallContext): Promise<ProbeCheck> {
  const { check } = await attemptCheck(type, async () => {
    await api.list(type, { limit: 1, after: null }, context);
    return { detail: 'readable', value: null };
  });
  return check;
}

/** As identity will see them. */
async function sampleParties(
  config: ParsedHubspotConfig,
  inspected: readonly Inspected[],
  context: CallContext,
  deps: UpstreamClientDeps,
): Promise<Party[]> {
  const identifiers = inspected.flatMap(({ type, ids }): Identifier[] => {
    if (type !== 'companies' && type !== 'contacts') return [];
    const part = ids.slice(0, SAMPLED_PARTIES);
    return part.map((id) => ({ kind: 'REFERENCE', value: `${config.name}:${SINGULARS[type]}:${id}` }));
  });
  const source = createHubspotSource(config, { ...deps, cache: createRecordCache(), clock: createClock() });
  try {
    return (await source.parties(identifiers, context)).parties;
  } finally {
    await source.close();
  }
}
