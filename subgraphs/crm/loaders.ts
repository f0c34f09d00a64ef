import DataLoader from 'dataloader';
import { parseReference } from '../shared/reference.ts';
import type { CrmSource } from './source.ts';

/**
 * Loads by reference: all references of one tick in one read a source. One source's failure fails its own references
 * alone. Null for what is of another type or another subgraph's source.
 */
export function createReferenceLoader<T>(
  sources: readonly CrmSource[],
  types: readonly string[],
  read: (source: CrmSource, type: string, ids: readonly string[]) => Promise<readonly (T | null)[]>,
): DataLoader<string, T | null> {
  return new DataLoader(async (references) => {
    const results = new Array<T | null | Error>(references.length).fill(null);
    const asked = references.map((text, index) => ({ reference: parseReference(text), index }));
    const reads = sources.flatMap((source) =>
      types.map(async (type) => {
        const own = asked.filter(({ reference }) => reference?.source === source.name && reference.type === type);
        if (own.length === 0) return;
        const ids = own.map(({ reference }) => reference!.remoteId);
        const values = await settle(() => read(source, type, ids));
        own.forEach(({ index }, position) => {
          results[index] = values instanceof Error ? values : (values[position] ?? null);
        });
      }),
    );
    await Promise.all(reads);
    return results;
  });
}

/** One read for all that is asked of a source in one tick, as the lists of many customers. */
export function createBatchLoader<K, T>(read: (keys: readonly K[]) => Promise<readonly T[]>): DataLoader<K, T, string> {
  return new DataLoader<K, T, string>(async (keys) => read(keys), { cacheKeyFn: (key) => JSON.stringify(key) });
}

async function settle<T>(read: () => Promise<T>): Promise<T | Error> {
  try {
    return await read();
  } catch (error) {
    return error instanceof Error ? error : new Error('A read failed', { cause: error });
  }
}
