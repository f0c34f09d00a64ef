import { type TouchedBy, touchedCustomer } from '../shared/touched.ts';
import type { Context } from './context.ts';
import type { OrderNode, Return } from './model.ts';
import { buyerReference } from './party-reference.ts';

/** An order is also its buyer's: it names them without being asked who that is. */
export const touchedBy: TouchedBy<Context> = {
  Customer: touchedCustomer,
  Order: ({ id, source, buyer }: OrderNode, { sealer }) => ({
    Order: [id],
    Customer: [buyerReference(sealer, source.source, buyer)],
  }),
  Return: ({ id, orderId }: Return) => ({ Return: [id], Order: [orderId] }),
};
