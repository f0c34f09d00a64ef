import { type GraphQLObjectType, isAbstractType, Kind, type SelectionSetNode } from 'graphql';
import { areIncluded, conditionsOf } from './conditions.ts';
import type { Decision } from './decision.ts';
import { fragmentBody, type GuardedOperation, responseKey } from './guarded-operation.ts';
import type { SentVariables } from './sent-variables.ts';

/** One response key of an object, as the original operation asks for it. */
export interface CollectedField {
  key: string;
  name: string;
  /** Any of its selections was removed. */
  isRemoved: boolean;
  /** The selections below, of all that have this key. */
  sets: SelectionSetNode[];
}

/** https://spec.graphql.org/October2021/#CollectFields() on the original operation, in its order. */
export function collectFields(
  { guarded, removed }: Decision,
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  variables: SentVariables,
): CollectedField[] {
  const fields = new Map<string, CollectedField>();
  const seen = { kept: new Set<SelectionSetNode>(), removed: new Set<SelectionSetNode>() };

  function collect(set: SelectionSetNode, isWithinRemoved: boolean): void {
    const visited = isWithinRemoved ? seen.removed : seen.kept;
    if (visited.has(set)) return;
    visited.add(set);
    for (const selection of set.selections) {
      if (!areIncluded(conditionsOf(selection.directives), variables)) continue;
      const isRemoved = isWithinRemoved || removed.has(selection);
      if (selection.kind === Kind.FIELD) {
        const key = responseKey(selection);
        const field = fields.get(key) ?? { key, name: selection.name.value, isRemoved: false, sets: [] };
        fields.set(key, field);
        field.isRemoved ||= isRemoved;
        if (selection.selectionSet) field.sets.push(selection.selectionSet);
      } else {
        const body = fragmentBody(guarded, selection, type);
        if (applies(guarded, body.type.name, type)) collect(body.selectionSet, isRemoved);
      }
    }
  }

  for (const set of sets) collect(set, false);
  return [...fields.values()];
}

function applies({ schema }: GuardedOperation, condition: string, type: GraphQLObjectType): boolean {
  if (condition === type.name) return true;
  const abstract = schema.getType(condition);
  return isAbstractType(abstract) && schema.isSubType(abstract, type);
}
