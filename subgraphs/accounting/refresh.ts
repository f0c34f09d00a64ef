import { cachedLinks } from '../shared/links/link-lists.ts';
import type { Identifier, RefreshQuery } from '../shared/party.ts';
import { type RecordCache, recordTag } from '../shared/record-cache.ts';
import { parseReference, type Reference } from '../shared/reference.ts';
import { childrenTag, lookupTag } from '../shared/tags.ts';
import { documentsKey } from './cached-source.ts';
import { orderNumberTag } from './places.ts';
import type { AccountingSource } from './source.ts';

/** So many parts of a client's documents are looked through for those whose payments may have been read. */
const PARTS = 5;

/** Forgets what is cached of a customer in the accounting systems: clients, documents with their payments, look-ups. */
export function createRefresh({ sources, cache }: { sources: readonly AccountingSource[]; cache: RecordCache }) {
  async function tagsOfReference({ source, type, remoteId }: Reference): Promise<string[]> {
    const own = recordTag({ source, type, id: remoteId });
    if (type !== 'client') return [own];
    const parts = Array.from({ length: PARTS }, (_, index) => documentsKey(source, remoteId, index));
    const invoices = await cachedLinks(cache, parts);
    const documents = invoices.map((id) => recordTag({ source, type: 'invoice', id }));
    return [own, childrenTag(source, 'invoices', remoteId), ...documents];
  }

  return async ({ references, identifiers }: RefreshQuery): Promise<void> => {
    const names = new Set(sources.map(({ name }) => name));
    const own = references.map(parseReference).filter((one) => one !== null && names.has(one.source));
    const tags = await Promise.all(own.map((reference) => tagsOfReference(reference!)));
    const asked = [...identifiers, ...references.map((value) => ({ kind: 'EXTERNAL_ID' as const, value }))];
    const lookups = sources.flatMap(({ name }) => asked.flatMap((identifier) => lookupTags(name, identifier)));
    await cache.invalidate([...new Set([...tags.flat(), ...lookups])]);
  };
}

function lookupTags(source: string, { kind, value }: Identifier): string[] {
  switch (kind) {
    case 'EMAIL':
      return [lookupTag(source, 'client-email', value)];
    case 'TAX_ID':
      return [lookupTag(source, 'client-tax-id', value)];
    case 'EXTERNAL_ID':
      return [lookupTag(source, 'client-external', value)];
    case 'ORDER_NUMBER':
      return [orderNumberTag(source, value)];
    default:
      return [];
  }
}
