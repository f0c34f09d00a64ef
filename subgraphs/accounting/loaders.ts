import DataLoader from 'dataloader';
import { parseReference } from '../shared/reference.ts';
import type { AccountingSource } from './source.ts';

/**
 * Loads by reference: all references of one tick in one read a source. One source's failure fails its own references
 * alone. Null for what is of another type or no source of ours.
 */
export function createReferenceLoader<T>(
  sources: readonly AccountingSource[],
  type: string,
  read: (source: AccountingSource, ids: readonly string[]) => Promise<readonly (T | null)[]>,
): DataLoader<string, T | null> {
  return new DataLoader(async (references) => {
    const asked = references.map(parseReference);
    const results = new Array<T | null | Error>(references.length).fill(null);
    await Promise.all(
      sources.map(async (source) => {
        const own = asked.flatMap((reference, index) =>
          reference?.source === source.name && reference.type === type ? [{ id: reference.remoteId, index }] : [],
        );
        if (own.length === 0) return;
        const values = await settled(() =>
          read(
            source,
            own.map(({ id }) => id),
          ),
        );
        own.forEach(({ index }, position) => {
          results[index] = values instanceof Error ? values : (values[position] ?? null);
        });
      }),
    );
    return results;
  });
}

/** Loads by record: those of one source in one read. */
export function createRecordLoader<K extends { id: string; source: { source: string } }, V>(
  sources: readonly AccountingSource[],
  read: (source: AccountingSource, records: readonly K[]) => Promise<readonly V[]>,
): DataLoader<K, V, string> {
  return new DataLoader<K, V, string>(
    async (records) => {
      const values = new Map<K, V | Error>();
      await Promise.all(
        [...Map.groupBy(records, (record) => record.source.source)].map(async ([name, own]) => {
          const source = sources.find((one) => one.name === name)!;
          const loaded = await settled(() => read(source, own));
          own.forEach((record, index) => {
            values.set(record, loaded instanceof Error ? loaded : loaded[index]!);
          });
        }),
      );
      return records.map((record) => values.get(record)!);
    },
    { cacheKeyFn: ({ id }) => id },
  );
}

/** DataLoader takes an Error as the answer for a key. */
export async function settled<T>(read: () => Promise<T>): Promise<T | Error> {
  try {
    return await read();
  } catch (error) {
    return error instanceof Error ? error : new Error('A read failed', { cause: error });
  }
}
