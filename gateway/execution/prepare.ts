import { createHash } from 'node:crypto';
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { CodedError } from '../../common/errors.ts';
import type { PlannedOperation, Planner } from '../planning/planner.ts';
import { conditionVariables, settleConditions } from '../planning/settle-conditions.ts';
import type { PlanAnswer } from '../planning/worker.ts';
import { writeOutRoot } from '../planning/write-out-root.ts';
import { readVariables } from '../rights/sent-variables.ts';
import { limitCost, limitOperation, type OperationBounds } from './limit-operation.ts';
import { InvalidDocumentError } from './request-error.ts';
import { chooseOperation, selectOperation } from './select-operation.ts';

/** A measured and valid operation, before anybody's rights are looked at. The same object for the same text. */
export interface ReadOperation {
  /** The one operation that is to run, with the fragments of its document. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** What it costs with these variables, in points. Throws OPERATION_TOO_LARGE when no request may cost so much. */
  price(variables: Record<string, unknown>): number;
}

/** A planned operation: all that does not depend on variables, save those that decide what is included. */
export interface PreparedOperation extends PlannedOperation {
  operation: OperationDefinitionNode;
  /** A response key that is not the client's, and no part of the answer. */
  emptyKey: string;
}

/** Reads what a client sent. */
export type ReadQuery = (query: string, operationName: string | null) => Promise<ReadOperation>;

/** Plans what is left of an operation for a caller. */
export type Prepare = (document: DocumentNode, variables: Record<string, unknown>) => Promise<PreparedOperation>;

/** Told of each look at what is kept: whether it was there. */
type OnRead = (isKept: boolean) => void;

const MAX_KEPT = 2000;
/** Of one document, for the values of its conditions; what is beyond them is found by its text. */
const MAX_VARIANTS = 64;
/** Of memory, by an estimate that rather says too much. */
const MAX_KEPT_BYTES = 150_000_000;
/** What is kept of a document for each character of it. */
const BYTES_A_CHARACTER = 30;
/** What is kept of one fetch of a plan, and what is compiled for it; beside that, for each character of its text. */
const BYTES_A_FETCH = 6000;
/** An operation that could not be worked out in time ends a planning thread: it is not tried again for this long. */
const REFUSAL_TTL_MS = 60_000;

/** Reads each document once; requests for the same one share the work. */
export function createReadQuery(planner: Planner, bounds: OperationBounds, onRead: OnRead): ReadQuery {
  const kept = createShared<ReadOperation>(onRead);
  return (query, operationName) =>
    kept(JSON.stringify([query, operationName]), query.length * BYTES_A_CHARACTER, () =>
      readQuery(planner, bounds, query, operationName),
    );
}

/**
 * Plans by the text of what is planned, never by what the client sent: a caller who may see less asks for another text,
 * and so never meets the plan of one who may see more.
 */
export function createPrepare(planner: Planner, onRead: OnRead): Prepare {
  const byDocument = new WeakMap<DocumentNode, Variants>();
  const kept = createShared<PreparedOperation>(onRead);
  return (document, sent) => {
    const variants = byDocument.get(document) ?? createVariants(document);
    byDocument.set(document, variants);
    const { names, operation, prepared } = variants;
    const variables = readVariables(operation, sent);
    const values = names.map((name) => String(variables.valueOf(name))).join();
    const known = prepared.get(values);
    if (known !== undefined) {
      onRead(true);
      return known;
    }
    const { document: settled, emptyKey } = settleConditions(document, variables);
    const query = print(writeOutRoot(settled));
    const preparing = kept(
      query,
      query.length * BYTES_A_CHARACTER,
      () => plan(planner, query, emptyKey),
      bytesOfFetches,
    );
    prepared.set(values, preparing);
    preparing.catch(() => prepared.delete(values));
    return preparing;
  };
}

/** One document, as it was planned for the values of its conditions. */
interface Variants {
  names: readonly string[];
  operation: OperationDefinitionNode;
  prepared: LRUCache<string, Promise<PreparedOperation>>;
}

function createVariants(document: DocumentNode): Variants {
  return {
    names: conditionVariables(document),
    operation: chooseOperation(document, null),
    prepared: new LRUCache({ max: MAX_VARIANTS }),
  };
}

function bytesOfFetches({ specs }: PreparedOperation): number {
  return specs.reduce((sum, { operation }) => sum + BYTES_A_FETCH + operation.length * BYTES_A_CHARACTER, 0);
}

function createShared<T>(onRead: OnRead) {
  const kept = new LRUCache<string, Promise<T>>({ max: MAX_KEPT, maxSize: MAX_KEPT_BYTES });
  /** `size`: bytes that are kept in any case; `moreFor`: beside them, once the work is done. */
  return (text: string, size: number, work: () => Promise<T>, moreFor: (done: T) => number = () => 0): Promise<T> => {
    const key = createHash('sha256').update(text).digest('base64');
    const known = kept.get(key);
    onRead(known !== undefined);
    if (known !== undefined) return known;
    const working = work();
    kept.set(key, working, { size });
    working.then(
      (done) => {
        const more = moreFor(done);
        if (more > 0) kept.set(key, working, { size: size + more });
      },
      (error: unknown) => {
        const isTooLarge = error instanceof CodedError && error.code === 'OPERATION_TOO_LARGE';
        if (isTooLarge) kept.set(key, working, { size, ttl: REFUSAL_TTL_MS });
        else if (!(error instanceof InvalidDocumentError)) kept.delete(key);
      },
    );
    return working;
  };
}

async function readQuery(
  planner: Planner,
  bounds: OperationBounds,
  query: string,
  operationName: string | null,
): Promise<ReadOperation> {
  const { document: whole, operation, cost } = limitOperation(query, operationName, bounds);
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new CodedError('BAD_REQUEST', 'Subscriptions are not served over this connection');
  }
  const answer = await planner.perform({ kind: 'validate', query });
  if (answer.kind !== 'valid') throw failureOf(answer);
  const price = (variables: Record<string, unknown>) => limitCost(cost, variables, bounds.limits);
  return { document: selectOperation(whole, operationName), operation, price };
}

async function plan(planner: Planner, query: string, emptyKey: string): Promise<PreparedOperation> {
  const answer = await planner.perform({ kind: 'plan', query });
  if (answer.kind === 'planned') {
    return { ...answer.planned, operation: chooseOperation(answer.planned.document, null), emptyKey };
  }
  throw failureOf(answer);
}

function failureOf(answer: PlanAnswer): Error {
  switch (answer.kind) {
    case 'invalid':
      return new InvalidDocumentError('GRAPHQL_VALIDATION_FAILED', answer.errors);
    case 'too-large':
      return new CodedError('OPERATION_TOO_LARGE', 'The operation cannot be planned within its limits', {
        cause: answer,
      });
    default:
      return new Error(`The operation could not be worked out: ${'message' in answer ? answer.message : answer.kind}`);
  }
}
