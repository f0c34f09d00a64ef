import { formatReference, parseReference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
import { openGuest, sealGuest } from './guests.ts';
import type { Buyer, GuestTuple, Order } from './model.ts';

/** The record of whoever ordered: `woo:customer:12` or `woo:guest:<sealed>`. */
export function buyerReference(sealer: Sealer, source: string, buyer: Buyer): string {
  return buyer.type === 'customer'
    ? formatReference(source, 'customer', buyer.customerId)
    : formatReference(source, 'guest', sealGuest(sealer, buyer.guest));
}

export function claimOf(sealer: Sealer, { source, buyer }: Order): string {
  return sealer.seal('claim', [buyerReference(sealer, source.source, buyer)]);
}

/** The records of one customer that stand in one shop. */
export interface ShopRecords {
  customerIds: string[];
  guests: GuestTuple[];
}

/** Takes from the sealed references of a customer those of one source. */
export function recordsIn(sealer: Sealer, records: string, source: string): ShopRecords {
  const [, ...references] = sealer.open('records', records);
  const own = references.map(parseReference).filter((reference) => reference?.source === source);
  const idsOf = (type: string) => own.flatMap((reference) => (reference?.type === type ? [reference.remoteId] : []));
  const guests = idsOf('guest').map((sealed) => openGuest(sealer, sealed));
  return { customerIds: idsOf('customer'), guests: guests.filter((guest) => guest !== null) };
}
