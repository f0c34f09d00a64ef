import { type Links, shortPlace } from '../shared/links/links.ts';
import type { RecordIndex } from '../shared/links/record-index.ts';
import { childrenTag, collectionTag } from '../shared/tags.ts';
import type { Invoice } from './model.ts';
import { placeOfInvoice, placesOfInvoice } from './places.ts';
import type { AccountingSource } from './source.ts';

/** An index of the documents by client; null where the accounting needs none. */
export function indexInvoices(source: AccountingSource, links: Links): RecordIndex<Invoice> | null {
  const { name, invoiceChanges } = source;
  if (!invoiceChanges) return null;
  return links.index<Invoice>({
    source: name,
    collection: 'invoices',
    feed: invoiceChanges,
    readByIds: source.invoicesByIds,
    shape: {
      keyOf: (id) => ({ source: name, type: 'invoice', id }),
      collection: collectionTag(name, 'invoices'),
      isParent: (tag) => tag.startsWith(childrenTag(name, 'invoices', '')),
      placesOf: placesOfInvoice,
      toEntry: (invoice) => ({
        id: invoice.source.remoteId,
        parents: invoice.clientId === null ? [] : [childrenTag(name, 'invoices', invoice.clientId)],
        place: shortPlace(placeOfInvoice(invoice)),
        changedAtMs: Date.parse(invoice.source.sourceUpdatedAt ?? invoice.issueDate),
        record: invoice,
      }),
    },
  });
}
