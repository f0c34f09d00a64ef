import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
} from 'graphql';

/** An object of the mock: its type and a number that decides all below it. */
export interface MockObject {
  seed: number;
  type: string;
}

export const ROOT_SEED = 7;

/** What a field holds, some of it null. Depends on nothing but the object and the field. */
export function mockValue(schema: GraphQLSchema, parent: MockObject, field: string, type: GraphQLOutputType): unknown {
  return anyValue(schema, mix(parent.seed, field), type);
}

function anyValue(schema: GraphQLSchema, seed: number, type: GraphQLOutputType): unknown {
  const nullable = getNullableType(type);
  if (nullable === type && seed % 13 === 0) return null;
  if (isListType(nullable)) {
    return Array.from({ length: seed % 3 }, (_, index) => anyValue(schema, mix(seed, String(index)), nullable.ofType));
  }
  if (isObjectType(nullable)) return { seed, type: nullable.name } satisfies MockObject;
  if (isAbstractType(nullable)) return objectOf(schema.getPossibleTypes(nullable), seed);
  return nullable.name === 'E' ? 'AB'[seed % 2] : seed % 1000;
}

/** Null where an interface has no object: nothing can stand there, not even where null cannot either. */
function objectOf(possible: readonly GraphQLObjectType[], seed: number): MockObject | null {
  const type = possible[seed % possible.length];
  return type === undefined ? null : { seed, type: type.name };
}

function mix(seed: number, text: string): number {
  let hash = seed;
  for (const char of text) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  return (hash ^ (hash >>> 7)) >>> 0;
}
