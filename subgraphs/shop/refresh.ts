import { cachedLinks } from '../shared/links/link-lists.ts';
import type { Identifier, RefreshQuery } from '../shared/party.ts';
import { type RecordCache, recordTag } from '../shared/record-cache.ts';
import { parseReference, type Reference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
import { childrenTag, lookupTag } from '../shared/tags.ts';
import { newestOrdersKey } from './cached-source.ts';
import { openGuest } from './guests.ts';
import { searchTag } from './order-places.ts';
import type { BuyerKey, ShopSource } from './source.ts';

export interface RefreshDeps {
  sources: readonly ShopSource[];
  sealer: Sealer;
  cache: RecordCache;
}

/** Forgets what is cached of a customer in the shops: accounts, orders with what follows from them, and look-ups. */
export function createRefresh({ sources, sealer, cache }: RefreshDeps) {
  async function tagsOfReference(reference: Reference): Promise<string[]> {
    const { source, type, remoteId } = reference;
    const guest = type === 'guest' ? openGuest(sealer, remoteId) : null;
    if (guest !== null) return guestSearches(source, guest);
    const own = recordTag({ source, type, id: remoteId });
    if (type !== 'customer') return [own];
    const orders = await cachedLinks(cache, [newestOrdersKey(source, remoteId)]);
    return [
      own,
      childrenTag(source, 'orders', remoteId),
      ...orders.map((id) => recordTag({ source, type: 'order', id })),
    ];
  }

  return async ({ references, identifiers }: RefreshQuery): Promise<void> => {
    const names = new Set(sources.map(({ name }) => name));
    const own = references.map(parseReference).filter((one) => one !== null && names.has(one.source));
    const tags = await Promise.all(own.map((reference) => tagsOfReference(reference!)));
    const lookups = sources.flatMap(({ name }) => identifiers.flatMap((identifier) => lookupTags(name, identifier)));
    await cache.invalidate([...new Set([...tags.flat(), ...lookups])]);
  };
}

function guestSearches(source: string, guest: { email: string; phone: string; lastName: string; company: string }) {
  const { email, phone, lastName, company } = guest;
  return [
    ...searches(source, 'EMAIL', email),
    ...searches(source, 'PHONE', phone),
    ...searches(source, 'NAME', lastName),
    ...searches(source, 'NAME', company),
  ];
}

function lookupTags(source: string, { kind, value }: Identifier): string[] {
  switch (kind) {
    case 'EMAIL':
      return [lookupTag(source, 'customer-email', value), ...searches(source, 'EMAIL', value)];
    case 'PHONE':
      return [lookupTag(source, 'customer-phone', value), ...searches(source, 'PHONE', value)];
    case 'ORDER_NUMBER':
      return [lookupTag(source, 'order-number', value)];
    case 'COMPANY_NAME':
      return searches(source, 'COMPANY', value);
    default:
      return [];
  }
}

function searches(source: string, by: BuyerKey['by'], value: string): string[] {
  if (value === '') return [];
  return [true, false].map((guestsOnly) => searchTag(source, { by, value, guestsOnly }));
}
