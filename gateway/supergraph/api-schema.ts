import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import { stripSupergraph } from './strip.ts';

/** What clients of a supergraph see, without regard to rights. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(stripSupergraph(supergraphSdl)).apiSchema().toGraphQLJSSchema();
}
