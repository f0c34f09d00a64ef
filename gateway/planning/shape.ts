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
  print,
  type SelectionSetNode,
} from 'graphql';
import { conditionsOf } from '../rights/conditions.ts';

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
  /** Null where the objects must hold the same, whatever the object around them is. */
  fieldsOn: FieldsByType | null;
}

/** The same fields, required only where they are asked for below this type of the object around. */
export interface FieldsByType {
  types: ReadonlyMap<string, Shape>;
  /** Also where the type is not told. */
  others: Shape;
}

export interface ShapeContext {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The object types on which something is asked for; null for all. */
type Types = ReadonlySet<string> | null;

const NOWHERE: Types = new Set();

/** How many shapes one selection may come to: types of objects around multiply. Beyond, what depends on them is not checked. */
const MAX_SHAPES = 1000;

/** The shape of what a selection on `type` brings. */
export function shapeOf(set: SelectionSetNode, type: GraphQLCompositeType, context: ShapeContext): Shape {
  return createShapes(context)([{ set, type, isAsked: true }]);
}

/** One of the selections under a key. Not asked for where the object around is of another type. */
interface Part {
  set: SelectionSetNode;
  type: GraphQLCompositeType;
  isAsked: boolean;
}

/** One field under a key. */
interface Selected {
  node: FieldNode;
  type: GraphQLOutputType;
  on: Types;
}

/** Makes each shape once: conditions say the same in many places. */
function createShapes({ schema, fragments }: ShapeContext): (parts: readonly Part[]) => Shape {
  const made = new Map<string, Shape>();
  const texts = new WeakMap<SelectionSetNode, string>();

  function shapeOfParts(parts: readonly Part[]): Shape {
    const key = keyOf(parts);
    const known = made.get(key);
    if (known !== undefined) return known;
    const selected = new Map<string, Selected[]>();
    for (const { set, type, isAsked } of parts) collect(set, type, isAsked ? null : NOWHERE, selected);
    const shape: Shape = new Map([...selected].map(([name, fields]) => [name, toFieldShape(fields)]));
    made.set(key, shape);
    return shape;
  }

  function collect(
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
    on: Types,
    into: Map<string, Selected[]>,
  ): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const type = fieldType(selection.name.value, parent);
        const key = (selection.alias ?? selection.name).value;
        if (type !== null && !isLeftOut(selection))
          into.set(key, [...(into.get(key) ?? []), { node: selection, type, on }]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
      const condition = conditionOf(fragment, parent, schema);
      collect(fragment.selectionSet, condition, narrow(on, parent, condition, schema), into);
    }
  }

  /** All fields of one key have the same lists (GraphQL's rule on merging fields). */
  function toFieldShape(selected: readonly Selected[]): FieldShape {
    const fields = inside(selected, () => true);
    return {
      lists: countLists(selected[0]!.type),
      isNonNull: selected.every(({ type }) => isNonNullType(type)),
      requiredOn: selected.map(({ on }) => on).reduce(union),
      fields,
      fieldsOn: fields && selected.length > 1 ? byType(selected, fields) : null,
    };
  }

  function inside(selected: readonly Selected[], isAsked: (field: Selected) => boolean): Shape | null {
    const parts = selected.flatMap((field): Part[] => {
      const set = field.node.selectionSet;
      const type = getNamedType(field.type);
      return set && isCompositeType(type) ? [{ set, type, isAsked: isAsked(field) }] : [];
    });
    return parts.length > 0 ? shapeOfParts(parts) : null;
  }

  function byType(selected: readonly Selected[], whole: Shape): FieldsByType | null {
    if (made.size > MAX_SHAPES) return { types: new Map(), others: new Map() };
    const types = new Map<string, Shape>();
    for (const name of new Set(selected.flatMap(({ on }) => [...(on ?? [])]))) {
      types.set(name, inside(selected, ({ on }) => on === null || on.has(name))!);
    }
    const isAskedOfAll = selected.some(({ on }) => on === null);
    const others = inside(selected, ({ on }) => on === null)!;
    const isSame = [...types.values()].every((shape) => shape === whole) && (!isAskedOfAll || others === whole);
    return isSame ? null : { types, others };
  }

  /** Equal for parts that ask for the same. */
  function keyOf(parts: readonly Part[]): string {
    const asked = new Map<string, boolean>();
    for (const { set, type, isAsked } of parts) {
      const text = `${type} ${textOf(set)}`;
      asked.set(text, isAsked || asked.get(text) === true);
    }
    return JSON.stringify([...asked]);
  }

  function textOf(set: SelectionSetNode): string {
    const text = texts.get(set) ?? print(set);
    texts.set(set, text);
    return text;
  }

  return shapeOfParts;
}

/** Conditions are settled before: the planner itself writes this where nothing can be asked for. */
function isLeftOut({ directives = [] }: FieldNode): boolean {
  return conditionsOf(directives) === null;
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
