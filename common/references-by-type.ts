/** References by the type of what they refer to, each once, up to a number in all. */
export interface ReferencesByType {
  note(type: string, reference: string): void;
  readonly byType: ReadonlyMap<string, ReadonlySet<string>>;
  /** There were too many to keep all. */
  isCut(): boolean;
}

export function createReferencesByType(max: number): ReferencesByType {
  const byType = new Map<string, Set<string>>();
  let count = 0;
  let isCut = false;
  return {
    note(type, reference) {
      const known = byType.get(type) ?? new Set<string>();
      byType.set(type, known);
      if (known.has(reference)) return;
      if (count >= max) isCut = true;
      else {
        known.add(reference);
        count += 1;
      }
    },
    byType,
    isCut: () => isCut,
  };
}
