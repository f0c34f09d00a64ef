import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

export interface OperationSize {
  /** Levels of selection sets, fragments expanded. */
  depth: number;
  /** Fields, each fragment counted as often as it is spread. */
  fields: number;
}

/**
 * How large the document's operations are when their fragments are expanded, in time linear in the text: a fragment is
 * measured once, and counters stop at Infinity. Run before validation, so cycles and unknown fragments count as empty.
 */
export function measureDocument(document: DocumentNode): OperationSize {
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );
  const memo = new Map<string, OperationSize>();
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.map((operation) => measure(operation.selectionSet, fragments, memo)).reduce(largest, EMPTY);
}

const EMPTY: OperationSize = { depth: 0, fields: 0 };

function measure(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, SelectionSetNode>,
  memo: Map<string, OperationSize>,
): OperationSize {
  let depth = 1;
  let fields = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const below = selection.selectionSet ? measure(selection.selectionSet, fragments, memo) : EMPTY;
      depth = Math.max(depth, below.depth + 1);
      fields += below.fields + 1;
    } else {
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? measure(selection.selectionSet, fragments, memo)
          : measureFragment(selection.name.value, fragments, memo);
      depth = Math.max(depth, inner.depth);
      fields += inner.fields;
    }
  }
  return { depth, fields };
}

function measureFragment(
  name: string,
  fragments: ReadonlyMap<string, SelectionSetNode>,
  memo: Map<string, OperationSize>,
): OperationSize {
  const known = memo.get(name);
  if (known !== undefined) return known;
  memo.set(name, EMPTY);
  const set = fragments.get(name);
  const size = set === undefined ? EMPTY : measure(set, fragments, memo);
  memo.set(name, size);
  return size;
}

function largest(a: OperationSize, b: OperationSize): OperationSize {
  return { depth: Math.max(a.depth, b.depth), fields: Math.max(a.fields, b.fields) };
}
