import { normaliseEmail, normalisePhone, parseTaxId, taxIdKey } from '../../../shared/normalise.ts';
import type { Address, Identifier } from '../../../shared/party.ts';
import { formatReference } from '../../../shared/reference.ts';
import type { Company, Consent, Contact, LifecycleStage, SourceRef } from '../../model.ts';
import type { ParsedHubspotConfig } from './config.ts';
import type { ObjectPayload } from './payloads.ts';
import { phoneSpellings, taxIdSpellings } from './spellings.ts';
import { countryCode, flag, instant, list, text } from './values.ts';

/** What a mapping must know beside the payload. */
export interface MappingContext {
  config: ParsedHubspotConfig;
  /** When HubSpot answered, ISO 8601. */
  fetchedAt: string;
}

export function toCompany(payload: ObjectPayload, context: MappingContext): Company {
  const { properties } = context.config;
  const legalForm = text(payload, properties.legalForm);
  const rawTaxId = text(payload, properties.taxId);
  const taxId = parseTaxId(rawTaxId);
  const common = partyRecord(payload, 'company', context);
  const key = taxId ? taxIdKey(taxId) : null;
  const isFindable = key !== null && rawTaxId !== null && taxIdSpellings(key).includes(rawTaxId.toLowerCase());
  return {
    ...common,
    type: 'company',
    kind: legalForm !== null && properties.soleTraderForms.includes(legalForm) ? 'SOLE_TRADER' : 'COMPANY',
    name: text(payload, 'name'),
    phones: phonesOf(payload, ['phone']),
    taxIdentifiers: taxId ? [{ ...taxId, unit: taxId.unit ?? text(payload, properties.internalUnit) }] : [],
    unitKnown: properties.internalUnit !== null,
    findableBy: [...common.findableBy, ...(isFindable ? [{ kind: 'TAX_ID', value: key } as const] : [])],
  };
}

export function toContact(payload: ObjectPayload, context: MappingContext): Contact {
  const typed = [text(payload, 'email'), ...list(payload, 'hs_additional_emails')].filter((email) => email !== null);
  const emails = unique(typed.map((email) => normaliseEmail(email)).filter((email) => email !== null));
  const phones = phonesOf(payload, ['phone', 'mobilephone']);
  const common = partyRecord(payload, 'contact', context);
  return {
    ...common,
    type: 'contact',
    firstName: text(payload, 'firstname'),
    lastName: text(payload, 'lastname'),
    emails,
    phones,
    jobTitle: text(payload, 'jobtitle'),
    findableBy: [
      ...common.findableBy,
      ...emails.filter((email) => isSpelledAs(typed, email)).map((value) => ({ kind: 'EMAIL', value }) as const),
      ...phones.filter((phone) => isSearchable(payload, phone)).map((value) => ({ kind: 'PHONE', value }) as const),
    ],
  };
}

/** An address that HubSpot holds in another form (a domain in Unicode) is not found by our form of it. */
function isSpelledAs(typed: readonly string[], email: string): boolean {
  return typed.some((raw) => raw.toLowerCase() === email);
}

export const SEARCHABLE_PHONES = ['hs_searchable_calculated_phone_number', 'hs_searchable_calculated_mobile_number'];

function isSearchable(payload: ObjectPayload, phone: string): boolean {
  const spellings = phoneSpellings(phone);
  return SEARCHABLE_PHONES.some((name) => spellings.includes(text(payload, name) ?? ''));
}

function partyRecord(payload: ObjectPayload, type: 'company' | 'contact', context: MappingContext) {
  const { config } = context;
  const source = sourceRef(payload, type, context);
  const id = formatReference(config.name, type, payload.id);
  const stage = text(payload, 'lifecyclestage');
  const externalReferences = externalReferencesOf(payload, config);
  const aliases = list(payload, 'hs_merged_object_ids')
    .filter((merged) => /^\d+$/.test(merged) && merged !== payload.id)
    .map((merged) => formatReference(config.name, type, merged));
  const findableBy: Identifier[] = [
    ...[id, ...aliases].map((value) => ({ kind: 'REFERENCE', value }) as const),
    ...externalReferences.map((value) => ({ kind: 'EXTERNAL_ID', value }) as const),
  ];
  return {
    id,
    source,
    addresses: addressesOf(payload),
    externalReferences,
    aliases,
    findableBy,
    ownerId: ownerReference(payload, config.name),
    lifecycleStage: stage === null ? null : (LIFECYCLE_STAGES[stage] ?? ('OTHER' as const)),
    lifecycleStageRaw: stage,
    consents: consentsOf(payload, config, source),
    createdAt: instant(payload.createdAt),
  };
}

/** HubSpot's own stages; a portal may have further ones, whose keys are numbers. */
const LIFECYCLE_STAGES: Readonly<Record<string, LifecycleStage>> = {
  subscriber: 'SUBSCRIBER',
  lead: 'LEAD',
  marketingqualifiedlead: 'MARKETING_QUALIFIED',
  salesqualifiedlead: 'SALES_QUALIFIED',
  opportunity: 'OPPORTUNITY',
  customer: 'CUSTOMER',
  evangelist: 'EVANGELIST',
};

function externalReferencesOf(payload: ObjectPayload, config: ParsedHubspotConfig): string[] {
  return config.properties.externalIds.flatMap(({ property, reference }) => {
    const id = text(payload, property);
    return id === null ? [] : [`${reference}:${id}`];
  });
}

function phonesOf(payload: ObjectPayload, names: readonly string[]): string[] {
  return unique(names.map((name) => normalisePhone(text(payload, name))).filter((phone) => phone !== null));
}

function addressesOf(payload: ObjectPayload): Address[] {
  const address: Address = {
    name: null,
    street: text(payload, 'address'),
    city: text(payload, 'city'),
    postalCode: text(payload, 'zip'),
    region: text(payload, 'state'),
    country: countryCode(text(payload, 'country')),
  };
  return Object.values(address).some((part) => part !== null) ? [address] : [];
}

function consentsOf(payload: ObjectPayload, config: ParsedHubspotConfig, source: SourceRef): Consent[] {
  return config.properties.consents.flatMap(({ property, purpose, channel }) => {
    const granted = flag(payload, property);
    // HubSpot keeps when a property changed only in its history, which halves the batches.
    return granted === null ? [] : [{ purpose, channel, granted, at: null, source }];
  });
}

export function ownerReference(payload: ObjectPayload, source: string): string | null {
  const owner = text(payload, 'hubspot_owner_id');
  return owner === null ? null : formatReference(source, 'owner', owner);
}

export function sourceRef(payload: ObjectPayload, type: string, { config, fetchedAt }: MappingContext): SourceRef {
  return {
    system: 'CRM',
    source: config.name,
    vendor: 'hubspot',
    remoteId: payload.id,
    url: payload.url ?? pageOf(config.portalId, type, payload.id),
    fetchedAt,
    sourceUpdatedAt: instant(payload.updatedAt),
    stale: false,
  };
}

/** HubSpot's pages name types by number; activities have no page of their own. */
const TYPE_IDS: Readonly<Record<string, string>> = { contact: '0-1', company: '0-2', deal: '0-3', ticket: '0-5' };

function pageOf(portalId: string | null, type: string, id: string): string | null {
  const typeId = TYPE_IDS[type];
  if (portalId === null || typeId === undefined) return null;
  return `https://app.hubspot.com/contacts/${portalId}/record/${typeId}/${id}`;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
