import { type DocumentNode, type FieldNode, Kind, type SelectionNode, visit } from 'graphql';
import { areIncluded, conditionsOf } from '../rights/conditions.ts';
import type { SentVariables } from '../rights/sent-variables.ts';

/** A document in which nothing depends on variables any more. */
export interface Settled {
  document: DocumentNode;
  /** A response key that stands for nothing, in selections of which nothing is left. */
  emptyKey: string;
}

/** The variables that decide what of a document is included. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (!isCondition(name.value)) return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/**
 * Takes out what @skip and @include leave out for these variables, and the directives themselves. Plans are made for what
 * is left: Apollo's planner mixes up what conditional fields require with what others do, and would ask a subgraph for a
 * field without telling it all that the field needs.
 */
export function settleConditions(document: DocumentNode, variables: SentVariables): Settled {
  const emptyKey = freeKey(document);
  const placeholder: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: emptyKey },
    name: { kind: Kind.NAME, value: '__typename' },
  };
  const settle = <Node extends SelectionNode>(node: Node): Node | null | undefined => {
    const { directives = [] } = node;
    if (directives.length === 0) return undefined;
    if (!areIncluded(conditionsOf(directives), variables)) return null;
    return { ...node, directives: directives.filter(({ name }) => !isCondition(name.value)) };
  };
  const settled = visit(document, {
    Field: settle,
    InlineFragment: settle,
    FragmentSpread: settle,
    SelectionSet: {
      leave: (set) => (set.selections.length === 0 ? { ...set, selections: [placeholder] } : undefined),
    },
  });
  return { document: settled, emptyKey };
}

function isCondition(directive: string): boolean {
  return directive === 'skip' || directive === 'include';
}

function freeKey(document: DocumentNode): string {
  const taken = new Set<string>();
  visit(document, {
    Field({ alias, name }) {
      taken.add((alias ?? name).value);
    },
  });
  let key = 'nothing';
  while (taken.has(key)) key = `${key}_`;
  return key;
}
