import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/**
 * The operation with the fragments it spreads and the variables it uses, and no others: what only removed
 * selections used shall not reach a subgraph.
 */
export function documentOf(
  operation: OperationDefinitionNode,
  fragmentNamed: (name: string) => FragmentDefinitionNode,
): DocumentNode {
  const variables = new Set<string>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  read(operation.selectionSet);
  // A map hands out what is added while it is read.
  for (const { selectionSet } of fragments.values()) read(selectionSet);
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    variables.has(variable.name.value),
  );
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, variableDefinitions }, ...fragments.values()] };

  function read(set: SelectionSetNode): void {
    visit(set, {
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread: ({ name }) => {
        if (!fragments.has(name.value)) fragments.set(name.value, fragmentNamed(name.value));
      },
    });
  }
}
