import type { PlanNode } from '@apollo/query-planner';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { FetchSpec } from '../planning/fetch-specs.ts';
import { type AskedPart, createAskedPart } from './asked-part.ts';
import type { SubgraphAccess } from './call-subgraph.ts';
import { compileMerge } from './code/merge.ts';
import type { Build } from './code/source.ts';
import { compileWriter, type WriteAnswer } from './code/write-answer.ts';
import { type Completed, completeData } from './complete.ts';
import type { Data, Step } from './fetch.ts';
import { entityStep, type Question } from './fetch-entities.ts';
import { rootStep } from './fetch-root.ts';
import { type AnswerCache, createKeptTopic, type KeptTopic } from './kept.ts';
import type { PreparedOperation } from './prepare.ts';
import { createSelectedFields } from './selected-fields.ts';
import { findSharedObjects, type SharedObjects } from './shared-objects.ts';
import { createRequestOf } from './subgraph-request.ts';
import { createTargetFinders, type TargetsIn } from './targets.ts';

/** All of an operation that no request changes, made once. */
export interface CompiledOperation {
  /** Fetches what the plan says. */
  run: Step;
  output: AnswerOutput;
}

/** Makes answers of what was fetched. */
export interface AnswerOutput {
  /** As JSON text, with the client's own keys; null when the data does not fit the API schema. */
  write: WriteAnswer;
  /** As an object, with the keys that were planned, and what in the data does not fit. */
  complete(data: Data): Completed;
  /** For paths into this data. */
  askedPart(data: Data): AskedPart;
}

export interface CompileContext {
  /** What clients see: the API schema. */
  schema: GraphQLSchema;
  accessOf(subgraph: string): SubgraphAccess;
  /** Null: nothing is kept of what subgraphs answer. */
  answerCache: AnswerCache | null;
  build: Build;
}

export function compileOperation(prepared: PreparedOperation, context: CompileContext): CompiledOperation {
  const { plan, specs } = prepared;
  const { schema, accessOf, answerCache, build } = context;
  const shared = findSharedObjects(specs);
  const { node } = plan;
  const run =
    node === undefined || node.kind === 'Subscription'
      ? () => null
      : compilePlan(node, {
          prepared,
          specs: specs.values(),
          shared,
          targetsAt: createTargetFinders(shared, build),
          accessOf,
          answerCache,
          schema,
          build,
          questions: new Map(),
        });
  return { run, output: createOutput(prepared, shared, context) };
}

function createOutput(
  prepared: PreparedOperation,
  shared: SharedObjects,
  { schema, build }: CompileContext,
): AnswerOutput {
  const { document, operation, emptyKey, clientKeys } = prepared;
  const type = schema.getRootType(operation.operation)!;
  const sets = [operation.selectionSet];
  const selected = createSelectedFields(document, { schema, emptyKey });
  const isShared = (path: readonly string[]) => shared.has([...path]);
  const config = { schema, selected, clientKeys, isShared, build };
  let write: WriteAnswer | null = null;
  return {
    write: (data) => {
      write ??= compileWriter(type, sets, config);
      return write(data);
    },
    complete: (data) => completeData({ data, type, sets }, config),
    askedPart: (data) => createAskedPart({ data, type, sets }, config),
  };
}

interface PlanContext {
  prepared: PreparedOperation;
  /** In the plan's order. */
  specs: IterableIterator<FetchSpec>;
  shared: SharedObjects;
  targetsAt(path: FetchSpec['path']): TargetsIn;
  accessOf: CompileContext['accessOf'];
  answerCache: AnswerCache | null;
  schema: GraphQLSchema;
  build: Build;
  /** What is asked of entities, by subgraph and text. */
  questions: Map<string | symbol, Question>;
}

function compilePlan(node: PlanNode, context: PlanContext): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, context);
    case 'Flatten':
      // Specs hold the whole path.
      return compilePlan(node.node, context);
    case 'Sequence':
      return sequence(node.nodes.map((child) => compilePlan(child, context)));
    case 'Parallel':
      return parallel(node.nodes.map((child) => compilePlan(child, context)));
    case 'Condition':
    case 'Defer':
      throw new Error(`Nothing that is planned here has a ${node.kind} node: conditions are settled before`);
  }
}

function sequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) {
      const working = step(run);
      if (working !== null) await working;
    }
  };
}

function parallel(steps: readonly Step[]): Step {
  return (run) => {
    const working = steps.map((step) => step(run)).filter((one) => one !== null);
    return working.length > 1 ? Promise.all(working) : (working[0] ?? null);
  };
}

type FetchNode = Extract<PlanNode, { kind: 'Fetch' }>;

function compileFetch(node: FetchNode, context: PlanContext): Step {
  const { shared, prepared, build } = context;
  const spec: FetchSpec = context.specs.next().value!;
  const isMutation = node.operationKind === OperationTypeNode.MUTATION;
  const requestOf = createRequestOf({
    query: node.operation,
    operationName: node.operationName,
    variableNames: node.variableUsages ?? [],
    isMutation,
  });
  // What was true before a mutation may not be after it.
  const mayShare = prepared.operation.operation === OperationTypeNode.QUERY;
  const kept = mayShare ? topicOf(node, context) : null;
  const fetch = { spec, access: context.accessOf(node.serviceName), requestOf };
  const merge = compileMerge(shared.keysOf(spec), spec.interfaceObjects, build);
  const targetsIn = context.targetsAt(spec.path);
  const entered = shared.enteredIn(spec);
  if (spec.requires === null) return rootStep({ fetch, merge, targetsIn, entered, kept, build });
  const question = joinQuestion(mayShare ? questionOf(node) : Symbol('alone'), context.questions);
  return entityStep({ fetch, requires: spec.requires, merge, targetsIn, question, entered, kept, build });
}

function topicOf(node: FetchNode, { answerCache, schema }: PlanContext): KeptTopic | null {
  if (answerCache === null) return null;
  const { serviceName: subgraph, variableUsages: variableNames = [] } = node;
  const fetch = { subgraph, operation: anonymous(node), isRoot: node.requires === undefined, variableNames };
  return createKeptTopic(fetch, answerCache, schema);
}

/** Equal for fetches that ask the same of entities: each has a name of its own, which is left out. */
function questionOf(node: FetchNode): string {
  const { serviceName, requires, inputRewrites = [], outputRewrites = [] } = node;
  return JSON.stringify([serviceName, anonymous(node), requires, inputRewrites, outputRewrites]);
}

function anonymous({ operation, operationName }: FetchNode): string {
  return operationName === undefined ? operation : operation.replace(operationName, '');
}

function joinQuestion(key: string | symbol, questions: PlanContext['questions']): Question {
  const question = questions.get(key) ?? { number: questions.size, askers: 0 };
  question.askers += 1;
  questions.set(key, question);
  return question;
}
