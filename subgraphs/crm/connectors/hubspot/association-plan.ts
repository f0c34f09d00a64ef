import type { AssociationKey } from './associations.ts';
import { chunk } from './chunk.ts';
import type { ObjectType } from './object-types.ts';

/** HubSpot reads the associations of at most this many records in a batch, and of one pair of types. */
const BATCH_SIZE = 1000;

export type AssociationCall =
  | { kind: 'batch'; from: ObjectType; to: ObjectType; ids: readonly string[] }
  | { kind: 'single'; from: ObjectType; id: string; to: readonly ObjectType[] };

/**
 * The fewest calls that answer the keys. A batch reads one pair of types for many records; reading a single record
 * tells its associations with any number of types. So few records with many types go one by one, others by batch.
 */
export function planAssociationCalls(keys: readonly AssociationKey[]): AssociationCall[] {
  const ofTypes = Map.groupBy(keys, ({ from }) => from);
  return [...ofTypes].flatMap(([from, ofType]) => planOfType(from, ofType));
}

function planOfType(from: ObjectType, keys: readonly AssociationKey[]): AssociationCall[] {
  const batches = [...Map.groupBy(keys, ({ to }) => to)].flatMap(([to, same]) =>
    chunk(unique(same.map(({ id }) => id)), BATCH_SIZE).map((ids) => ({ kind: 'batch' as const, from, to, ids })),
  );
  const singles = [...Map.groupBy(keys, ({ id }) => id)].map(([id, same]) => {
    return { kind: 'single' as const, from, id, to: unique(same.map(({ to }) => to)) };
  });
  return canReadSingly(from) && singles.length < batches.length ? singles : batches;
}

/** The single read does not tell well which company of a deal or ticket is the primary one. */
function canReadSingly(from: ObjectType): boolean {
  return from === 'companies' || from === 'contacts';
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
