import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Case } from './contenders.ts';
import { withoutUnused } from './tidy-document.ts';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * A known reason for a wrong answer. It explains a difference only if there is none any more in the case without the
 * cause: whatever else is wrong is still found.
 */
export interface Cause {
  name: string;
  /** The same case without what causes the difference; null where there is nothing of it in the case. */
  without(one: Case): Case | null;
}

/**
 * Apollo's planner. It puts what a skipped field requires into one representation with what others require, so that
 * nothing is sent for either; and it gives no alias to conflicting fields of its own behind a condition, so that a
 * subgraph refuses the query. What is right: as if what is skipped had not been written.
 */
export const CONDITIONS: Cause = {
  name: 'conditions',
  without: (one) => changed(one, withoutConditions(one.document, one.variables)),
};

/**
 * ApolloGateway takes `id: name` for the field `id` that its plan needs: other subgraphs are asked for another entity,
 * clients see one field for the other, or it throws. Ours renames such aliases while it plans.
 */
export const ALIASES: Cause = {
  name: 'aliases like fields',
  without: (one) => changed(one, withNeutralAliases(one.document)),
};

/** ApolloGateway does not rename a value back that is 0, false or empty (`if (objAtPath)`), and loses it. */
export const FALSY: Cause = {
  name: 'falsy values',
  without: (one) => (one.world.numbersFrom === 1 ? null : { ...one, world: { ...one.world, numbersFrom: 1 } }),
};

/**
 * The `__typename` of an @interfaceObject, an interface's name, takes the place of the object's own in the data. And where
 * nobody could tell the own one, ApolloGateway answers an object without the fields of any type. What is right: null.
 */
export const TYPENAMES: Cause = {
  name: "an interface object's __typename",
  without: (one) => (one.world.tellsTypes ? null : { ...one, world: { ...one.world, tellsTypes: true } }),
};

/**
 * ApolloGateway asks with null for what a subgraph could not tell, and so gets a wrong answer: debts of nobody. Ours does
 * not ask.
 */
export const UNKNOWN_INPUTS: Cause = {
  name: 'asked with null for what is unknown',
  without: (one) => {
    const values = one.faults.values.filter(({ isNeeded }) => !isNeeded);
    return values.length < one.faults.values.length ? { ...one, faults: { ...one.faults, values } } : null;
  },
};

/**
 * Where a plan asks for no `__typename`, because only one type can stand there, ApolloGateway takes the type of the
 * fragment around for the object's own: inside of an abstract one no concrete condition fits.
 */
export const UNTOLD_TYPES: Cause = {
  name: 'objects without __typename',
  without: (one) => changed(one, withTypenames(one.document)),
};

/**
 * Apollo's planner puts the fragments on one type together, also at the root of a mutation: its fields run in another
 * order than the client wrote them in.
 */
export const ROOT_FRAGMENTS: Cause = {
  name: "fragments at a mutation's root",
  without: (one) => changed(one, withoutRootFragments(one.document)),
};

/**
 * Of a subgraph to which an interface is one object, Apollo's planner asks for all entities what the client asks of one
 * type: where a value fails that may not be null, an entity of another type is lost with what was asked of that one.
 */
export const OTHER_TYPES: Cause = {
  name: 'failures of what is asked of other types',
  without: (one) => changed(one, withoutConditionalFailures(one)),
};

/** ApolloGateway sends null for the objects in a list of lists that a field requires. */
export const NESTED_LISTS: Cause = {
  name: '@requires of nested lists',
  without: (one) => changed(one, withoutField(one.document, 'permits')),
};

/** Apollo's planner takes a plain field for the one that is required with arguments, and the other way round. */
export const REQUIRED_ARGUMENTS: Cause = {
  name: '@requires with arguments',
  without: (one) => changed(one, withoutField(withoutField(one.document, 'duty'), 'declaration')),
};

/**
 * Types of an interface may have other fields under one key. ApolloGateway asks a subgraph to which the interface is one
 * object for one of them, and gives all entities its value.
 */
export const SHARED_KEYS: Cause = {
  name: 'one key for other fields of other types',
  without: (one) => changed(one, withKeysApart(one.document)),
};

function withTypenames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: { leave: (set) => ({ ...set, selections: [TYPENAME, ...set.selections] }) },
  });
}

function withoutRootFragments(document: DocumentNode): DocumentNode {
  const writtenOut = (set: SelectionSetNode): readonly SelectionNode[] =>
    set.selections.flatMap((selection) => {
      // One with a condition is another cause.
      if (selection.kind === Kind.FIELD || selection.directives?.length) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return writtenOut(selection.selectionSet);
      const { value } = selection.name;
      const fragment = document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === value,
      );
      return fragment && 'selectionSet' in fragment ? writtenOut(fragment.selectionSet) : [];
    });
  const isMutation = ({ operation }: OperationDefinitionNode) => operation === OperationTypeNode.MUTATION;
  const flat: DocumentNode = visit(document, {
    OperationDefinition: (node) =>
      isMutation(node)
        ? { ...node, selectionSet: { ...node.selectionSet, selections: writtenOut(node.selectionSet) } }
        : undefined,
  });
  return withoutEmpty(flat);
}

/** Without the fields that may fail, wherever a type condition stands around them. */
function withoutConditionalFailures({ document, faults }: Case): DocumentNode {
  const failing = new Set(faults.values.map(({ coordinate }) => coordinate.split('.')[1]));
  const without = <Node extends InlineFragmentNode | FragmentDefinitionNode>(fragment: Node): Node | undefined =>
    fragment.typeCondition
      ? visit(fragment, { Field: ({ name }) => (failing.has(name.value) ? null : undefined) })
      : undefined;
  return withoutEmpty(visit(document, { InlineFragment: without, FragmentDefinition: without }));
}

function withoutField(document: DocumentNode, name: string): DocumentNode {
  return withoutEmpty(visit(document, { Field: (node) => (node.name.value === name ? null : undefined) }));
}

function changed(one: Case, document: DocumentNode | null): Case | null {
  if (document === null || print(document) === print(one.document)) return null;
  return { ...one, document };
}

function withoutConditions(document: DocumentNode, variables: Record<string, unknown>): DocumentNode | null {
  const defaults = new Map<string, unknown>();
  visit(document, {
    VariableDefinition({ variable, defaultValue }) {
      if (defaultValue?.kind === Kind.BOOLEAN) defaults.set(variable.name.value, defaultValue.value);
    },
  });
  const isLeftOut = ({ name, arguments: given = [] }: DirectiveNode) => {
    const value = given[0]?.value;
    const isTrue =
      value?.kind === Kind.VARIABLE
        ? (variables[value.name.value] ?? defaults.get(value.name.value))
        : value?.kind === Kind.BOOLEAN && value.value;
    return name.value === 'skip' ? isTrue === true : isTrue === false;
  };
  const decided: DocumentNode = visit(document, {
    enter(node) {
      if (node.kind !== Kind.FIELD && node.kind !== Kind.INLINE_FRAGMENT && node.kind !== Kind.FRAGMENT_SPREAD) return;
      if (node.directives?.some(isLeftOut)) return null;
      return { ...node, directives: [] } satisfies SelectionNode;
    },
  });
  return withoutEmpty(decided);
}

/** `__typename` in the place of each set of which nothing is left. */
function withoutEmpty(document: DocumentNode): DocumentNode {
  const filled: DocumentNode = visit(document, {
    SelectionSet: (set) => (set.selections.length === 0 ? { ...set, selections: [TYPENAME] } : undefined),
  });
  return parse(print(withoutUnused(filled)), { noLocation: true });
}

function withNeutralAliases(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: ({ alias, ...node }) =>
      alias ? { ...node, alias: { kind: Kind.NAME, value: `alias_of_${alias.value}` } } : undefined,
  });
}

/** A key of its own for each field with its arguments: equal ones keep standing under one. */
function withKeysApart(document: DocumentNode): DocumentNode {
  const known = new Map<string, number>();
  const numberOf = (field: string) => known.get(field) ?? known.set(field, known.size).size - 1;
  return visit(document, {
    Field(node) {
      const { alias, name, arguments: given = [] } = node;
      if (!alias && given.length === 0) return undefined;
      const number = numberOf(`${alias?.value} ${name.value} ${given.map((argument) => print(argument)).join()}`);
      return { ...node, alias: { kind: Kind.NAME, value: `key_${number}` } };
    },
  });
}
