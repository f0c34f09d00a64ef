import { CodedError } from '../../common/errors.ts';
import type { VendorPage } from './offset-list.ts';

interface AllPages<T> {
  source: string;
  vendor: string;
  /** What the list is asked for, as in "search": stands in the error. */
  filter: string;
  pageSize: number;
  /** A longer list is refused: its end would be unknown. */
  maxPages: number;
  /** Pages are counted from 1. */
  read(page: number): Promise<VendorPage<T>>;
}

/** A whole list: the first page tells how many there are, the others are read together. */
export async function readAllPages<T>(options: AllPages<T>): Promise<T[]> {
  const { pageSize, maxPages, read } = options;
  const first = await read(1);
  if (first.items.length < pageSize) return first.items;
  const pages = first.total === null ? Number.POSITIVE_INFINITY : Math.ceil(first.total / pageSize);
  if (pages > maxPages) throw tooLong(options);
  const others = await Promise.all(Array.from({ length: pages - 1 }, (_, index) => read(index + 2)));
  return [first, ...others].flatMap(({ items }) => items);
}

function tooLong<T>({ source, vendor, filter, pageSize, maxPages }: AllPages<T>): CodedError {
  const message = `${source} (${vendor}): ${filter}: more than ${maxPages * pageSize} records to look through`;
  return new CodedError('FILTER_NOT_SUPPORTED', message, { details: { source, vendor, filter } });
}
