import { type GraphQLSchema, isAbstractType, isInterfaceType } from 'graphql';

/** The names of all types that a condition on `name` takes: its own, and those of what is part of it. */
export function typesWithin(schema: GraphQLSchema, name: string): ReadonlySet<string> {
  const type = schema.getType(name);
  if (!isAbstractType(type)) return new Set([name]);
  const interfaces = isInterfaceType(type) ? schema.getImplementations(type).interfaces : [];
  return new Set([name, ...[...interfaces, ...schema.getPossibleTypes(type)].map((part) => part.name)]);
}
