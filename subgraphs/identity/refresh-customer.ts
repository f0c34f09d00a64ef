import type { Identifier } from '../shared/party.ts';
import type { Context } from './context.ts';
import { DOMAINS } from './domains.ts';
import { customerById } from './lookups.ts';
import { type IdentifiedCustomer, referencesOf } from './model.ts';

/**
 * Reads a customer anew, whatever is cached of it anywhere. Found first as it is known, so that the caller's row rules are
 * asked before anything is forgotten.
 */
export async function refreshCustomer(id: string, context: Context): Promise<IdentifiedCustomer | null> {
  const known = await customerById(id, context);
  if (known === null) return null;
  const query = { references: referencesOf(known), identifiers: identifiersOf(known) };
  await Promise.all(DOMAINS.map((domain) => context.ports[domain].refresh?.(query, context)));
  // Last: what is worked out until now may rest on what the domains still remembered.
  await context.forget(query.references);
  return customerById(id, context.anew());
}

/** By which the systems may meanwhile have more records of the same customer. */
function identifiersOf({ records }: IdentifiedCustomer): Identifier[] {
  return records.flatMap(({ findableBy, mentions }) => [...findableBy, ...mentions]);
}
