import { type CustomerRecords, checkGaps, openRecords } from '../shared/customer-records.ts';
import { formatReference, parseReference, type Reference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
import { openGuest, sealGuest } from './guests.ts';
import type { Buyer, GuestTuple } from './model.ts';
import type { ShopSource } from './source.ts';

/** The record of whoever ordered: `woo:customer:12` or `woo:guest:<sealed>`. */
export function buyerReference(sealer: Sealer, source: string, buyer: Buyer): string {
  return buyer.type === 'customer'
    ? formatReference(source, 'customer', buyer.customerId)
    : formatReference(source, 'guest', sealGuest(sealer, buyer.guest));
}

/** The records of one customer that stand in one shop. */
export interface ShopRecords {
  customerIds: string[];
  guests: GuestTuple[];
}

/** Takes from the sealed references of a customer those of each shop, in the order of `sources`. */
export function recordsIn(sealer: Sealer, records: string, sources: readonly ShopSource[]): ShopRecords[] {
  return recordsAmong(sealer, openRecords(sealer, records), sources);
}

/** The same of references that are not sealed. */
export function recordsAmong(
  sealer: Sealer,
  records: Pick<CustomerRecords, 'references' | 'gaps'>,
  sources: readonly ShopSource[],
): ShopRecords[] {
  const references = records.references.map(parseReference).filter((reference) => reference !== null);
  const own = sources.map(({ name }) => references.filter(({ source }) => source === name));
  checkGaps(records, { domain: 'shop', sources, isKnown: own.some((list) => list.length > 0) });
  return own.map((list) => toShopRecords(sealer, list));
}

function toShopRecords(sealer: Sealer, own: readonly Reference[]): ShopRecords {
  const idsOf = (type: string) => own.filter((reference) => reference.type === type).map(({ remoteId }) => remoteId);
  const guests = idsOf('guest').map((sealed) => openGuest(sealer, sealed));
  return { customerIds: idsOf('customer'), guests: guests.filter((guest) => guest !== null) };
}
