import { childrenTag, collectionTag, identityTag, lookupTag, valuePlace } from '../shared/tags.ts';
import type { GuestTuple, Order, ShopCustomer } from './model.ts';
import type { BuyerKey } from './source.ts';

/** All that decides in which lists an order stands, and where; its status does not, its lists being unfiltered. */
export function placeOfOrder(order: Order): unknown {
  const { firstName, lastName, company, emails, phones } = order.buyerDetails;
  return [order.number, order.placedAt, order.buyer, order.billingEmail, firstName, lastName, company, emails, phones];
}

/** The tags of the parents and look-ups in which an order stands. */
export function placesOfOrder(order: Order): string[] {
  const { buyer, source } = order;
  const { source: name } = source;
  const ofAccount = buyer.type === 'customer' ? [childrenTag(name, 'orders', buyer.customerId)] : [];
  return [
    ...ofAccount,
    lookupTag(name, 'order-number', order.number),
    ...buyerKeys(order).map((key) => searchTag(name, key)),
    ...companiesOf(order).map((company) => valuePlace(collectionTag(name, 'companies'), company)),
    ...(buyer.type === 'guest' ? guestTags(buyer.guest) : []),
  ];
}

/** The type of a search's key in the cache; its id is what is searched for. */
export function searchType({ by, guestsOnly }: Pick<BuyerKey, 'by' | 'guestsOnly'>): string {
  return guestsOnly ? `order-search.${by}.guests` : `order-search.${by}`;
}

export function searchTag(source: string, key: BuyerKey): string {
  return lookupTag(source, searchType(key), key.value);
}

/** A guest is a record of whoever has the same address. */
function guestTags({ email, phone, taxId }: GuestTuple): string[] {
  const identifiers = [
    { kind: 'EMAIL' as const, value: email },
    { kind: 'PHONE' as const, value: phone },
    { kind: 'TAX_ID' as const, value: taxId },
  ];
  return identifiers.filter(({ value }) => value !== '').map(identityTag);
}

/** A search by a part of a name may find the order by any of these. */
function companiesOf({ buyer, buyerDetails }: Order): string[] {
  const companies = [buyer.type === 'guest' ? buyer.guest.company : '', buyerDetails.company ?? ''];
  return [...new Set(companies.filter((company) => company !== ''))];
}

/** The searches that find an order by a whole value. */
function buyerKeys({ buyer, billingEmail, buyerDetails }: Order): BuyerKey[] {
  const { emails, phones, lastName, company } = buyerDetails;
  const guest = buyer.type === 'guest' ? buyer.guest : null;
  const values = [
    ...[guest?.email, billingEmail, ...emails].map((value) => ({ by: 'EMAIL' as const, value })),
    ...[guest?.phone, ...phones].map((value) => ({ by: 'PHONE' as const, value })),
    ...[guest?.lastName, guest?.company, lastName, company].map((value) => ({ by: 'NAME' as const, value })),
  ];
  const known = new Map(values.map(({ by, value }) => [`${by} ${value ?? ''}`, { by, value: value || '' }]));
  return [...known.values()]
    .filter(({ value }) => value !== '')
    .flatMap((key) => (guest ? [true, false] : [false]).map((guestsOnly) => ({ ...key, guestsOnly })));
}

export function placeOfCustomer({ accountEmail, details }: ShopCustomer): unknown {
  return [accountEmail, details.emails, details.phones];
}

/** The tags of the look-ups that find an account, and of whom it may belong to. */
export function placesOfCustomer({ source, accountEmail, details }: ShopCustomer): string[] {
  const emails = new Set([accountEmail ?? '', ...details.emails].filter((email) => email !== ''));
  return [
    ...[...emails].map((email) => lookupTag(source.source, 'customer-email', email)),
    ...details.phones.map((phone) => lookupTag(source.source, 'customer-phone', phone)),
    ...[...emails].map((value) => identityTag({ kind: 'EMAIL', value })),
    ...details.phones.map((value) => identityTag({ kind: 'PHONE', value })),
  ];
}
