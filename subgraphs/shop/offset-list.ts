import { CodedError } from '../../common/errors.ts';
import type { SourcePage } from '../shared/connection.ts';

/** What a vendor answers to one list call. */
export interface VendorPage<T> {
  items: T[];
  /** Of the whole list; null when the answer does not tell. */
  total: number | null;
}

/** How many further pages are read when what is left out leaves a page too short. */
const MAX_PAGES = 10;

interface OffsetList<P, T> {
  first: number;
  /** The position given with an earlier item; null = from the start. */
  after: string | null;
  read(offset: number): Promise<VendorPage<P>>;
  /** Null leaves the item out. */
  toNode(payload: P): T | null;
}

/** A page of a list that can only be read on by counting. Items that are left out are counted, not shown. */
export async function readByOffset<P, T>({ first, after, read, toNode }: OffsetList<P, T>): Promise<SourcePage<T>> {
  const items: { node: T; position: string }[] = [];
  let offset = toOffset(after);
  for (let page = 1; ; page += 1) {
    const { items: payloads, total } = await read(offset);
    payloads.forEach((payload, index) => {
      const node = toNode(payload);
      if (node !== null) items.push({ node, position: String(offset + index + 1) });
    });
    offset += payloads.length;
    const hasMore = total === null ? payloads.length === first : total > offset;
    if (items.length < first && hasMore && page < MAX_PAGES) continue;
    const isWhole = after === null && items.length === offset;
    return {
      items: items.slice(0, first),
      hasNextPage: hasMore || items.length > first,
      totalCount: isWhole ? total : null,
    };
  }
}

function toOffset(position: string | null): number {
  if (position === null) return 0;
  if (!/^\d{1,9}$/.test(position)) {
    throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  }
  return Number(position);
}
