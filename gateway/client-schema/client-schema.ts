import { printSchema } from 'graphql';
import { createAuthorizer } from '../rights/authorizer.ts';
import { buildRightsIndex, type RightsIndexOptions } from '../rights/rights-index.ts';
import type { CallerRights } from '../rights/rule.ts';
import { apiSchemaOf } from '../supergraph/api-schema.ts';

/** The SDL of what a caller with these rights may select and send: the same that introspection shows them. */
export function clientSchema(supergraphSdl: string, rights: CallerRights, options: RightsIndexOptions): string {
  const index = buildRightsIndex(supergraphSdl, options);
  const authorizer = createAuthorizer({ schema: apiSchemaOf(supergraphSdl), index });
  return printSchema(authorizer.visibleSchema(rights));
}
