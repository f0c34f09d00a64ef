import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLInputType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Conditions } from './conditions.ts';
import { compositeTypeOf, fieldOf, fragmentBody, type GuardedOperation, isMeta } from './guarded-operation.ts';
import { argumentType, rulesOfArgument } from './input-rules.ts';
import type { Rule } from './rule.ts';
import type { UnmetOf } from './selection-rules.ts';

/** An argument that the caller may not use, or that may hold an input field they may not use. */
interface GuardedArgument {
  /** `Type.field(argument:)` */
  coordinate: string;
  argument: ArgumentNode;
  type: GraphQLInputType;
  /** Which of the argument's own rules the caller does not meet. */
  unmet: readonly Rule[];
}

/** Where a guarded argument stands. Each request's variables tell whether it uses what the caller may not. */
export interface ArgumentUse extends GuardedArgument {
  /** Response keys of the field, without list indices. */
  path: readonly string[];
  conditions: Conditions;
}

export function guardedArguments(
  node: FieldNode,
  parent: GraphQLCompositeType,
  { index }: GuardedOperation,
  unmetOf: UnmetOf,
): GuardedArgument[] {
  const given = node.arguments ?? [];
  if (given.length === 0) return [];
  const field = fieldOf(parent, node.name.value);
  return given
    .filter((argument) => unmetOf([...rulesOfArgument(argument, parent, field, index)]).length > 0)
    .map((argument) => {
      const name = argument.name.value;
      const unmet = unmetOf(index.ofArgument(parent.name, field.name, name));
      return {
        coordinate: `${parent.name}.${field.name}(${name}:)`,
        argument,
        type: argumentType(field, argument),
        unmet,
      };
    });
}

/** The selection sets in which guarded arguments stand, at any depth. Linear in the document. */
export function findGuardedSets(guarded: GuardedOperation, unmetOf: UnmetOf): ReadonlySet<SelectionSetNode> {
  const answers = new Map<SelectionSetNode, boolean>();

  function isGuarded(set: SelectionSetNode, parent: GraphQLCompositeType): boolean {
    const known = answers.get(set);
    if (known !== undefined) return known;
    // All of them are read, so that every set below gets its own answer.
    const found = set.selections.filter((selection) => holdsGuarded(selection, parent)).length > 0;
    answers.set(set, found);
    return found;
  }

  function holdsGuarded(selection: SelectionNode, parent: GraphQLCompositeType): boolean {
    if (selection.kind !== Kind.FIELD) {
      const { selectionSet, type } = fragmentBody(guarded, selection, parent);
      return isGuarded(selectionSet, type);
    }
    if (isMeta(selection)) return false;
    const type = () => compositeTypeOf(fieldOf(parent, selection.name.value));
    const isGuardedBelow = selection.selectionSet !== undefined && isGuarded(selection.selectionSet, type());
    return isGuardedBelow || guardedArguments(selection, parent, guarded, unmetOf).length > 0;
  }

  isGuarded(guarded.operation.selectionSet, guarded.rootType);
  return new Set([...answers].flatMap(([set, found]) => (found ? [set] : [])));
}
