import type { Identifier } from '../shared/party.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { emailsOf, phonesOf, taxKeysOf } from './identifiers.ts';
import { createIdentities, type IdentityDeps } from './identities.ts';
import { referencesOf } from './model.ts';

/** By what records of a person can be recognised. */
export interface Traces {
  references: string[];
  identifiers: Pick<Identifier, 'kind' | 'value'>[];
}

/** Of one customer by any of its references; of a reference that nobody knows, that reference alone. */
export function createTraces(deps: IdentityDeps) {
  return async (reference: string, call: CallContext): Promise<Traces> => {
    const customer = await createIdentities(deps, call).byReference(reference);
    const records = customer?.records ?? [];
    const identifiers = records.flatMap((party) => [
      ...emailsOf(party).map((value) => ({ kind: 'EMAIL' as const, value })),
      ...phonesOf(party).map((value) => ({ kind: 'PHONE' as const, value })),
      ...taxKeysOf(party).map((value) => ({ kind: 'TAX_ID' as const, value })),
    ]);
    const distinct = new Map(identifiers.map((one) => [`${one.kind} ${one.value}`, one]));
    return {
      references: [...new Set([reference, ...(customer ? referencesOf(customer) : [])])],
      identifiers: [...distinct.values()],
    };
  };
}
