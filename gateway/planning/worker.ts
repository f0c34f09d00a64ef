import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  parse,
  specifiedRules,
} from 'graphql';
import { validateDocument } from '../rights/validate-document.ts';
import { renameClientAliases } from './client-aliases.ts';
import { describeFetches, type SpecContext } from './fetch-specs.ts';
import { findKeyNames } from './key-names.ts';
import type { PlannedOperation } from './planner.ts';
import { ReservedNamesRule } from './reserved-names.ts';

/** A planning thread: validates or plans one operation after the other, and may be killed at any moment. */
export type PlanTask =
  /** A whole document, as the client sent it. */
  | { kind: 'validate'; query: string }
  /** One operation that is valid, as far as its caller may see it. */
  | { kind: 'plan'; query: string };

export type PlanAnswer =
  | { kind: 'planned'; planned: PlannedOperation }
  | { kind: 'valid' }
  | { kind: 'invalid'; errors: readonly GraphQLFormattedError[] }
  | { kind: 'too-large'; message: string }
  | { kind: 'failed'; message: string };

const RULES = [...specifiedRules, ReservedNamesRule];

/** What graphql-js says when comparing all fields with all others would take too long. */
const VALIDATION_ABORTED = 'Validation aborted.';

const supergraph = Supergraph.build(workerData as string);
const apiSchema = supergraph.apiSchema();
const schema = apiSchema.toGraphQLJSSchema();
const planner = new QueryPlanner(supergraph);
const keyNames = findKeyNames(parse(workerData as string));

const wholeSchema = supergraph.schema.toGraphQLJSSchema();
const schemaOf = memoize((subgraph) => supergraph.subgraphs().get(subgraph)!.schema.toGraphQLJSSchema());
const specContext: SpecContext = {
  schema: wholeSchema,
  schemaOf,
  interfaceObjectsOf: memoize((subgraph) => findInterfaceObjects(schemaOf(subgraph), wholeSchema)),
};

parentPort?.on('message', (task: PlanTask) => parentPort?.postMessage(perform(task)));
parentPort?.postMessage('ready');

function perform({ kind, query }: PlanTask): PlanAnswer {
  try {
    return kind === 'validate' ? validateText(query) : plan(query);
  } catch (error) {
    const { message } = error as Error;
    // The planner tells its own limits from its faults by this word alone; a RangeError is a stack overflow.
    return { kind: message.includes('limit') || error instanceof RangeError ? 'too-large' : 'failed', message };
  }
}

function validateText(query: string): PlanAnswer {
  const errors = validateDocument(schema, parse(query), RULES);
  const aborted = errors.find(({ message }) => message === VALIDATION_ABORTED);
  if (aborted) return { kind: 'too-large', message: aborted.message };
  return errors.length > 0 ? { kind: 'invalid', errors: errors.map((error) => error.toJSON()) } : { kind: 'valid' };
}

function plan(query: string): PlanAnswer {
  const { document, clientKeys } = renameClientAliases(withoutLocations(query), keyNames);
  const queryPlan = planner.buildQueryPlan(operationFromDocument(apiSchema, document));
  const specs = describeFetches(queryPlan, specContext);
  return { kind: 'planned', planned: { document, clientKeys, plan: queryPlan, specs } };
}

/** They are most of a document's size, and it goes to another thread. */
function withoutLocations(query: string): DocumentNode {
  return parse(query, { noLocation: true });
}

function findInterfaceObjects(subgraph: GraphQLSchema, whole: GraphQLSchema): ReadonlySet<string> {
  const names = Object.keys(subgraph.getTypeMap());
  return new Set(names.filter((name) => isObjectType(subgraph.getType(name)) && isInterfaceType(whole.getType(name))));
}

function memoize<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}
