import { CodedError } from '../../common/errors.ts';
import { normaliseEmail, normalisePhone, taxIdKey } from '../shared/normalise.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { GuestTuple, Order, PartyDetails } from './model.ts';
import type { BuyerKey, ShopSource } from './source.ts';

/** What an order says of its buyer, in one spelling: two orders of one guest give equal tuples. */
export function toGuestTuple(details: PartyDetails, raw: { email: string; phone: string }): GuestTuple {
  const { taxId } = details;
  return {
    email: toEmailKey(raw.email),
    phone: toPhoneKey(raw.phone),
    taxId: taxId === null ? '' : (taxIdKey(taxId) ?? taxId.value),
    firstName: toNameKey(details.firstName),
    lastName: toNameKey(details.lastName),
    company: toNameKey(details.company),
  };
}

/** Normalised, or at least one spelling of what is no address. */
export function toEmailKey(raw: string): string {
  return normaliseEmail(raw) ?? raw.trim().toLowerCase();
}

export function toPhoneKey(raw: string): string {
  return normalisePhone(raw) ?? raw.replace(/[^\d+]/g, '');
}

export function toNameKey(raw: string | null): string {
  return (raw ?? '').normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('pl');
}

/** The guest's remote id: the tuple itself, sealed, so that it can be looked up again and nobody can make one up. */
export function sealGuest(sealer: Sealer, guest: GuestTuple): string {
  return sealer.seal('guest', tupleParts(guest));
}

/** Null for what this graph has not sealed: a reference that leads nowhere. */
export function openGuest(sealer: Sealer, sealed: string): GuestTuple | null {
  try {
    const [email = '', phone = '', taxId = '', firstName = '', lastName = '', company = ''] = sealer.open(
      'guest',
      sealed,
    );
    return { email, phone, taxId, firstName, lastName, company };
  } catch (error) {
    if (error instanceof CodedError && error.code === 'BAD_USER_INPUT') return null;
    throw error;
  }
}

export function isSameGuest(left: GuestTuple, right: GuestTuple): boolean {
  const parts = tupleParts(right);
  return tupleParts(left).every((part, index) => part === parts[index]);
}

/** One text for one guest, to group by. */
export function guestKey(guest: GuestTuple): string {
  return JSON.stringify(tupleParts(guest));
}

/** All orders of one guest, the oldest first. */
export async function ordersOfGuest(source: ShopSource, guest: GuestTuple, context: CallContext): Promise<Order[]> {
  const hits = await findByBestKey(source, searchKeys(guest), context);
  return hits
    .filter(({ buyer }) => buyer.type === 'guest' && isSameGuest(buyer.guest, guest))
    .sort((left, right) => (left.placedAt < right.placedAt ? -1 : Number(left.placedAt > right.placedAt)));
}

/** Half a shop may have left one placeholder mailbox: then the next key is tried. */
async function findByBestKey(
  source: ShopSource,
  [key, ...others]: readonly BuyerKey[],
  context: CallContext,
): Promise<Order[]> {
  if (!key) return [];
  try {
    return await source.findOrders(key, context);
  } catch (error) {
    const isTooMuch = error instanceof CodedError && error.code === 'FILTER_NOT_SUPPORTED';
    if (isTooMuch && others.length > 0) return findByBestKey(source, others, context);
    throw error;
  }
}

function searchKeys({ email, phone, lastName, company }: GuestTuple): BuyerKey[] {
  const keys: BuyerKey[] = [
    { by: 'EMAIL', value: email, guestsOnly: true },
    { by: 'PHONE', value: phone, guestsOnly: true },
    { by: 'NAME', value: lastName || company, guestsOnly: true },
  ];
  return keys.filter(({ value }) => value !== '');
}

function tupleParts({ email, phone, taxId, firstName, lastName, company }: GuestTuple): string[] {
  return [email, phone, taxId, firstName, lastName, company];
}
