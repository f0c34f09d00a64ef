/** Holds back what the searches under way may yet add to. */
export interface SearchGate {
  /** Runs a search. */
  during<T>(search: Promise<T>): Promise<T>;
  /** Calls back once no search is under way: DataLoader's `batchScheduleFn`. */
  afterSearches(dispatch: () => void): void;
}

/**
 * Each search names accounts when it ends, one after the other. Read as they come they would be one call each; read
 * together, after the last search, they are one call for a hundred.
 */
export function createSearchGate(): SearchGate {
  const waiting: (() => void)[] = [];
  let open = 0;
  const release = () => {
    // Whoever was told by the last search asks in the same turn; after it, nobody is left out.
    setImmediate(() => {
      if (open > 0) return;
      for (const dispatch of waiting.splice(0)) dispatch();
    });
  };
  return {
    during: async (search) => {
      open += 1;
      try {
        return await search;
      } finally {
        open -= 1;
        if (open === 0) release();
      }
    },
    afterSearches: (dispatch) => {
      waiting.push(dispatch);
      if (open === 0) release();
    },
  };
}
