/** What invalidates the records that an answer is made from: for a gateway that keeps the answer. */
export function createRecordTags() {
  const tags = new Set<string>();
  let isKnown = true;
  return {
    /** Null: of a part nobody can tell. */
    note: (part: readonly string[] | null): void => {
      if (part === null) isKnown = false;
      else for (const tag of part) tags.add(tag);
    },
    toExtensions: (): { recordTags?: string[] } => (isKnown && tags.size > 0 ? { recordTags: [...tags] } : {}),
  };
}
