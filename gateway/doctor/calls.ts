import type { UpstreamCallEvent } from '../../subgraphs/shared/upstream/client.ts';

/** Counts HTTP calls by source. */
export interface CallCounter {
  onCall(event: UpstreamCallEvent): void;
  of(source: string): number;
}

export function createCallCounter(): CallCounter {
  const counts = new Map<string, number>();
  const of = (source: string) => counts.get(source) ?? 0;
  return { onCall: ({ source }) => void counts.set(source, of(source) + 1), of };
}
