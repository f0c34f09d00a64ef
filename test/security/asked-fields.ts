import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Reached } from './recorded-product.ts';

/** Reads which fields, as `Type.field`, stand in what reached the product's subgraphs. */
export function createFieldReader(): (reached: readonly Reached[]) => Set<string> {
  const schemas = new Map<string, GraphQLSchema>();
  const known = new Map<string, readonly string[]>();
  const fieldsOf = ({ subgraph, query }: Reached): readonly string[] => {
    const key = `${subgraph} ${query}`;
    const schema = schemas.get(subgraph) ?? readSchema(subgraph);
    schemas.set(subgraph, schema);
    const fields = known.get(key) ?? readFields(schema, query);
    known.set(key, fields);
    return fields;
  };
  return (reached) => new Set(reached.flatMap(fieldsOf));
}

function readSchema(subgraph: string): GraphQLSchema {
  return buildSubgraphSchema(parse(readFileSync(new URL(`../../schema/${subgraph}.graphql`, import.meta.url), 'utf8')));
}

function readFields(schema: GraphQLSchema, query: string): readonly string[] {
  const types = new TypeInfo(schema);
  const fields: string[] = [];
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: ({ name: { value } }) => {
        fields.push(`${types.getParentType()?.name}.${value}`);
      },
    }),
  );
  return fields;
}
