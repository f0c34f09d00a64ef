import {
  buildASTSchema,
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLSchema,
  Kind,
  parse,
  printSchema,
  type TypeNode,
  visit,
} from 'graphql';
import type { Run } from './run.ts';
import type { MockObject } from './universe.ts';

/** The graph as one schema over the same data: what the answer must be, whatever subgraphs it came from. */
export interface Monolith {
  answer(run: Run, document: DocumentNode, variables: Record<string, unknown>): ExecutionResult;
  /** As if all fields were nullable: an error for each value that fails, none of which hides another. */
  allErrors(run: Run, document: DocumentNode, variables: Record<string, unknown>): ExecutionResult;
}

export function createMonolith(apiSchema: GraphQLSchema): Monolith {
  const nullable = withoutNonNull(apiSchema);
  return {
    answer: (run, document, variables) => executeOn(apiSchema, run, document, variables),
    allErrors: (run, document, variables) => executeOn(nullable, run, document, variables),
  };
}

function executeOn(
  schema: GraphQLSchema,
  run: Run,
  document: DocumentNode,
  variableValues: Record<string, unknown>,
): ExecutionResult {
  return executeSync({
    schema,
    document,
    variableValues,
    contextValue: run,
    rootValue: null,
    fieldResolver: (parent: MockObject | null, args, { universe, mutations }: Run, info) => {
      const object = parent?.__typename ? parent : universe.root(info.parentType.name);
      if (info.parentType === schema.getMutationType()) mutations.push(`${info.fieldName} ${JSON.stringify(args)}`);
      return universe.field(object, info.fieldName, args);
    },
  });
}

function withoutNonNull(schema: GraphQLSchema): GraphQLSchema {
  const document = visit(parse(printSchema(schema)), {
    FieldDefinition: (node) => ({ ...node, type: nullableType(node.type) }),
  });
  return buildASTSchema(document, { assumeValid: true });
}

function nullableType(type: TypeNode): Exclude<TypeNode, { kind: Kind.NON_NULL_TYPE }> {
  if (type.kind === Kind.NON_NULL_TYPE) return nullableType(type.type);
  return type.kind === Kind.LIST_TYPE ? { ...type, type: nullableType(type.type) } : type;
}
