import type { Party } from '../../subgraphs/shared/party.ts';

/** Some of the records, evenly over their list and the kinds of records in it: neighbours are often alike. */
export function pickSample<T extends Pick<Party, 'recordType'>>(records: readonly T[], size: number): T[] {
  const kinds = [...Map.groupBy(records, ({ recordType }) => recordType).values()];
  const share = Math.ceil(size / Math.max(1, kinds.length));
  return kinds.flatMap((kind) => spread(kind, share)).slice(0, size);
}

function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]!);
}
