import { NO_ROWS, type RowRules } from '../../common/row-rules.ts';
import type { AllowedRecords, CustomerAnswer, IdentityPort } from '../shared/identity-port.ts';
import { withoutChannels } from '../shared/party-rows.ts';
import { type CustomerRows, createCustomerRows } from './customer-rows.ts';
import type { Unavailable } from './domains.ts';
import { createIdentities, type Identities, type IdentityDeps, settleMissing } from './identities.ts';
import { type IdentifiedCustomer, referencesOf } from './model.ts';

/** What the domains ask for their callers' row rules. What was worked out lately is remembered, as for any question. */
export function createIdentityPort(deps: IdentityDeps): IdentityPort {
  return {
    recordsOf: async ({ facts }, call) => {
      const identities = createIdentities(deps, call);
      const rows = createCustomerRows(partyRules(facts.rows), { ports: deps.ports, identities }, call);
      return recordsOf(rows);
    },
    customersOf: async ({ facts }, references, call) => {
      const identities = createIdentities(deps, call);
      const rows = createCustomerRows(partyRules(facts.rows), { ports: deps.ports, identities }, call);
      return Promise.all(references.map((reference) => customerOf(reference, rows, identities)));
    },
  };
}

/** Rules on channels alone are the shop's: nobody has to ask about parties, and whoever does learns nothing. */
function partyRules(rules: RowRules): RowRules {
  const left = withoutChannels(rules);
  return rules.kind === 'restricted' && left.kind === 'all' ? NO_ROWS : left;
}

async function recordsOf(rows: CustomerRows): Promise<AllowedRecords> {
  const listed = await rows.listed();
  if (!listed) return { references: null, missing: [] };
  return {
    references: [...new Set(listed.customers.flatMap(referencesOf))],
    missing: distinct(listed.missing),
  };
}

async function customerOf(reference: string, rows: CustomerRows, identities: Identities): Promise<CustomerAnswer> {
  const seen = await settleMissing(rows.read(() => identities.allByReference(reference)));
  if ('missing' in seen) return { state: 'unknown', ...seen.missing };
  const [customer, ...others] = seen.value;
  return customer && others.length === 0 ? toSeen(customer) : { state: 'none' };
}

function toSeen(customer: IdentifiedCustomer): CustomerAnswer {
  return { state: 'seen', references: referencesOf(customer) };
}

function distinct(missing: readonly Unavailable[]): Unavailable[] {
  return [...new Map(missing.map(({ source, code }) => [`${source} ${code}`, { source, code }])).values()];
}
