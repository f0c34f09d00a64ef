import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  validate,
} from 'graphql';
import type { ExecutionResultBody, GraphQLRequestBody } from '../../common/transport.ts';
import { mix } from './random.ts';
import type { Run } from './run.ts';
import type { MockObject } from './universe.ts';

/** A subgraph in memory, over the data and with the faults of a run. */
export interface MockSubgraph {
  answer(run: Run, body: GraphQLRequestBody): Promise<ExecutionResultBody>;
}

export function createSubgraph(name: string, typeDefs: DocumentNode): MockSubgraph {
  const schema = buildSubgraphSchema({ typeDefs });
  addReferences(name, schema);
  const documentOf = createDocuments(name, schema);
  return {
    async answer(run, { query, variables, operationName }) {
      run.calls.push(`${name} ${query} ${JSON.stringify(variables ?? {})}`);
      const document = documentOf(query, run);
      const failed = callFault(name, run, document);
      if (failed === 'down') throw new Error(`${name} is down`);
      if (failed === 'no-data') return { data: null, errors: [{ message: `${name} has nothing` }] };
      const result = await execute({
        schema,
        document,
        contextValue: run,
        rootValue: null,
        variableValues: variables,
        operationName,
        fieldResolver: resolveField,
      });
      const body = toWire(result);
      if (run.world.tellsTypes) tellTypes(run, body, variables?.representations);
      return body;
    },
  };
}

/** As if it had come over the wire, so that nothing is shared with whoever asks. */
function toWire({ data, errors }: ExecutionResult): ExecutionResultBody {
  // Cast: JSON of an answer is an answer.
  return JSON.parse(JSON.stringify({ data, ...(errors ? { errors } : {}) })) as ExecutionResultBody;
}

function tellTypes({ universe }: Run, { data }: ExecutionResultBody, representations: unknown): void {
  const tell = (value: unknown, known: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const object = value as Record<string, unknown>;
    for (const [key, inner] of Object.entries(object)) {
      const isEntities = key === '_entities' && Array.isArray(inner) && Array.isArray(representations);
      if (isEntities) for (const [index, one] of inner.entries()) tell(one, representations[index]);
      else tell(inner, null);
    }
    if (typeof object.__typename !== 'string') return;
    const entity = universe.entityOrNull(known ?? object);
    if (entity) object.__typename = entity.__typename;
  };
  tell(data, null);
}

const resolveField: GraphQLFieldResolver<MockObject | null, Run> = (parent, args, run, info) => {
  const { parentType, fieldName, operation, path, returnType } = info;
  const object = parent?.__typename ? parent : run.universe.root(parentType.name);
  if (operation.operation === 'mutation' && path.prev === undefined)
    run.mutations.push(`${fieldName} ${JSON.stringify(args)}`);
  try {
    return run.universe.field(object, fieldName, args);
  } catch (error) {
    // One way to fail is as good as the other: graphql-js makes an error of this null.
    if (isNonNullType(returnType) && mix(object.hash, fieldName) % 2 === 0) return null;
    throw error;
  }
};

function addReferences(name: string, schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    // Not thrown at once: @apollo/subgraph would forget the promises of the entities before, and nobody see how they end.
    const resolveReference = async (representation: Record<string, unknown>, run: Run) =>
      run.resolveEntity(name, representation);
    type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
  }
}

/** Parses each text once. A text that is not valid by the subgraph's schema is a fault of whoever sends it. */
function createDocuments(name: string, schema: GraphQLSchema) {
  const documents = new Map<string, DocumentNode>();
  return (query: string, run: Run): DocumentNode => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query, { noLocation: true });
    const errors = validate(schema, document);
    if (errors.length > 0) {
      run.problems.push(`${name} was asked what is not valid: ${errors[0]!.message}\n${query}`);
      throw new Error(run.problems.at(-1));
    }
    if (documents.size > 500) documents.clear();
    documents.set(query, document);
    return document;
  };
}

function callFault(subgraph: string, { faults }: Run, document: DocumentNode): 'down' | 'no-data' | null {
  const kind = asksForEntities(document) ? 'entities' : 'roots';
  return faults.calls.find((fault) => fault.subgraph === subgraph && ['all', kind].includes(fault.to))?.kind ?? null;
}

function asksForEntities({ definitions }: DocumentNode): boolean {
  return definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.selectionSet.selections.some((one) => one.kind === Kind.FIELD && one.name.value === '_entities'),
  );
}
