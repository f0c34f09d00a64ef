import { type DocumentNode, GraphQLError, type OperationDefinitionNode, parse } from 'graphql';
import { CodedError } from '../../common/errors.ts';
import type { CostModel } from '../cost/cost-model.ts';
import { costOfOperation, type OperationCost } from '../cost/operation-cost.ts';
import { measureDocument, type OperationSize } from './measure.ts';
import { InvalidDocumentError } from './request-error.ts';
import { chooseOperation } from './select-operation.ts';

/** How large and how dear one operation may be, its fragments written out. */
export interface OperationLimits {
  /** Tokens of the document, default 10000. */
  maxTokens: number;
  /** Nested selection sets, default 30. */
  maxDepth: number;
  /** Fields, default 5000. */
  maxFields: number;
  /** Aliases, default 500. */
  maxAliases: number;
  /** Fields of the root type, default 100. */
  maxRootFields: number;
  /** Uses of directives, default 500. */
  maxDirectives: number;
  /** Items of one list that an argument asks for, default 1000. */
  maxListSize: number;
  /** Points, default 50000. */
  maxCost: number;
}

/** The limits, and what they are counted by. */
export interface OperationBounds {
  limits: OperationLimits;
  costs: CostModel;
}

/** An operation within the limits that do not depend on a request's variables. */
export interface LimitedOperation {
  /** As it was sent, with all its operations. */
  document: DocumentNode;
  /** The one that is to run. */
  operation: OperationDefinitionNode;
  cost: OperationCost;
}

/**
 * The first look at a document, before validation and planning, in time linear in it: parses, measures, counts. Throws
 * OPERATION_TOO_LARGE, BAD_REQUEST when it is not clear which operation is to run, or an InvalidDocumentError.
 */
export function limitOperation(
  query: string,
  operationName: string | null,
  { limits, costs }: OperationBounds,
): LimitedOperation {
  try {
    // Locations cost more memory than all else, and only validation needs them, which parses for itself.
    const document = parse(query, { maxTokens: limits.maxTokens, noLocation: true });
    limitSize(measureDocument(document), limits);
    const operation = chooseOperation(document, operationName);
    const cost = costOfOperation(document, operation, costs);
    if (cost.isConstant) limitCost(cost, {}, limits);
    return { document, operation, cost };
  } catch (error) {
    // All of it is recursive: what is nested thousandfold overflows the stack before any other limit.
    if (error instanceof RangeError)
      throw tooLarge('depth', limits.maxDepth, `nests deeper than ${limits.maxDepth} levels`);
    if (error instanceof GraphQLError) throw syntaxError(error, limits);
    throw error;
  }
}

/** What the operation costs with these variables. Throws OPERATION_TOO_LARGE when that is more than any may cost. */
export function limitCost(
  cost: OperationCost,
  variables: Readonly<Record<string, unknown>>,
  limits: Pick<OperationLimits, 'maxListSize' | 'maxCost'>,
): number {
  const { maxListSize, maxCost } = limits;
  if (cost.listSize(variables) > maxListSize) {
    throw tooLarge('listSize', maxListSize, `asks for more than ${maxListSize} items of one list`);
  }
  const points = cost.points(variables);
  if (points > maxCost) {
    throw tooLarge(
      'cost',
      maxCost,
      `costs ${points} points, and one may cost ${maxCost}; ask for less, or for shorter lists`,
    );
  }
  return points;
}

function limitSize(size: OperationSize, limits: OperationLimits): void {
  const { maxDepth, maxFields, maxAliases, maxRootFields, maxDirectives } = limits;
  if (size.depth > maxDepth) throw tooLarge('depth', maxDepth, `nests deeper than ${maxDepth} levels`);
  if (size.fields > maxFields) throw tooLarge('fields', maxFields, `asks for more than ${maxFields} fields`);
  if (size.aliases > maxAliases) throw tooLarge('aliases', maxAliases, `has more than ${maxAliases} aliases`);
  if (size.rootFields > maxRootFields) {
    throw tooLarge('rootFields', maxRootFields, `asks for more than ${maxRootFields} root fields`);
  }
  if (size.directives > maxDirectives) {
    throw tooLarge('directives', maxDirectives, `uses more than ${maxDirectives} directives`);
  }
}

function syntaxError(error: GraphQLError, { maxTokens }: OperationLimits): Error {
  // The parser has one kind of error for both.
  if (/^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(error.message))
    throw tooLarge('tokens', maxTokens, `has more than ${maxTokens} tokens`);
  return new InvalidDocumentError('GRAPHQL_PARSE_FAILED', [error.toJSON()]);
}

/** Names the limit and what it allows also for programs. */
function tooLarge(limit: string, allowed: number, how: string): CodedError {
  return new CodedError('OPERATION_TOO_LARGE', `The operation ${how}`, { details: { limit, allowed } });
}
