import { CodedError } from '../../common/errors.ts';
import type { PageSource, SourcePage } from './connection.ts';
import type { Sealer } from './seal.ts';

interface VisiblePages<T> {
  /** Those of the items that the caller may see, in their order. */
  keep(items: readonly T[]): Promise<readonly T[]>;
  sealer: Sealer;
  /** Who is looked through, and what helps where that is too much: stands in the error. */
  source: string;
  vendor: string;
  advice: string;
}

const PAGE_SIZE = 100;
const AT_ONCE = 50;
/** How many pages are looked through for one page of what the caller may see. */
const MAX_PAGES = 10;

/**
 * A list without what the caller may not see. It reads on over what is hidden, as far as the bound, and its cursors are
 * sealed: positions of sources may hold ids and counts of hidden items.
 */
export function visiblePages<T>(source: PageSource<T>, options: VisiblePages<T>): PageSource<T> {
  const { keep, sealer } = options;

  /** Judges half a page at a time: whose something is may take calls, and mostly the first ones are enough. */
  async function keepEnough<I extends { node: T }>(items: readonly I[], wanted: number): Promise<I[]> {
    const found: I[] = [];
    for (let next = 0; next < items.length && found.length < wanted; next += AT_ONCE) {
      const some = items.slice(next, next + AT_ONCE);
      const seen = new Set(await keep(some.map(({ node }) => node)));
      found.push(...some.filter(({ node }) => seen.has(node)));
    }
    return found;
  }

  const sealed = (position: string) => sealer.seal('cursor', [source.name, position]);
  return {
    name: source.name,
    read: async ({ first, after }): Promise<SourcePage<T>> => {
      const found: { node: T; position: string }[] = [];
      let position = after === null ? null : openPosition(sealer, source.name, after);
      for (let read = 0; read < MAX_PAGES; read += 1) {
        const page = await source.read({ first: PAGE_SIZE, after: position });
        found.push(...(await keepEnough(page.items, first + 1 - found.length)));
        position = page.items.at(-1)?.position ?? position;
        if (page.hasNextPage && page.items.length > 0 && found.length <= first) continue;
        return {
          items: found.slice(0, first).map((item) => ({ node: item.node, position: sealed(item.position) })),
          hasNextPage: found.length > first || page.hasNextPage,
          totalCount: after === null && !page.hasNextPage && found.length <= first ? found.length : null,
        };
      }
      throw tooMany(options);
    },
  };
}

function openPosition(sealer: Sealer, name: string, cursor: string): string {
  const [list, position = ''] = sealer.open('cursor', cursor);
  if (list !== name) throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  return position;
}

function tooMany<T>({ source, vendor, advice }: VisiblePages<T>): CodedError {
  const message = `${source} (${vendor}): ${MAX_PAGES * PAGE_SIZE} records were looked through for those that the caller may see, and more are left. ${advice}`;
  return new CodedError('FILTER_NOT_SUPPORTED', message, { details: { source, vendor } });
}
