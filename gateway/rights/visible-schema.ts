import { GraphQLDirective, type GraphQLNamedType, GraphQLObjectType, GraphQLSchema, getNamedType } from 'graphql';
import { createTypeCopier } from './copy-types.ts';
import type { Authority } from './guarded-operation.ts';
import { findReachableTypes } from './reachable-types.ts';
import type { CallerRights } from './rule.ts';
import { findVisibleParts } from './visible-parts.ts';

/** The schema of what this caller could select and send: what introspection shows, and code generators get. */
export function buildVisibleSchema(authority: Authority, rights: CallerRights): GraphQLSchema {
  const { schema } = authority;
  const parts = findVisibleParts(authority, rights);
  const hasArguments = ({ args }: GraphQLDirective) => args.every(({ type }) => parts.hasType(getNamedType(type)));
  const directives = schema.getDirectives().filter(hasArguments);
  const argumentTypes = directives.flatMap(({ args }) => args.map(({ type }) => getNamedType(type)));
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((root) => root != null);
  const reachable = findReachableTypes(schema, [...roots, ...argumentTypes], parts);
  const copy = createTypeCopier(reachable, parts);
  const rootNamed = (root: GraphQLNamedType | null | undefined) => {
    const type = root && reachable.has(root) ? copy.named(root) : null;
    return type instanceof GraphQLObjectType ? type : null;
  };
  return new GraphQLSchema({
    description: schema.description,
    query: rootNamed(schema.getQueryType()) ?? EMPTY_QUERY,
    mutation: rootNamed(schema.getMutationType()),
    types: [...reachable].map(copy.named),
    directives: directives.map((directive) => new GraphQLDirective(copy.directive(directive))),
    assumeValid: true,
  });
}

/** For a caller who may see nothing: the truth, although no valid schema can tell it. */
const EMPTY_QUERY = new GraphQLObjectType({ name: 'Query', fields: {} });
