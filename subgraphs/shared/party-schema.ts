import { z } from 'zod';
import type { TaxIdentifier } from './normalise.ts';
import type {
  Address,
  Identifier,
  OrderNumbersAnswer,
  OrderNumbersQuery,
  OwnedAnswer,
  OwnedQuery,
  Party,
  PartyAnswer,
  PartyListAnswer,
  PartyListQuery,
  PartyQuery,
  RefreshQuery,
  UnavailableParties,
} from './party.ts';
import { sourceStatusSchema } from './source-status.ts';

/** The shapes of party.ts on the wire between identity and a domain that runs as its own service. */
const text = z.string().nullable();
const texts = z.array(z.string());

const identifier: z.ZodType<Identifier> = z.object({
  kind: z.enum(['REFERENCE', 'EMAIL', 'PHONE', 'TAX_ID', 'EXTERNAL_ID', 'ORDER_NUMBER', 'COMPANY_NAME']),
  value: z.string(),
});

const taxIdentifier: z.ZodType<TaxIdentifier> = z.object({
  scheme: z.enum(['PL_NIP', 'EU_VAT', 'OTHER']),
  country: text,
  value: z.string(),
  unit: text,
  valid: z.boolean(),
});

const address: z.ZodType<Address> = z.object({
  name: text,
  street: text,
  city: text,
  postalCode: text,
  region: text,
  country: text,
});

const party: z.ZodType<Party> = z.object({
  reference: z.string(),
  source: z.string(),
  vendor: z.string(),
  system: z.enum(['CRM', 'SHOP', 'ACCOUNTING']),
  recordType: z.enum(['COMPANY', 'CONTACT', 'CLIENT', 'CUSTOMER', 'GUEST']),
  kind: z.enum(['PERSON', 'COMPANY', 'SOLE_TRADER', 'UNKNOWN']),
  displayName: text,
  firstName: text,
  lastName: text,
  legalName: text,
  emails: texts,
  phones: texts,
  taxIdentifiers: z.array(taxIdentifier),
  unitKnown: z.boolean(),
  addresses: z.array(address),
  externalReferences: texts,
  associations: texts,
  mentions: z.array(identifier),
  findableBy: z.array(identifier),
  aliases: texts,
  ownerReference: text,
  isRetail: z.boolean(),
  createdAt: text,
  updatedAt: text,
  fetchedAt: z.string(),
  url: text,
  stale: z.boolean(),
});

export const partyQuerySchema: z.ZodType<PartyQuery> = z.object({ identifiers: z.array(identifier) });

const unavailable: z.ZodType<UnavailableParties> = z.object({
  source: z.string(),
  code: z.string(),
  message: z.string(),
  identifiers: z.array(identifier).optional(),
});

export const partyAnswerSchema: z.ZodType<PartyAnswer> = z.object({
  parties: z.array(party),
  found: z.array(texts),
  unavailable: z.array(unavailable),
  unsupported: z.array(z.object({ identifier, source: z.string() })),
  strained: z.array(z.object({ source: z.string(), code: z.string() })).optional(),
});

export const orderNumbersQuerySchema: z.ZodType<OrderNumbersQuery> = z.object({ references: texts });

export const orderNumbersAnswerSchema: z.ZodType<OrderNumbersAnswer> = z.object({
  numbers: z.array(texts),
  unavailable: z.array(unavailable),
});

export const ownedQuerySchema: z.ZodType<OwnedQuery> = z.object({ owners: texts });

export const refreshQuerySchema: z.ZodType<RefreshQuery> = z.object({
  references: texts,
  identifiers: z.array(identifier),
});

export const sourcesAnswerSchema = z.object({ sources: z.array(sourceStatusSchema) });

export const ownedAnswerSchema: z.ZodType<OwnedAnswer> = z.object({
  people: texts,
  references: texts.nullable(),
  unavailable: z.array(unavailable),
});

export const partyListQuerySchema: z.ZodType<PartyListQuery> = z.object({
  search: text,
  first: z.int().min(0).max(1000),
  after: text,
});

export const partyListAnswerSchema: z.ZodType<PartyListAnswer> = z.object({
  parties: z.array(party),
  endCursor: text,
  hasNextPage: z.boolean(),
});
