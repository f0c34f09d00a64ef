import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { documentOf } from './document-of.ts';
import {
  compositeTypeOf,
  fieldOf,
  fragmentBody,
  fragmentOf,
  type GuardedOperation,
  isIntrospection,
} from './guarded-operation.ts';

/** What is left of an operation. */
export interface Reduced {
  /** The same object when nothing was removed; null when nothing is left. */
  document: DocumentNode | null;
  /** The selection sets, as they stand in the original, out of which anything was removed at any depth. */
  changed: ReadonlySet<SelectionSetNode>;
}

/** `parent` is the type that the selection stands in. */
export type IsRemoved = (selection: SelectionNode, parent: GraphQLCompositeType) => boolean;

/**
 * Leaves a valid operation, which asks for `__typename` under the operation's `typenameKey` where a selection set
 * became empty, and where the place of what was removed depends on the object's type. Linear in the document: a
 * fragment definition is reduced once, for all its spreads.
 */
export function removeSelections(guarded: GuardedOperation, isRemoved: IsRemoved): Reduced {
  const changed = new Set<SelectionSetNode>();
  const fragments = new Map<string, FragmentDefinitionNode | null>();

  function reduceSet(set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode | null {
    const kept = set.selections.map((selection) => (isRemoved(selection, parent) ? null : reduce(selection, parent)));
    const isSame = kept.every((selection, position) => selection === set.selections[position]);
    if (isSame && !set.selections.some(spreadsChanged)) return set;
    changed.add(set);
    const selections = kept.filter((selection) => selection !== null);
    return selections.length === 0 ? null : { ...set, selections };
  }

  function reduce(selection: SelectionNode, parent: GraphQLCompositeType): SelectionNode | null {
    switch (selection.kind) {
      case Kind.FIELD:
        return reduceField(selection, parent);
      case Kind.INLINE_FRAGMENT: {
        const { selectionSet, type } = fragmentBody(guarded, selection, parent);
        return withSet(selection, reduceSet(selectionSet, type));
      }
      case Kind.FRAGMENT_SPREAD: {
        const { type } = fragmentBody(guarded, selection, parent);
        return reduceFragment(selection.name.value, type) === null ? null : selection;
      }
    }
  }

  function reduceField(field: FieldNode, parent: GraphQLCompositeType): FieldNode {
    if (field.selectionSet === undefined || isIntrospection(field)) return field;
    const type = compositeTypeOf(fieldOf(parent, field.name.value));
    const set = reduceSet(field.selectionSet, type);
    if (set === field.selectionSet) return field;
    const typename = set === null || isAbstractType(type) ? [typenameAs(guarded.typenameKey)] : [];
    const selections = [...(set?.selections ?? []), ...typename];
    return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } };
  }

  function reduceFragment(name: string, type: GraphQLCompositeType): FragmentDefinitionNode | null {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    const fragment = fragmentOf(guarded, name);
    const reduced = withSet(fragment, reduceSet(fragment.selectionSet, type));
    fragments.set(name, reduced);
    return reduced;
  }

  function spreadsChanged(selection: SelectionNode): boolean {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) return false;
    return changed.has(fragmentOf(guarded, selection.name.value).selectionSet);
  }

  const { operation, rootType } = guarded;
  const set = reduceSet(operation.selectionSet, rootType);
  if (set === operation.selectionSet) return { document: guarded.document, changed };
  if (set === null) return { document: null, changed };
  const reduced = { ...operation, selectionSet: set };
  const document = documentOf(reduced, (name) => fragments.get(name) ?? fragmentOf(guarded, name));
  return { document, changed };
}

function withSet<Node extends { selectionSet: SelectionSetNode }>(node: Node, set: SelectionSetNode | null) {
  if (set === null) return null;
  return set === node.selectionSet ? node : { ...node, selectionSet: set };
}

function typenameAs(key: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: key },
    name: { kind: Kind.NAME, value: '__typename' },
  };
}
