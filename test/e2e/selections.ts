import {
  buildClientSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  type IntrospectionQuery,
  isLeafType,
  isObjectType,
} from 'graphql';
import type { Product } from './product.ts';

/** The schema that the running gateway shows. */
export async function readSchema(product: Product): Promise<GraphQLSchema> {
  return buildClientSchema(await product.data<IntrospectionQuery>(getIntrospectionQuery()));
}

/** Differs between two readings of one thing: when it was read, and links that expire. */
const VOLATILE = new Set(['fetchedAt', 'documents']);

/** All fields of a type that can be asked without arguments, `depth` levels deep, without ways back to a customer. */
export function selectionOf(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).filter((field) => !VOLATILE.has(field.name));
  const parts = fields.flatMap((field) => fieldSelection(field, depth));
  return `{ ${['__typename', ...parts].join(' ')} }`;
}

function fieldSelection(field: GraphQLField<unknown, unknown>, depth: number): string[] {
  const type = getNamedType(field.type);
  const needsArgument = field.args.some(
    ({ type: argument, defaultValue }) => `${argument}`.endsWith('!') && defaultValue === undefined,
  );
  if (needsArgument) return [];
  if (isLeafType(type)) return [field.name];
  if (!isObjectType(type) || type.name === 'Customer' || depth === 0) return [];
  // Edges hold the same nodes once more.
  if (field.name === 'edges') return [];
  return [`${field.name} ${selectionOf(type, depth - 1)}`];
}

/** The types and fields by which a query can come upon a customer: `Order.customer`. */
export function fieldsOfType(schema: GraphQLSchema, name: string): { type: string; field: string }[] {
  const types = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('__'));
  return types.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name === name)
      .map((field) => ({ type: type.name, field: field.name })),
  );
}
