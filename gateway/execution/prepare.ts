import { createHash } from 'node:crypto';
import { type DocumentNode, GraphQLError, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { CodedError } from '../../common/errors.ts';
import type { PlannedOperation, Planner } from '../planning/planner.ts';
import { measureDocument } from './measure.ts';
import { InvalidDocumentError } from './request-error.ts';
import { chooseOperation } from './select-operation.ts';

/** A measured, validated and planned operation: all that does not depend on variables. */
export interface PreparedOperation extends PlannedOperation {
  operation: OperationDefinitionNode;
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
/** Of documents' texts; what is kept of one takes some thirty times its text. */
const MAX_PREPARED_CHARS = 5_000_000;
/** An operation that could not be planned in time ends a planning thread: it is not tried again for this long. */
const REFUSAL_TTL_MS = 60_000;

/** Prepares each document once; requests for the same one share the work. */
export function createPrepare(planner: Planner, limits: OperationLimits): Prepare {
  const prepared = new LRUCache<string, Promise<PreparedOperation>>({ max: MAX_PREPARED, maxSize: MAX_PREPARED_CHARS });
  return (query, operationName) => {
    const key = keyOf(query, operationName);
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const preparing = prepare(planner, limits, query, operationName);
    prepared.set(key, preparing, { size: query.length });
    preparing.catch((error: unknown) => {
      const isTooLarge = error instanceof CodedError && error.code === 'OPERATION_TOO_LARGE';
      if (isTooLarge) prepared.set(key, preparing, { size: query.length, ttl: REFUSAL_TTL_MS });
      else if (!(error instanceof InvalidDocumentError)) prepared.delete(key);
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
  if (chooseOperation(whole, operationName).operation === OperationTypeNode.SUBSCRIPTION) {
    throw new CodedError('BAD_REQUEST', 'Subscriptions are not served over this connection');
  }
  const answer = await planner.plan({ query, operationName });
  switch (answer.kind) {
    case 'planned':
      return { ...answer.planned, operation: chooseOperation(answer.planned.document, null) };
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
  try {
    // Locations cost more memory than all else, and only validation needs them, which parses for itself.
    const document = parse(query, { maxTokens: limits.maxTokens, noLocation: true });
    const { depth, fields } = measureDocument(document);
    if (depth > limits.maxDepth) throw tooLarge(`nests deeper than ${limits.maxDepth} levels`);
    if (fields > limits.maxFields) throw tooLarge(`asks for more than ${limits.maxFields} fields`);
    return document;
  } catch (error) {
    // Both are recursive: what is nested thousandfold overflows the stack before any other limit.
    if (error instanceof RangeError) throw tooLarge('nests too deep');
    if (error instanceof GraphQLError) throw syntaxError(error, limits);
    throw error;
  }
}

function syntaxError(error: GraphQLError, { maxTokens }: OperationLimits): Error {
  // The parser has one kind of error for both.
  if (/^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(error.message))
    throw tooLarge(`has more than ${maxTokens} tokens`);
  return new InvalidDocumentError('GRAPHQL_PARSE_FAILED', [error.toJSON()]);
}

function tooLarge(how: string): CodedError {
  return new CodedError('OPERATION_TOO_LARGE', `The operation ${how}`);
}

function keyOf(query: string, operationName: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([query, operationName]))
    .digest('base64');
}
