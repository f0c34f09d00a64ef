import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  OverlappingFieldsCanBeMergedRule,
  parse,
  print,
  validate,
  visit,
} from 'graphql';

/** Makes a valid document of one that may select different things under one key, and define what it does not use. */
export function tidyDocument(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  return withoutUnused(withoutConflicts(schema, document));
}

/** Gives one of two fields that cannot stand under one key another name, until all can. */
function withoutConflicts(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  // Its own objects everywhere: the rule tells conflicts by the nodes.
  let tidied = parse(print(document), { noLocation: true });
  for (let round = 0; ; round += 1) {
    const conflicts = validate(schema, tidied, [OverlappingFieldsCanBeMergedRule]);
    if (conflicts.length === 0) return tidied;
    if (round > 50) throw new Error(`Conflicts without end: ${conflicts[0]!.message}`);
    const renamed = new Set(conflicts.map(({ nodes }) => deepest(nodes as readonly FieldNode[])));
    let number = 0;
    tidied = visit(tidied, {
      Field(node) {
        if (!renamed.has(node)) return undefined;
        number += 1;
        return { ...node, alias: { kind: Kind.NAME, value: `${node.name.value}_${round}_${number}` } };
      },
    });
  }
}

/** The first is the conflict's own field; its last reason stands at the end. */
function deepest(nodes: readonly FieldNode[]): FieldNode {
  return nodes.at(-1)!;
}

export function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  const reached = new Set<string>();
  const follow = (node: DocumentNode['definitions'][number]): void => {
    visit(node, {
      Variable: ({ name }, _key, parent) => {
        const isDefinition = parent && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION;
        if (!isDefinition) used.add(name.value);
      },
      FragmentSpread({ name }) {
        if (reached.has(name.value)) return;
        reached.add(name.value);
        for (const one of document.definitions) {
          if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value) follow(one);
        }
      },
    });
  };
  for (const one of document.definitions) if (one.kind === Kind.OPERATION_DEFINITION) follow(one);
  return visit(document, {
    FragmentDefinition: ({ name }) => (reached.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
}
