import {
  ALIASES,
  type Cause,
  CONDITIONS,
  FALSY,
  NESTED_LISTS,
  REQUIRED_ARGUMENTS,
  TYPENAMES,
  UNTOLD_TYPES,
} from './causes.ts';
import type { Difference } from './compare.ts';
import type { Outcome } from './contenders.ts';

/** Where ApolloGateway, the reference, is wrong. */
export const CAUSES_IN_REFERENCE: readonly Cause[] = [
  ALIASES,
  CONDITIONS,
  FALSY,
  TYPENAMES,
  UNTOLD_TYPES,
  NESTED_LISTS,
  REQUIRED_ARGUMENTS,
];

/** Where ours is wrong too: what it takes over from ApolloGateway's planner and executor. */
export const CAUSES_IN_OURS: readonly Cause[] = [
  CONDITIONS,
  FALSY,
  TYPENAMES,
  UNTOLD_TYPES,
  NESTED_LISTS,
  REQUIRED_ARGUMENTS,
];

/**
 * Both answer with keys in the order of Apollo's own form of the operation, which puts all fragments on one type
 * together. The specification wants the order in which the client asks.
 */
export function isOrderOnly({ kind }: Difference): boolean {
  return kind === 'order';
}

/** ApolloGateway tells of a value that does not fit the schema in `extensions.valueCompletion`, and in no error. */
export function isUntoldNull({ kind }: Difference, { reference }: Outcome): boolean {
  return kind === 'errors' && reference.body.errors === undefined;
}
