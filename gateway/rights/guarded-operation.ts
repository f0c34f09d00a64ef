import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isCompositeType,
  isUnionType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { RightsIndex } from './rights-index.ts';

/** What operations of one supergraph are judged by. */
export interface Authority {
  /** What clients see of the supergraph: the API schema. */
  schema: GraphQLSchema;
  index: RightsIndex;
}

/** One operation that is valid by the API schema, with its fragments. */
export interface GuardedOperation extends Authority {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  rootType: GraphQLObjectType;
  /**
   * A response key that the operation does not use, to ask for `__typename` under where the shape of the answer needs
   * it.
   */
  typenameKey: string;
}

/** `document` holds the operation that is to run and no other: which one that is, must be known before it is judged. */
export function readOperation(document: DocumentNode, authority: Authority): GuardedOperation {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation, ...others] = operations;
  if (operation === undefined || others.length > 0) throw new Error(`Expected one operation, not ${operations.length}`);
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const rootType = authority.schema.getRootType(operation.operation);
  if (!rootType) throw new Error(`The schema has no ${operation.operation} type`);
  return { ...authority, document, operation, fragments, rootType, typenameKey: unusedKey(document) };
}

function unusedKey(document: DocumentNode): string {
  const used = new Set<string>();
  visit(document, {
    Field(field) {
      used.add(responseKey(field));
    },
  });
  const candidates = ['_typename', ...Array.from(used, (_, number) => `_typename${number}`)];
  return candidates.find((key) => !used.has(key))!;
}

/** What a fragment selects, and of which type. */
export function fragmentBody(
  guarded: GuardedOperation,
  fragment: InlineFragmentNode | FragmentSpreadNode,
  parent: GraphQLCompositeType,
): { selectionSet: SelectionSetNode; type: GraphQLCompositeType } {
  const body = fragment.kind === Kind.INLINE_FRAGMENT ? fragment : fragmentOf(guarded, fragment.name.value);
  return { selectionSet: body.selectionSet, type: conditionType(guarded, body.typeCondition, parent) };
}

/** The type a fragment applies to; without a condition, the one it stands in. */
export function conditionType(
  { schema }: Authority,
  condition: NamedTypeNode | undefined,
  parent: GraphQLCompositeType,
): GraphQLCompositeType {
  if (condition === undefined) return parent;
  const type = schema.getType(condition.name.value);
  if (!isCompositeType(type)) throw new Error(`${condition.name.value} is no object, interface or union`);
  return type;
}

export function fragmentOf({ fragments }: GuardedOperation, name: string): FragmentDefinitionNode {
  const fragment = fragments.get(name);
  if (fragment === undefined) throw new Error(`There is no fragment ${name}`);
  return fragment;
}

export function fieldOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> {
  const field = isUnionType(parent) ? undefined : parent.getFields()[name];
  if (field === undefined) throw new Error(`${parent.name} has no field ${name}`);
  return field;
}

export function compositeTypeOf(field: GraphQLField<unknown, unknown>): GraphQLCompositeType {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) throw new Error(`${type.name} has no fields`);
  return type;
}

/** Fields of GraphQL itself: no rule can stand on them. `__typename` is open wherever its object is. */
export function isMeta(field: FieldNode): boolean {
  return field.name.value === '__typename' || isIntrospection(field);
}

/** `__schema` and `__type`, which are answered from the caller's own view of the schema. */
export function isIntrospection(field: FieldNode): boolean {
  return field.name.value === '__schema' || field.name.value === '__type';
}

export function responseKey(field: FieldNode): string {
  return (field.alias ?? field.name).value;
}
