import type { Sealer } from '../shared/seal.ts';
import { type TouchedBy, touchedCustomer } from '../shared/touched.ts';
import type { Context } from './context.ts';
import type { Contact, CustomerKey } from './model.ts';

/**
 * A contact is a person whose data is read. Whose a deal, a ticket or an activity is, only another call to the CRM would
 * tell: they stand for their customer where they are reached through it, or where it is selected.
 */
export function createTouchedBy(sealer: Sealer): TouchedBy<Context> {
  return {
    Customer: (customer: CustomerKey) => touchedCustomer(customer, { sealer }),
    Contact: ({ id }: Contact) => ({ Contact: [id], Customer: [id] }),
  };
}
