import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** Of an operation whose fragments are written out where they are spread. */
export interface OperationSize {
  /** Levels of selection sets. */
  depth: number;
  fields: number;
  aliases: number;
  /** Fields at the top, also through fragments. */
  rootFields: number;
  /** Uses of directives, wherever they stand in the operation. */
  directives: number;
}

/**
 * How large the document's operations are when their fragments are expanded, in time linear in the text: a fragment is
 * measured once, and counters stop at Infinity. Run before validation, so cycles and unknown fragments count as empty.
 */
export function measureDocument(document: DocumentNode): OperationSize {
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const memo = new Map<string, OperationSize>();
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations
    .map((operation) => {
      const size = measure(operation.selectionSet, fragments, memo);
      const onVariables = operation.variableDefinitions?.map(countDirectives) ?? [];
      return { ...size, directives: onVariables.reduce(plus, size.directives + countDirectives(operation)) };
    })
    .reduce(largest, EMPTY);
}

const EMPTY: OperationSize = { depth: 0, fields: 0, aliases: 0, rootFields: 0, directives: 0 };

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function measure(set: SelectionSetNode, fragments: Fragments, memo: Map<string, OperationSize>): OperationSize {
  const size = { ...EMPTY, depth: 1 };
  for (const selection of set.selections) {
    size.directives += countDirectives(selection);
    if (selection.kind === Kind.FIELD) {
      const below = selection.selectionSet ? measure(selection.selectionSet, fragments, memo) : EMPTY;
      size.depth = Math.max(size.depth, below.depth + 1);
      size.fields += below.fields + 1;
      size.aliases += below.aliases + (selection.alias ? 1 : 0);
      size.rootFields += 1;
      size.directives += below.directives;
    } else {
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? measure(selection.selectionSet, fragments, memo)
          : measureFragment(selection.name.value, fragments, memo);
      size.depth = Math.max(size.depth, inner.depth);
      size.fields += inner.fields;
      size.aliases += inner.aliases;
      size.rootFields += inner.rootFields;
      size.directives += inner.directives;
    }
  }
  return size;
}

function measureFragment(name: string, fragments: Fragments, memo: Map<string, OperationSize>): OperationSize {
  const known = memo.get(name);
  if (known !== undefined) return known;
  memo.set(name, EMPTY);
  const fragment = fragments.get(name);
  const inside = fragment ? measure(fragment.selectionSet, fragments, memo) : EMPTY;
  const size = { ...inside, directives: inside.directives + (fragment ? countDirectives(fragment) : 0) };
  memo.set(name, size);
  return size;
}

function countDirectives({ directives = [] }: { directives?: readonly unknown[] }): number {
  return directives.length;
}

function plus(one: number, other: number): number {
  return one + other;
}

function largest(a: OperationSize, b: OperationSize): OperationSize {
  return {
    depth: Math.max(a.depth, b.depth),
    fields: Math.max(a.fields, b.fields),
    aliases: Math.max(a.aliases, b.aliases),
    rootFields: Math.max(a.rootFields, b.rootFields),
    directives: Math.max(a.directives, b.directives),
  };
}
