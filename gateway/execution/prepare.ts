import { createHash } from 'node:crypto';
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { CodedError } from '../../common/errors.ts';
import type { PlannedOperation, Planner } from '../planning/planner.ts';
import { measureDocument } from './measure.ts';
import { InvalidDocumentError } from './request-error.ts';
import { chooseOperation, selectOperation } from './select-operation.ts';

/** A parsed, measured, validated and planned operation: all that does not depend on variables. */
export interface PreparedOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  planned: PlannedOperation;
}

export interface OperationLimits {
  /** Tokens of the document, default 10000. */
  maxTokens: number;
  /** Nested selection sets, fragments expanded, default 30. */
  maxDepth: number;
  /** Fields, fragments expanded, default 10000. */
  maxFields: number;
}

export type Prepare = (query: string, operationName: string | null) => Promise<PreparedOperation>;

const MAX_PREPARED = 2000;
/** An operation that could not be planned in time ends a planning thread: it is not tried again for this long. */
const REFUSAL_TTL_MS = 60_000;

/** Prepares each document once; requests for the same one share the work. */
export function createPrepare(planner: Planner, limits: OperationLimits): Prepare {
  const prepared = new LRUCache<string, Promise<PreparedOperation>>({ max: MAX_PREPARED });
  return (query, operationName) => {
    const key = keyOf(query, operationName);
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const preparing = prepare(planner, limits, query, operationName);
    prepared.set(key, preparing);
    preparing.catch((error: unknown) => {
      if (isLasting(error)) prepared.set(key, preparing, { ttl: REFUSAL_TTL_MS });
      else prepared.delete(key);
    });
    return preparing;
  };
}

async function prepare(
  planner: Planner,
  limits: OperationLimits,
  query: string,
  operationName: string | null,
): Promise<PreparedOperation> {
  const whole = parseWithin(limits, query);
  const operation = chooseOperation(whole, operationName);
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new CodedError('BAD_REQUEST', 'Subscriptions are not served over this connection');
  }
  const answer = await planner.plan({ query, operationName });
  switch (answer.kind) {
    case 'planned':
      return { document: selectOperation(whole, operationName), operation, planned: answer.planned };
    case 'invalid':
      throw new InvalidDocumentError('GRAPHQL_VALIDATION_FAILED', answer.errors);
    case 'too-large':
      throw new CodedError('OPERATION_TOO_LARGE', 'The operation cannot be planned within its limits', {
        cause: answer,
      });
    case 'failed':
      throw new Error(`The operation could not be planned: ${answer.message}`);
  }
}

function parseWithin(limits: OperationLimits, query: string): DocumentNode {
  const document = parseDocument(query, limits.maxTokens);
  const { depth, fields } = measureDocument(document);
  if (depth > limits.maxDepth) throw tooLarge(`nests deeper than ${limits.maxDepth} levels`);
  if (fields > limits.maxFields) throw tooLarge(`asks for more than ${limits.maxFields} fields`);
  return document;
}

function parseDocument(query: string, maxTokens: number): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    // The parser is recursive: what is nested thousandfold overflows its stack before any other limit.
    if (error instanceof RangeError) throw tooLarge('nests too deep');
    throw InvalidDocumentError.fromParser(error);
  }
}

function tooLarge(how: string): CodedError {
  return new CodedError('OPERATION_TOO_LARGE', `The operation ${how}`);
}

function isLasting(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'OPERATION_TOO_LARGE';
}

function keyOf(query: string, operationName: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([query, operationName]))
    .digest('base64');
}
