/** What Redis says of a source: see redis-scripts.ts. */
export interface SourceState {
  epoch: string;
  sequence: number;
}

const MAX_VERSIONS = 1000;

export function parseState(text: string | null): SourceState | null {
  const [, epoch, sequence] = /^(\d+):(\d+):\d+$/.exec(text ?? '') ?? [];
  return epoch && sequence ? { epoch, sequence: Number(sequence) } : null;
}

/**
 * The states that this process heard of last. One that is behind is on the safe side: what was invalidated since then
 * is taken as invalidated during the fill. So a fill can begin without asking Redis.
 */
export function createKnownStates() {
  let current: ReadonlyMap<string, SourceState> = new Map();
  const versions: ReadonlyMap<string, SourceState>[] = [current];
  let first = 0;
  return {
    learn: (source: string, state: SourceState) => {
      const known = current.get(source);
      if (known?.epoch === state.epoch && known.sequence >= state.sequence) return;
      current = new Map(current).set(source, state);
      versions.push(current);
      if (versions.length <= MAX_VERSIONS) return;
      versions.shift();
      first += 1;
    },
    /** Stands for all states as they are known now. */
    version: () => first + versions.length - 1,
    /** Null where it was not known, or so long ago that it is forgotten. */
    at: (version: number, source: string): SourceState | null => versions[version - first]?.get(source) ?? null,
  };
}
