import type { TouchedBy } from '../shared/touched.ts';
import type { Context } from './context.ts';
import { type IdentifiedCustomer, referencesOf } from './model.ts';

/** A customer under every name it is known by, so that none is missed who asks the audit by any of them. */
export const touchedBy: TouchedBy<Context> = {
  Customer: (customer: IdentifiedCustomer, { reliesOn, memory }) => {
    // Also where nothing was read for it: what is remembered is gone when one of its records changes.
    reliesOn?.(memory.tagNames(customer));
    return { Customer: [customer.id, ...referencesOf(customer)] };
  },
};
