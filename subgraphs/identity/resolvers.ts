import { sealRecords } from '../shared/customer-records.ts';
import type { Party } from '../shared/party.ts';
import { parseReference } from '../shared/reference.ts';
import type { Context } from './context.ts';
import { byEmail, byPhone, byTaxId, customerBy, customerById, customerCandidates } from './lookups.ts';
import { maskEmail, maskEvidence, maskNumber } from './masking.ts';
import { type IdentifiedCustomer, referencesOf } from './model.ts';
import { profileOf } from './profile.ts';
import { refreshCustomer } from './refresh-customer.ts';
import { type Rejection, RULES } from './rules.ts';
import type { CustomerSource, Resolvers } from './schema.generated.ts';
import { listSeenCustomers } from './seen-customers.ts';
import { listSources } from './source-statuses.ts';

export const resolvers: Resolvers = {
  Query: {
    customer: (_root, { id }, context) => customerById(id, context),
    customerByEmail: (_root, { email }, context) => customerBy(byEmail(email), context),
    customerByPhone: (_root, { phone }, context) => customerBy(byPhone(phone), context),
    customerByTaxId: (_root, { taxId }, context) => customerBy(byTaxId(taxId), context),
    customerCandidates: (_root, args, context) => customerCandidates(args, context),
    customers: (_root, args, context) => listSeenCustomers(args, context, context),
    sources: (_root, _args, context) => listSources(context.ports, context),
  },

  Mutation: {
    refreshCustomer: (_root, { id }, context) => refreshCustomer(id, context),
  },

  Customer: {
    // Async: a claim that is refused at once would take the other entities of the request along.
    __resolveReference: async (key, context) =>
      customerById('id' in key ? key.id : openClaim(key.claim, context), context),
    claim: ({ id }, _args, { sealer }) => sealer.seal('claim', [id]),
    records: (customer, _args, context) => recordsOf(customer, context),
    kind: (customer) => profileOf(customer).kind,
    displayName: (customer) => profileOf(customer).displayName,
    initials: (customer) => profileOf(customer).initials,
    firstName: (customer) => profileOf(customer).firstName,
    lastName: (customer) => profileOf(customer).lastName,
    legalName: (customer) => profileOf(customer).legalName,
    email: (customer) => profileOf(customer).emails[0] ?? null,
    emailMasked: (customer) => mask(profileOf(customer).emails[0], maskEmail),
    emails: (customer) => profileOf(customer).emails,
    phone: (customer) => profileOf(customer).phones[0] ?? null,
    phoneMasked: (customer) => mask(profileOf(customer).phones[0], maskNumber),
    phones: (customer) => profileOf(customer).phones,
    addresses: (customer) => profileOf(customer).addresses,
    taxIdentifiers: (customer) => profileOf(customer).taxIdentifiers,
    taxIdMasked: (customer) => mask(profileOf(customer).taxIdentifiers[0]?.value, maskNumber),
    identity: (customer) => customer,
    sources: ({ records }) => records.map(toSource),
  },

  CustomerIdentity: {
    aliases: ({ records }) => records.flatMap(({ aliases }) => aliases),
    unavailable: ({ unavailable }) => [...unavailable],
    links: ({ links }) => [...links],
    rejected: (customer, _args, context) => seenRejections(customer, context),
  },

  IdentityLink: {
    evidence: maskEvidence,
    confidence: ({ rule }) => RULES[rule].confidence,
  },
};

/** Every field of another subgraph needs the records: so this is where an answer that may lack some, or rests on old ones, says so. */
function recordsOf({ id, records, gaps }: IdentifiedCustomer, { sealer, incomplete, served }: Context): string {
  for (const { source, code } of gaps) incomplete?.({ source, code });
  for (const { source, fetchedAt } of records.filter(({ stale }) => stale)) {
    served?.({
      ageMs: Math.max(Date.now() - Date.parse(fetchedAt), 0),
      freshMs: 0,
      stale: { source, fetchedAt },
      tags: null,
    });
  }
  return sealRecords(sealer, { id, references: records.map(({ reference }) => reference), gaps });
}

/** Whom a record was kept apart from may be somebody whom the caller must not know of. */
async function seenRejections(customer: IdentifiedCustomer, { identities, rows }: Context): Promise<Rejection[]> {
  if (rows.kind === 'all') return [...customer.rejected];
  const own = new Set(referencesOf(customer));
  const others = customer.rejected.map(({ from, to }) => (own.has(from) ? to : from));
  const seen = await Promise.all(others.map((other) => rows.read(() => identities.allByReference(other))));
  return customer.rejected.filter((_, index) => seen[index]!.length > 0);
}

function openClaim(claim: string, { sealer }: Context): string {
  return sealer.open('claim', claim)[0] ?? '';
}

function mask(value: string | undefined, hide: (value: string) => string): string | null {
  return value === undefined ? null : hide(value);
}

function toSource({ system, source, vendor, reference, url, fetchedAt, updatedAt, stale }: Party): CustomerSource {
  const remoteId = parseReference(reference)?.remoteId ?? reference;
  return { system, source, vendor, reference, remoteId, url, fetchedAt, sourceUpdatedAt: updatedAt, stale };
}
