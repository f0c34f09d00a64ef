import { z } from 'zod';
import { CodedError } from '../../common/errors.ts';

/** A Relay connection that also lists its nodes. `totalCount` is null where the vendor does not tell. */
export interface Connection<T> {
  edges: { node: T; cursor: string }[];
  nodes: T[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number | null;
}

export function toConnection<T>(page: {
  nodes: readonly T[];
  /** One for each node. */
  cursors: readonly string[];
  hasNextPage: boolean;
  hasPreviousPage?: boolean;
  totalCount?: number | null;
}): Connection<T> {
  const { nodes, cursors, hasNextPage, hasPreviousPage = false, totalCount = null } = page;
  return {
    edges: nodes.map((node, index) => ({ node, cursor: cursors[index]! })),
    nodes: [...nodes],
    pageInfo: { hasNextPage, hasPreviousPage, startCursor: cursors[0] ?? null, endCursor: cursors.at(-1) ?? null },
    totalCount,
  };
}

/** The page size asked for; null means the default. Refused when negative or above `max`. */
export function checkFirst(first: number | null | undefined, limits: { max?: number; default?: number } = {}): number {
  const { max = 100, default: fallback = 20 } = limits;
  const size = first ?? fallback;
  if (size < 0 || size > max) throw new CodedError('BAD_USER_INPUT', `Expected "first" from 0 to ${max}`);
  return size;
}

/** Opaque to callers. `kind` names the list (and its order), so that a cursor of another list is refused. */
export function encodeCursor(kind: string, parts: readonly string[]): string {
  return Buffer.from(JSON.stringify([kind, ...parts])).toString('base64url');
}

export function decodeCursor(kind: string, cursor: string): string[] {
  const [found, ...parts] = cursorParts(cursor);
  if (found !== kind) throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  return parts;
}

const cursorSchema = z.array(z.string());

function cursorParts(cursor: string): string[] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    return [];
  }
}

/** One of several lists that are read as one. */
export interface PageSource<T> {
  name: string;
  read(page: { first: number; after: string | null }): Promise<SourcePage<T>>;
}

export interface SourcePage<T> {
  /** `position` is what `after` must be to read on behind this node. */
  items: readonly { node: T; position: string }[];
  hasNextPage: boolean;
  totalCount?: number | null;
}

/**
 * Merges sources that are each sorted by `compare`. The cursor holds the position in every source, so that no page
 * repeats or skips a node. A source that fails fails the page: a list that lacks a source would look complete.
 */
export async function pageOfMerged<T>(options: {
  kind: string;
  first: number;
  after?: string | null;
  sources: readonly PageSource<T>[];
  compare(left: T, right: T): number;
}): Promise<Connection<T>> {
  const { kind, first, after = null, sources, compare } = options;
  const start = after === null ? new Map<string, string>() : toPositions(decodeCursor(kind, after));
  // At least one node, so that `first: 0` still knows whether there is more.
  const read = async ({ name, read: readPage }: PageSource<T>): Promise<Queue<T>> => {
    const page = await readPage({ first: Math.max(first, 1), after: start.get(name) ?? null });
    return { name, page, next: 0 };
  };
  const queues = await Promise.all(sources.map(read));
  const { nodes, cursors } = takeInOrder(kind, first, start, queues, compare);
  return toConnection({
    nodes,
    cursors,
    hasNextPage: queues.some(({ page, next }) => next < page.items.length || page.hasNextPage),
    hasPreviousPage: after !== null,
    totalCount: sumOfKnown(queues.map(({ page }) => page.totalCount ?? null)),
  });
}

interface Queue<T> {
  name: string;
  page: SourcePage<T>;
  next: number;
}

function takeInOrder<T>(
  kind: string,
  first: number,
  start: ReadonlyMap<string, string>,
  queues: readonly Queue<T>[],
  compare: (left: T, right: T) => number,
): { nodes: T[]; cursors: string[] } {
  const positions = new Map(start);
  const nodes: T[] = [];
  const cursors: string[] = [];
  while (nodes.length < first) {
    const queue = queueOfNext(queues, compare);
    if (!queue) break;
    const { node, position } = queue.page.items[queue.next++]!;
    positions.set(queue.name, position);
    nodes.push(node);
    cursors.push(encodeCursor(kind, [...positions].flat()));
  }
  return { nodes, cursors };
}

function queueOfNext<T>(queues: readonly Queue<T>[], compare: (left: T, right: T) => number): Queue<T> | null {
  let best: Queue<T> | null = null;
  for (const queue of queues) {
    const head = queue.page.items[queue.next];
    if (head && (!best || compare(head.node, best.page.items[best.next]!.node) < 0)) best = queue;
  }
  return best;
}

function toPositions(parts: readonly string[]): Map<string, string> {
  const positions = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2) positions.set(parts[index]!, parts[index + 1]!);
  return positions;
}

function sumOfKnown(counts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const count of counts) {
    if (count === null) return null;
    sum += count;
  }
  return sum;
}
