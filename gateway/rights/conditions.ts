import { type DirectiveNode, Kind } from 'graphql';
import type { SentVariables } from './sent-variables.ts';

/** One @skip or @include whose outcome a variable decides. */
interface Condition {
  variable: string;
  /** What the variable must be for the selection to be included. */
  value: boolean;
}

/** All of them must hold. Null: never included, whatever the variables are. */
export type Conditions = readonly Condition[] | null;

/** The conditions of one selection; those that a literal decides are settled here. */
export function conditionsOf(directives: readonly DirectiveNode[] | undefined): Conditions {
  const conditions: Condition[] = [];
  for (const directive of directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, value: name === 'include' });
    else if (value?.kind === Kind.BOOLEAN && value.value !== (name === 'include')) return null;
  }
  return conditions;
}

export function both(outer: Conditions, inner: Conditions): Conditions {
  if (outer === null || inner === null) return null;
  return inner.length === 0 ? outer : [...outer, ...inner];
}

/** A condition that has no boolean counts as included: what cannot be told is judged. */
export function areIncluded(conditions: Conditions, variables: SentVariables): boolean {
  return conditions?.every(({ variable, value }) => variables.valueOf(variable) !== !value) ?? false;
}

/** Equal for equal conditions in the same order. */
export function conditionsText(conditions: Conditions): string {
  return conditions?.map(({ variable, value }) => `${variable}=${value}`).join() ?? 'never';
}
