import type { IdentifierKind } from '../party.ts';
import { recordTag } from '../record-cache.ts';
import type { WebhookChange } from './webhook.ts';

/** What each kind of identifier is looked up as, over all domains: the types of the look-ups' keys in the cache. */
const LOOKUPS: Partial<Record<IdentifierKind, readonly string[]>> = {
  EMAIL: ['by.EMAIL', 'customer-email', 'client-email'],
  PHONE: ['by.PHONE', 'customer-phone'],
  TAX_ID: ['by.TAX_ID', 'client-tax-id'],
  EXTERNAL_ID: ['by.EXTERNAL_ID', 'client-external'],
};

/** The lists in which any record of a type may stand. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  order: 'orders',
  customer: 'customers',
  invoice: 'invoices',
  client: 'clients',
};

/** All that a change makes wrong in the cache; the one place that knows. */
export function tagsOfChange(source: string, change: WebhookChange): string[] {
  const { type, id, parents = [], identifiers = [] } = change;
  const collection = COLLECTIONS[type];
  return [
    recordTag({ source, type, id }),
    ...(collection ? [`${source}:${collection}`] : []),
    ...parents.map((parent) => `${source}:${parent.children}-of:${parent.id}`),
    ...identifiers.flatMap(({ kind, value }) =>
      (LOOKUPS[kind] ?? []).map((lookup) => recordTag({ source, type: lookup, id: value })),
    ),
  ];
}
