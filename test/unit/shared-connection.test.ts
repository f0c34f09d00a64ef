import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Connection,
  checkFirst,
  decodeCursor,
  encodeCursor,
  type PageSource,
  pageOfMerged,
  toConnection,
} from '../../subgraphs/shared/connection.ts';

test('a cursor gives back its parts, for its own list alone', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) => {
      expect(decodeCursor('orders', encodeCursor('orders', parts))).toEqual(parts);
    }),
  );
  expect(() => decodeCursor('invoices', encodeCursor('orders', ['1']))).toThrow('a cursor that this list has given');
});

test.each([
  '',
  'x',
  '!!!',
  Buffer.from('{"a":1}').toString('base64url'),
  Buffer.from('["orders",1]').toString('base64'),
])('refuses the cursor %p', (cursor) => {
  expect(() => decodeCursor('orders', cursor)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});

test('takes page sizes within bounds, and null as the default', () => {
  expect([checkFirst(0), checkFirst(100), checkFirst(null), checkFirst(undefined, { default: 5 })]).toEqual([
    0, 100, 20, 5,
  ]);
  for (const first of [-1, 101, 1_000_000]) expect(() => checkFirst(first)).toThrow('Expected "first" from 0 to 100');
});

test('a connection has edges, nodes and the ends of its page', () => {
  expect(toConnection({ nodes: ['a', 'b'], cursors: ['1', '2'], hasNextPage: true })).toEqual({
    edges: [
      { node: 'a', cursor: '1' },
      { node: 'b', cursor: '2' },
    ],
    nodes: ['a', 'b'],
    pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: '1', endCursor: '2' },
    totalCount: null,
  });
});

test('merged lists page through everything once, in order, whatever the page size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(50)), { maxLength: 4 }),
      fc.integer({ min: 1, max: 7 }),
      async (lists, first) => {
        const sources = lists.map((list, index) =>
          sourceOf(
            `s${index}`,
            list.toSorted((a, b) => a - b),
          ),
        );
        expect(await readAllPages(sources, first)).toEqual(lists.flat().toSorted((a, b) => a - b));
      },
    ),
  );
});

test('counts in all only when every source counts', async () => {
  const page = (sources: PageSource<number>[]) => pageOfMerged({ kind: 'k', first: 2, sources, compare });
  expect((await page([sourceOf('a', [1, 3, 5]), sourceOf('b', [2])])).totalCount).toBe(4);
  const silent: PageSource<number> = { name: 'b', read: async () => ({ items: [], hasNextPage: false }) };
  expect((await page([sourceOf('a', [1]), silent])).totalCount).toBeNull();
});

test('first: 0 is empty and still knows whether there is more', async () => {
  const { nodes, pageInfo }: Connection<number> = await pageOfMerged({
    kind: 'k',
    first: 0,
    sources: [sourceOf('a', [1])],
    compare,
  });
  expect(nodes).toEqual([]);
  expect(pageInfo.hasNextPage).toBe(true);
});

test('a source that fails fails the page: a list without it would look complete', async () => {
  const broken: PageSource<number> = { name: 'b', read: () => Promise.reject(new Error('down')) };
  const page = pageOfMerged({ kind: 'k', first: 2, sources: [sourceOf('a', [1]), broken], compare });
  await expect(page).rejects.toThrow('down');
});

const compare = (left: number, right: number) => left - right;

function sourceOf(name: string, list: readonly number[]): PageSource<number> {
  return {
    name,
    read: async ({ first, after }) => {
      const start = after === null ? 0 : Number(after);
      const items = list
        .slice(start, start + first)
        .map((node, index) => ({ node, position: String(start + index + 1) }));
      return { items, hasNextPage: start + first < list.length, totalCount: list.length };
    },
  };
}

async function readAllPages(sources: readonly PageSource<number>[], first: number): Promise<number[]> {
  const all: number[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Connection<number> = await pageOfMerged({ kind: 'k', first, after, sources, compare });
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}
