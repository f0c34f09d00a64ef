import { mix } from './random.ts';

/** What goes wrong in one run, the same for whoever asks. */
export interface Faults {
  /** Values that cannot be told: of a field, or one item of its list. */
  values: readonly ValueFault[];
  /** Subgraphs that answer nothing: to all, to look-ups of entities, or to root fields. */
  calls: readonly CallFault[];
  /** Entities that a subgraph does not have, or cannot tell. */
  entities: readonly EntityFault[];
}

export interface ValueFault {
  kind: 'field' | 'item';
  /** `Family.field`. */
  coordinate: string;
  /** Whether plans ask for the field on their own, for keys or to compute others. */
  isNeeded: boolean;
  /** One in so many. */
  every: number;
}

export interface CallFault {
  kind: 'down' | 'no-data';
  subgraph: string;
  to: 'all' | 'entities' | 'roots';
}

export interface EntityFault {
  kind: 'absent' | 'lost';
  subgraph: string;
  every: number;
}

export const NO_FAULTS: Faults = { values: [], calls: [], entities: [] };

export function failsAt(faults: Faults, kind: ValueFault['kind'], coordinate: string, hash: number): boolean {
  return faults.values.some(
    (fault) =>
      fault.kind === kind && fault.coordinate === coordinate && mix(hash, 'fails', coordinate) % fault.every === 0,
  );
}
