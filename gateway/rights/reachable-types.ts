import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { VisibleParts } from './visible-parts.ts';

/**
 * The visible types that a selection from these roots can come to. An interface that reached objects implement, but
 * that nothing returns, does not lead to its other objects.
 */
export function findReachableTypes(
  schema: GraphQLSchema,
  roots: readonly GraphQLNamedType[],
  parts: VisibleParts,
): ReadonlySet<GraphQLNamedType> {
  const returned = new Set(roots.filter(parts.hasType));
  const implemented = new Set<GraphQLNamedType>();

  function reachFrom(type: GraphQLNamedType): void {
    for (const next of [...fieldTypes(type, parts), ...memberTypes(type)]) if (parts.hasType(next)) returned.add(next);
    for (const next of implementedBy(type)) if (parts.hasType(next)) implemented.add(next);
  }

  function implementations(type: GraphQLNamedType): void {
    if (!isInterfaceType(type)) return;
    const { objects, interfaces } = schema.getImplementations(type);
    for (const next of [...objects, ...interfaces]) if (parts.hasType(next)) returned.add(next);
  }

  let size = -1;
  while (size !== returned.size + implemented.size) {
    size = returned.size + implemented.size;
    // A set hands out what is added while it is read.
    for (const type of returned) {
      reachFrom(type);
      implementations(type);
    }
    for (const type of implemented) reachFrom(type);
  }
  return returned.union(implemented);
}

function fieldTypes(type: GraphQLNamedType, parts: VisibleParts): GraphQLNamedType[] {
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => parts.hasInputField(type, field));
    return fields.map((field) => getNamedType(field.type));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields()).filter((field) => parts.hasField(type, field));
  return fields.flatMap((field) => [
    getNamedType(field.type),
    ...field.args
      .filter((argument) => parts.hasArgument(type, field, argument))
      .map((argument) => getNamedType(argument.type)),
  ]);
}

function memberTypes(type: GraphQLNamedType): readonly GraphQLNamedType[] {
  return isUnionType(type) ? type.getTypes() : [];
}

function implementedBy(type: GraphQLNamedType): readonly GraphQLNamedType[] {
  return isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
}
