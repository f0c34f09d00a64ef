import DataLoader from 'dataloader';
import { CodedError } from '../../common/errors.ts';
import type { IdentifierKind, Party } from '../shared/party.ts';
import { parseReference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
import { createSearchGate } from '../shared/search-gate.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { guestKey, openGuest, ordersOfGuest } from './guests.ts';
import type { Buyer, GuestTuple, Order } from './model.ts';
import { buyerReference } from './party-reference.ts';
import type { BuyerKey, ShopSource } from './source.ts';
import { toCustomerParty, toGuestParty } from './to-party.ts';

/** How one shop finds parties, by kind of identifier. A kind that is missing is one the shop can't look up. */
export type PartyFinder = Partial<Record<IdentifierKind, (value: string) => Promise<Party[]>>>;

/**
 * Tax ids stand in fields that no shop filters by, and shops point at no other system's records: so TAX_ID and
 * EXTERNAL_ID are not here.
 */
export function createPartyFinder(source: ShopSource, sealer: Sealer, context: CallContext): PartyFinder {
  const orders = new DataLoader<string, Order | null>((ids) => source.ordersByIds(ids, context));
  const gate = createSearchGate();
  const customers = new DataLoader<string, Party | null>(
    async (ids) => {
      const found = await source.customersByIds(ids, context);
      return found.map((customer) => (customer ? toCustomerParty(customer) : null));
    },
    { batchScheduleFn: gate.afterSearches },
  );
  const ordersByNumber = new DataLoader<string, Order[]>((numbers) =>
    gate.during(source.ordersByNumbers(numbers, context)),
  );
  const customersByEmail = new DataLoader<string, Party[]>(async (emails) => {
    const found = await gate.during(source.customersByEmails(emails, context));
    return found.map((list) => list.map(toCustomerParty));
  });
  const customersByPhone = new DataLoader<string, Party[]>(async (phones) => {
    const found = await gate.during(source.customersByPhones(phones, context));
    return found.map((list) => list.map(toCustomerParty));
  });

  /** Always from all its orders, so that a guest looks the same however it was found. */
  const guest = async (tuple: GuestTuple): Promise<Party[]> => {
    const [first, ...others] = await ordersOfGuest(source, tuple, context);
    if (!first) return [];
    return [toGuestParty(buyerReference(sealer, source.name, { type: 'guest', guest: tuple }), [first, ...others])];
  };
  const buyers = async (list: readonly Buyer[]): Promise<Party[]> => {
    const ids = new Set(list.flatMap((buyer) => (buyer.type === 'customer' ? [buyer.customerId] : [])));
    const guests = new Map(
      list.flatMap((buyer) => (buyer.type === 'guest' ? [[guestKey(buyer.guest), buyer.guest]] : [])),
    );
    const [accounts, ofGuests] = await Promise.all([
      Promise.all([...ids].map((id) => customers.load(id))),
      Promise.all([...guests.values()].map(guest)),
    ]);
    return [...accounts.filter((party) => party !== null), ...ofGuests.flat()];
  };
  const byOrders = async (key: BuyerKey) =>
    buyers((await gate.during(source.findOrders(key, context))).map(({ buyer }) => buyer));

  const byReference: Record<string, (remoteId: string) => Promise<Party[]>> = {
    customer: async (id) => [await customers.load(id)].filter((party) => party !== null),
    guest: async (sealed) => {
      const tuple = openGuest(sealer, sealed);
      return tuple ? guest(tuple) : [];
    },
    order: async (id) => {
      const order = await orders.load(id);
      return order ? buyers([order.buyer]) : [];
    },
  };

  return {
    REFERENCE: async (value) => {
      const reference = parseReference(value);
      if (reference?.source !== source.name) return [];
      // Only own keys: a type may be any word, also one that every object has.
      const find = Object.hasOwn(byReference, reference.type) ? byReference[reference.type] : undefined;
      return (await find?.(reference.remoteId)) ?? [];
    },
    EMAIL: async (value) => {
      const [accounts, guests] = await Promise.all([
        customersByEmail.load(value),
        byOrders({ by: 'EMAIL', value, guestsOnly: true }),
      ]);
      return [...accounts, ...guests];
    },
    ORDER_NUMBER: async (value) => buyers((await ordersByNumber.load(value)).map(({ buyer }) => buyer)),
    COMPANY_NAME: (value) => byOrders({ by: 'COMPANY', value, guestsOnly: false }).catch(tooManyAreNobody),
    PHONE: async (value) => {
      const [accounts, buyersOfOrders] = await Promise.all([
        customersByPhone.load(value),
        byOrders({ by: 'PHONE', value, guestsOnly: false }),
      ]);
      const found = new Map([...accounts, ...buyersOfOrders].map((party) => [party.reference, party]));
      return [...found.values()].filter(({ phones }) => phones.includes(value));
    },
  };
}

/** A name in more orders than a search can go through is no help in finding anybody. */
function tooManyAreNobody(error: unknown): Party[] {
  if (error instanceof CodedError && error.code === 'FILTER_NOT_SUPPORTED') return [];
  throw error;
}
