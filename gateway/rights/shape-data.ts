import {
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { type CollectedField, collectFields } from './collect-fields.ts';
import type { Decision } from './decision.ts';
import { fieldOf } from './guarded-operation.ts';
import { readVariables } from './sent-variables.ts';

type Data = Record<string, unknown>;

export interface ExecutedData {
  /** Of the decision's `document`; an empty object when that is null. */
  data: Data | null;
  /** Of the decision's `introspection`; null when that is null. */
  introspection: Data | null;
  variables: Readonly<Record<string, unknown>>;
}

/**
 * The data in the shape of the original operation: null where a selection was removed, then null propagation by the
 * API schema, keys in the original order. When nothing was removed, it is the same object.
 */
export function shapeData(decision: Decision, { data, introspection, variables }: ExecutedData): Data | null {
  const { operation, rootType } = decision.guarded;
  if (data === null || !decision.changed.has(operation.selectionSet)) return data;
  const fieldsAt = createCollector(decision, variables);
  return shapeObject(data, { type: rootType, sets: [operation.selectionSet] });

  function shapeObject(source: Data, place: Place): Data | null {
    const type = isObjectType(place.type) ? place.type : runtimeType(source, decision);
    if (type === null) return null;
    const shaped: Data = Object.create(null);
    for (const field of fieldsAt(place, type)) {
      const value = shapeField(source, field, type);
      if (value === null && field.isRequired) return null;
      shaped[field.key] = value;
    }
    return shaped;
  }

  function shapeField(source: Data, field: ShapedField, parent: GraphQLObjectType): unknown {
    switch (field.kind) {
      case 'typename':
        return parent.name;
      case 'introspection':
        return introspection === null ? null : read(introspection, field.key);
      case 'removed':
        return null;
      case 'as-is':
        return read(source, field.key);
      case 'changed':
        return shapeValue(read(source, field.key), field.type, field.place);
    }
  }

  function shapeValue(value: unknown, type: GraphQLOutputType, place: Place): unknown {
    if (value === null) return null;
    const nullable = getNullableType(type);
    // Cast: what was executed is complete by the API schema, so an object stands where its type does.
    if (!isListType(nullable)) return shapeObject(value as Data, place);
    const items = (value as unknown[]).map((item) => shapeValue(item, nullable.ofType, place));
    return isNonNullType(nullable.ofType) && items.includes(null) ? null : items;
  }
}

/** Where objects stand in the answer, and what the original operation selects there. */
interface Place {
  type: GraphQLNamedOutputType;
  sets: readonly SelectionSetNode[];
}

type ShapedField = { key: string; isRequired: boolean } & (
  | { kind: 'typename' | 'introspection' | 'removed' | 'as-is' }
  | { kind: 'changed'; type: GraphQLOutputType; place: Place }
);

/** Collects the fields of a place once for each type its objects have, however many they are. */
function createCollector(decision: Decision, sent: Readonly<Record<string, unknown>>) {
  const variables = readVariables(decision.guarded.operation, sent);
  const known = new Map<Place, Map<GraphQLObjectType, readonly ShapedField[]>>();
  return (place: Place, type: GraphQLObjectType): readonly ShapedField[] => {
    const byType = known.get(place) ?? new Map<GraphQLObjectType, readonly ShapedField[]>();
    known.set(place, byType);
    const fields =
      byType.get(type) ??
      collectFields(decision, place.sets, type, variables).map((field) => toShapedField(field, type, decision));
    byType.set(type, fields);
    return fields;
  };
}

function toShapedField(field: CollectedField, parent: GraphQLObjectType, { changed }: Decision): ShapedField {
  const { key, name, sets } = field;
  if (name === '__typename') return { key, kind: 'typename', isRequired: true };
  if (name === '__schema' || name === '__type') return { key, kind: 'introspection', isRequired: false };
  const { type } = fieldOf(parent, name);
  const isRequired = isNonNullType(type);
  if (field.isRemoved) return { key, kind: 'removed', isRequired };
  if (!sets.some((set) => changed.has(set))) return { key, kind: 'as-is', isRequired };
  return { key, kind: 'changed', isRequired, type, place: { type: getNamedType(type), sets } };
}

/** Null when an object of an abstract type does not tell what it is: then nobody can tell what it may show. */
function runtimeType(source: Data, { guarded }: Decision): GraphQLObjectType | null {
  const type = guarded.schema.getType(String(read(source, guarded.typenameKey)));
  return isObjectType(type) ? type : null;
}

/** Own keys only: a client may call a key `constructor`. */
function read(source: Data, key: string): unknown {
  return Object.hasOwn(source, key) ? (source[key] ?? null) : null;
}
