import type { Invoice } from './model.ts';

/** Finds what corrects a document, directly or by way of another correction; the oldest first. */
export type CorrectionIndex = (corrected: Invoice) => Invoice[];

export function indexCorrections(documents: readonly Invoice[]): CorrectionIndex {
  const byCorrected = Map.groupBy(documents, ({ correctsId }) => correctsId);
  return (corrected) => {
    const found = new Map<string, Invoice>();
    const waiting = [corrected.id];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const correction of byCorrected.get(id) ?? []) {
        // Two that correct each other would never end.
        if (correction.id === corrected.id || found.has(correction.id)) continue;
        found.set(correction.id, correction);
        waiting.push(correction.id);
      }
    }
    return [...found.values()].sort(oldestFirst);
  };
}

const byNumber = new Intl.Collator('en', { numeric: true });

export function oldestFirst(left: Invoice, right: Invoice): number {
  if (left.issueDate !== right.issueDate) return left.issueDate < right.issueDate ? -1 : 1;
  return byNumber.compare(left.source.remoteId, right.source.remoteId);
}
