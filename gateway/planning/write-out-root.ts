import {
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Takes the fragments at the root of a mutation away, and leaves their fields where they stand: they always apply. The
 * fields run one after the other, and Apollo's planner puts fragments on one type together, which changes the order.
 * Fragments that nobody uses any more go too: the planner would make use of them. Without conditions, which have to be
 * settled before.
 */
export function writeOutRoot(document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const written: DocumentNode = visit(document, {
    OperationDefinition: (node) => {
      if (node.operation !== OperationTypeNode.MUTATION) return false;
      const selections = collectFields(node.selectionSet, fragments);
      return { ...node, selectionSet: { ...node.selectionSet, selections } };
    },
    FragmentDefinition: () => false,
  });
  return withoutUnused(written, fragments);
}

function withoutUnused(document: DocumentNode, fragments: Fragments): DocumentNode {
  const used = new Set<string>();
  const follow = (node: ASTNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        if (used.has(name.value)) return;
        used.add(name.value);
        follow(fragments.get(name.value)!);
      },
    });
  };
  for (const definition of document.definitions) if (definition.kind === Kind.OPERATION_DEFINITION) follow(definition);
  const isUsed = (one: DefinitionNode) => one.kind !== Kind.FRAGMENT_DEFINITION || used.has(one.name.value);
  return { ...document, definitions: document.definitions.filter(isUsed) };
}

/** What has one key is one field, at its first place: https://spec.graphql.org/October2021/#CollectFields() */
function collectFields(root: SelectionSetNode, fragments: Fragments): readonly FieldNode[] {
  const fields = new Map<string, FieldNode>();
  const entered = new Set<string>();
  const enter = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        fields.set(key, merge(fields.get(key), selection));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        enter(selection.selectionSet);
      } else if (!entered.has(selection.name.value)) {
        entered.add(selection.name.value);
        enter(fragments.get(selection.name.value)!.selectionSet);
      }
    }
  };
  enter(root);
  return [...fields.values()];
}

function merge(known: FieldNode | undefined, field: FieldNode): FieldNode {
  if (known?.selectionSet === undefined || field.selectionSet === undefined) return known ?? field;
  const selections = [...known.selectionSet.selections, ...field.selectionSet.selections];
  return { ...known, selectionSet: { ...known.selectionSet, selections } };
}
