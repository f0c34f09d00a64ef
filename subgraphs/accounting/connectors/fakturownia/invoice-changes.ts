import { z } from 'zod';
import type { ChangeFeed } from '../../../shared/links/change-feed.ts';
import type { Invoice } from '../../model.ts';
import type { AccountingSource, InvoiceQuery } from '../../source.ts';

const cursorSchema = z.object({
  index: z.number(),
  /** The latest change that this reading began with; null before it began. */
  top: z.string().nullable(),
  /** Older changes are known; null = none is. */
  floor: z.string().nullable(),
});

type Cursor = z.infer<typeof cursorSchema>;

const BEGINNING: Cursor = { index: 0, top: null, floor: null };

/** Documents may become visible a while after the time that they say they changed. */
const OVERLAP_MS = 10_000;

const NEWEST_FIRST: InvoiceQuery = {
  filter: { status: null, kind: null, issuedFrom: null, issuedTo: null, dueFrom: null, dueTo: null },
  orderBy: { field: 'UPDATED_AT', direction: 'DESC' },
};

/**
 * The vendor has no filter by the time of change, but sorts by it: so the latest changes first, down to those that are
 * known. A document that changes meanwhile moves others down, which come twice. One that is deleted moves them up: should
 * one be missed so, the next reading of everything finds it.
 */
export function createInvoiceChanges({ listInvoices }: Pick<AccountingSource, 'listInvoices'>): ChangeFeed<Invoice> {
  return {
    read: async (text, context) => {
      const cursor = text === null ? BEGINNING : cursorSchema.parse(JSON.parse(text));
      const { invoices, isLast } = await listInvoices(NEWEST_FIRST, cursor.index, context);
      const times = invoices.flatMap(({ source }) => source.sourceUpdatedAt ?? []).sort();
      const top = cursor.top ?? times.at(-1) ?? null;
      const isKnown = cursor.floor !== null && times.length > 0 && isBefore(times[0]!, cursor.floor);
      const next =
        isLast || isKnown
          ? { index: 0, top: null, floor: top ?? cursor.floor }
          : { ...cursor, index: cursor.index + 1, top };
      return { records: invoices, cursor: JSON.stringify(next), isLast: isLast || isKnown, total: null };
    },
  };
}

function isBefore(time: string, floor: string): boolean {
  return Date.parse(time) < Date.parse(floor) - OVERLAP_MS;
}
