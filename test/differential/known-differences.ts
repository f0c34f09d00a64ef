import {
  ALIASES,
  type Cause,
  CONDITIONS,
  FALSY,
  NESTED_LISTS,
  OTHER_TYPES,
  REQUIRED_ARGUMENTS,
  ROOT_FRAGMENTS,
  SHARED_KEYS,
  TYPENAMES,
  UNKNOWN_INPUTS,
  UNTOLD_TYPES,
} from './causes.ts';
import { type Difference, nullAbove, type Path, placesOf, text, valueAt } from './compare.ts';
import type { Answered, Outcome } from './contenders.ts';

/** Where ApolloGateway, the reference, is wrong. */
export const CAUSES_IN_REFERENCE: readonly Cause[] = [
  ALIASES,
  CONDITIONS,
  FALSY,
  TYPENAMES,
  UNTOLD_TYPES,
  NESTED_LISTS,
  REQUIRED_ARGUMENTS,
  UNKNOWN_INPUTS,
  ROOT_FRAGMENTS,
  SHARED_KEYS,
  OTHER_TYPES,
];

/** Where ours is wrong too, because of its plans. */
export const CAUSES_IN_OURS: readonly Cause[] = [OTHER_TYPES];

/** A difference that a cause cannot be taken out of: what is said here of the difference itself is all that may differ. */
export interface KnownDifference {
  name: string;
  is(difference: Difference, outcome: Outcome): boolean;
}

/**
 * ApolloGateway answers with keys in the order of its own form of the operation, which puts all fragments on one type
 * together. The specification wants the order in which the client asks.
 */
const ORDER: KnownDifference = { name: 'order of keys', is: ({ kind }) => kind === 'order' };

/**
 * Of an operation that can be planned in several ways, ApolloGateway here may have another plan than ours, because it may
 * look at fewer of them. Then a failing subgraph costs other fields.
 */
const OTHER_PLAN: KnownDifference = {
  name: 'another plan',
  is: ({ kind }, { ours, reference }) => kind === 'lost' && text(queriesOf(ours)) !== text(queriesOf(reference)),
};

function queriesOf({ calls }: Answered): string[] {
  return [...new Set(calls.map((call) => call.slice(0, call.lastIndexOf('} {'))))].sort();
}

/** ApolloGateway tells of all that a plan asked for and did not get, whether the client asked for it or not. */
const PLAN_ERRORS: KnownDifference = {
  name: 'errors of what only the plan asks for',
  is: ({ kind }) => kind === 'surplus errors',
};

/**
 * ApolloGateway counts the entities of a list wrong when it left some out, writes `@` for indices outside of entities,
 * and calls renamed fields by their plan's names. And a value that does not fit the schema has no error at all (it
 * stands in `extensions.valueCompletion`, or nowhere). The fields that fail are still the right ones.
 */
const ERROR_PATHS: KnownDifference = {
  name: 'indices in error paths, errors of unfit values',
  is: ({ kind }, { reference, truth, failing, whole }) => {
    if (kind !== 'errors' && kind !== 'surplus errors') return false;
    const errors = reference.body.errors ?? [];
    const told = new Set(errors.map(({ path = [] }) => keysOf(path)));
    // Besides, it tells of what only the plan asked for.
    const asked = errors.filter(({ path = [] }) => valueAt(failing.data, path) !== undefined);
    const failed = failing.errors ?? [];
    const isTold = (place: string) =>
      failed.some(({ path = [] }) => text(nullAbove(truth.body.data, path)) === place && told.has(keysOf(path)));
    const expected = placesOf(truth.body).filter((place) => !placesOf(whole).includes(place));
    const fields = new Set(failed.map(({ path = [] }) => keysOf(path)));
    return asked.every(({ path = [] }) => fields.has(keysOf(path))) && expected.every(isTold);
  },
};

function keysOf(path: Path): string {
  const keys = path.filter((key): key is string => typeof key === 'string' && key !== '@');
  return keys.map((key) => key.replace(/__alias_\d+$/, '')).join('.');
}

export const DIFFERENCES_OF_REFERENCE: readonly KnownDifference[] = [ORDER, ERROR_PATHS, PLAN_ERRORS];
/** Only where no cause explains a difference: each of these may hide another one. */
export const LAST_RESORTS_OF_REFERENCE: readonly KnownDifference[] = [OTHER_PLAN];
export const DIFFERENCES_OF_OURS: readonly KnownDifference[] = [];
