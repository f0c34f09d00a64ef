import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { selectOperation } from '../execution/select-operation.ts';
import { describeFetches, type SpecContext } from './fetch-specs.ts';
import type { PlannedOperation } from './planner.ts';

/** A planning thread: validates and plans one operation after the other, and may be killed at any moment. */
export interface PlanTask {
  query: string;
  operationName: string | null;
}

export type PlanAnswer =
  | { kind: 'planned'; planned: PlannedOperation }
  | { kind: 'invalid'; errors: readonly GraphQLFormattedError[] }
  | { kind: 'too-large'; message: string }
  | { kind: 'failed'; message: string };

/** More messages than this tell nobody anything, and each costs time. */
const MAX_VALIDATION_ERRORS = 20;

const supergraph = Supergraph.build(workerData as string);
const apiSchema = supergraph.apiSchema();
const schema = apiSchema.toGraphQLJSSchema();
const planner = new QueryPlanner(supergraph);

const specContext: SpecContext = {
  schema: supergraph.schema.toGraphQLJSSchema(),
  schemaOf: memoize((subgraph) => supergraph.subgraphs().get(subgraph)!.schema.toGraphQLJSSchema()),
};

parentPort?.on('message', (task: PlanTask) => parentPort?.postMessage(plan(task)));
parentPort?.postMessage('ready');

function plan(task: PlanTask): PlanAnswer {
  try {
    return validateAndPlan(task);
  } catch (error) {
    const { message } = error as Error;
    // The planner tells its own limits from its faults by this word alone; a RangeError is a stack overflow.
    return { kind: message.includes('limit') || error instanceof RangeError ? 'too-large' : 'failed', message };
  }
}

function validateAndPlan({ query, operationName }: PlanTask): PlanAnswer {
  const whole = parse(query);
  const errors = validate(schema, whole, specifiedRules, { maxErrors: MAX_VALIDATION_ERRORS });
  if (errors.length > 0) return { kind: 'invalid', errors: errors.map((error) => error.toJSON()) };
  const document = selectOperation(whole, operationName);
  const taken = reservedVariable(document);
  if (taken) return { kind: 'invalid', errors: [taken.toJSON()] };
  const queryPlan = planner.buildQueryPlan(operationFromDocument(apiSchema, document));
  return { kind: 'planned', planned: { plan: queryPlan, specs: describeFetches(queryPlan, specContext) } };
}

/** Federation's own variable of every entity fetch. */
const REPRESENTATIONS = 'representations';

function reservedVariable(document: DocumentNode): GraphQLError | null {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const taken = operation?.variableDefinitions?.find(({ variable }) => variable.name.value === REPRESENTATIONS);
  return taken ? new GraphQLError(`A variable cannot be named "${REPRESENTATIONS}" here.`, { nodes: taken }) : null;
}

function memoize<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}
