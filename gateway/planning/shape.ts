import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** What an object in a subgraph's answer must look like: response key to field. A Map, because clients choose the keys. */
export type Shape = Map<string, FieldShape>;

export interface FieldShape {
  /** How many lists stand around the value. */
  lists: number;
  isNonNull: boolean;
  /** The object types on which the field must be there; null for all. */
  requiredOn: ReadonlySet<string> | null;
  /** Of the objects that the value holds; null for a scalar or an enum. */
  fields: Shape | null;
}

export interface ShapeContext {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

type Types = ReadonlySet<string> | null;

/** The shape of what a selection on `type` brings. */
export function shapeOf(selectionSet: SelectionSetNode, type: GraphQLCompositeType, context: ShapeContext): Shape {
  const shape: Shape = new Map();
  addSelections(shape, selectionSet, type, null, context);
  return shape;
}

function addSelections(
  shape: Shape,
  set: SelectionSetNode,
  type: GraphQLCompositeType,
  requiredOn: Types,
  context: ShapeContext,
): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const field = toFieldShape(selection, type, requiredOn, context);
      if (field !== null) addField(shape, (selection.alias ?? selection.name).value, field);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : context.fragments.get(selection.name.value)!;
    const condition = conditionOf(fragment, type, context.schema);
    addSelections(
      shape,
      fragment.selectionSet,
      condition,
      narrow(requiredOn, type, condition, context.schema),
      context,
    );
  }
}

function toFieldShape(
  node: FieldNode,
  parent: GraphQLCompositeType,
  requiredOn: Types,
  context: ShapeContext,
): FieldShape | null {
  const type = fieldType(node.name.value, parent);
  if (type === null) return null;
  const named = getNamedType(type);
  return {
    lists: countLists(type),
    isNonNull: isNonNullType(type),
    requiredOn,
    fields: node.selectionSet && isCompositeType(named) ? shapeOf(node.selectionSet, named, context) : null,
  };
}

const TYPENAME = new GraphQLNonNull(GraphQLString);

function fieldType(name: string, parent: GraphQLCompositeType): GraphQLOutputType | null {
  if (name === '__typename') return TYPENAME;
  return isUnionType(parent) ? null : (parent.getFields()[name]?.type ?? null);
}

function countLists(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return countLists(type.ofType);
  return isListType(type) ? countLists(type.ofType) + 1 : 0;
}

/** The same key may be selected several times; all of these have the same lists (GraphQL's rule on merging fields). */
function addField(shape: Shape, key: string, field: FieldShape): void {
  const known = shape.get(key);
  if (known === undefined) {
    shape.set(key, field);
    return;
  }
  known.requiredOn = union(known.requiredOn, field.requiredOn);
  known.isNonNull &&= field.isNonNull;
  for (const [inner, innerField] of field.fields ?? []) if (known.fields) addField(known.fields, inner, innerField);
}

function union(a: Types, b: Types): Types {
  return a === null || b === null ? null : new Set([...a, ...b]);
}

function conditionOf(
  { typeCondition }: InlineFragmentNode | FragmentDefinitionNode,
  parent: GraphQLCompositeType,
  schema: GraphQLSchema,
): GraphQLCompositeType {
  const type = typeCondition ? schema.getType(typeCondition.name.value) : parent;
  return isCompositeType(type) ? type : parent;
}

/** On which of `types` a fragment's fields are there. */
function narrow(
  types: Types,
  parent: GraphQLCompositeType,
  condition: GraphQLCompositeType,
  schema: GraphQLSchema,
): Types {
  if (condition === parent) return types;
  const fitting = isAbstractType(condition)
    ? schema.getPossibleTypes(condition).map(({ name }) => name)
    : [condition.name];
  return new Set(types === null ? fitting : fitting.filter((name) => types.has(name)));
}
