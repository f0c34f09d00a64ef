import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { typesWithin } from './types-within.ts';

/** What a representation is made of, as the plan selects it from an object of the answer. */
export type RepresentationParts = readonly RepresentationPart[];

export type RepresentationPart =
  | { kind: 'field'; key: string /** Null for a value. */; parts: RepresentationParts | null }
  /** Only for objects of these types. */
  | { kind: 'fragment'; types: ReadonlySet<string>; parts: RepresentationParts };

export function representationParts(
  selections: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
): RepresentationParts {
  return selections.flatMap((selection): RepresentationParts => {
    if (selection.kind === 'Field') {
      const parts = selection.selections ? representationParts(selection.selections, schema) : null;
      return [{ kind: 'field', key: selection.alias ?? selection.name, parts }];
    }
    // The planner writes none without a condition.
    if (selection.typeCondition === undefined) return [];
    const types = typesWithin(schema, selection.typeCondition);
    return [{ kind: 'fragment', types, parts: representationParts(selection.selections, schema) }];
  });
}

/** What the parts come to for objects of one type: key to the parts inside; null for a value. */
export function partsOfType(parts: RepresentationParts, type: string): Map<string, RepresentationParts | null> {
  const fields = new Map<string, RepresentationParts | null>();
  const add = (key: string, inner: RepresentationParts | null) => {
    const known = fields.get(key);
    fields.set(key, known && inner ? [...known, ...inner] : inner);
  };
  for (const part of parts) {
    if (part.kind === 'field') add(part.key, part.parts);
    else if (part.types.has(type)) for (const [key, inner] of partsOfType(part.parts, type)) add(key, inner);
  }
  return fields;
}
