import type { WooOrder, WooOrderNote } from '../../data/records.ts';

export function orderNotes(order: WooOrder): readonly WooOrderNote[] {
  return order.writtenNotes;
}
