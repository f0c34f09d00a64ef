import { type GraphQLCompositeType, Kind, type SelectionNode } from 'graphql';
import { conditionType, fragmentOf, type GuardedOperation, isMeta } from './guarded-operation.ts';
import type { Rule } from './rule.ts';

/** Which of these rules the caller does not meet. */
export type UnmetOf = (rules: readonly Rule[]) => readonly Rule[];

const NO_RULES: readonly Rule[] = [];

/** What one selection needs by itself, standing in a selection set of `parent`; what is below it is not asked here. */
export function rulesOfSelection(
  guarded: GuardedOperation,
  selection: SelectionNode,
  parent: GraphQLCompositeType,
): readonly Rule[] {
  const { index } = guarded;
  switch (selection.kind) {
    case Kind.FIELD:
      return isMeta(selection) ? NO_RULES : index.ofField(parent.name, selection.name.value);
    case Kind.INLINE_FRAGMENT:
      if (selection.typeCondition === undefined) return NO_RULES;
      return index.ofType(conditionType(guarded, selection.typeCondition, parent).name);
    case Kind.FRAGMENT_SPREAD:
      return index.ofType(fragmentOf(guarded, selection.name.value).typeCondition.name.value);
  }
}
