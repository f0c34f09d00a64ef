import { type GraphQLCompositeType, Kind, type SelectionSetNode } from 'graphql';
import { compositeTypeOf, fieldOf, fragmentBody, type GuardedOperation, isMeta } from './guarded-operation.ts';
import { rulesOfArgument } from './input-rules.ts';
import type { Rule } from './rule.ts';
import { rulesOfSelection } from './selection-rules.ts';

/**
 * Every rule whose outcome can matter to this operation, by its id. Linear in the document: a fragment is read once.
 */
export function findTouchedRules(guarded: GuardedOperation): readonly Rule[] {
  const touched = new Set<Rule>();
  const readSets = new Set<SelectionSetNode>();

  function readSet(set: SelectionSetNode, parent: GraphQLCompositeType): void {
    if (readSets.has(set)) return;
    readSets.add(set);
    for (const selection of set.selections) {
      touch(rulesOfSelection(guarded, selection, parent));
      if (selection.kind !== Kind.FIELD) {
        const body = fragmentBody(guarded, selection, parent);
        readSet(body.selectionSet, body.type);
      } else if (!isMeta(selection)) {
        const field = fieldOf(parent, selection.name.value);
        for (const argument of selection.arguments ?? []) {
          touch(rulesOfArgument(argument, parent, field, guarded.index));
        }
        if (selection.selectionSet) readSet(selection.selectionSet, compositeTypeOf(field));
      }
    }
  }

  function touch(rules: Iterable<Rule>): void {
    for (const rule of rules) touched.add(rule);
  }

  readSet(guarded.operation.selectionSet, guarded.rootType);
  return [...touched].sort((left, right) => left.id - right.id);
}
