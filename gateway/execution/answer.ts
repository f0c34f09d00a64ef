import { type GraphQLError, getVariableValues, OperationTypeNode } from 'graphql';
import { CodedError, ERROR_CODES } from '../../common/errors.ts';
import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { Generation } from '../generation.ts';
import type { PreparedOperation } from './prepare.ts';
import type { RequestContext } from './request-context.ts';
import { InvalidDocumentError } from './request-error.ts';

/** The parameters of one GraphQL request, however they came. */
export interface GraphQLParams {
  query: string;
  operationName: string | null;
  variables: Record<string, unknown>;
}

/** What a request came to: a result of executing it, or the reason why it was not executed. */
export type Answer =
  | { kind: 'executed'; body: ExecutionResultBody }
  | { kind: 'refused'; reason: Refusal; errors: readonly ExecutionErrorBody[] };

export type Refusal = 'invalid' | 'mutation-over-get' | 'overloaded' | 'internal';

/** Answers one operation on one generation. Never throws: what goes wrong is an answer too. */
export async function answerOperation(
  generation: Generation,
  { query, operationName, variables }: GraphQLParams,
  context: RequestContext,
  options: { isReadOnly: boolean },
): Promise<Answer> {
  try {
    const prepared = await generation.prepare(query, operationName);
    if (options.isReadOnly && prepared.operation.operation !== OperationTypeNode.QUERY) return refuseMutation();
    checkVariables(generation, prepared, variables);
    return { kind: 'executed', body: await generation.execute(prepared, variables, context) };
  } catch (error) {
    return refuse(error, context);
  }
}

function checkVariables(generation: Generation, { operation }: PreparedOperation, variables: Record<string, unknown>) {
  const { errors } = getVariableValues(generation.schema, operation.variableDefinitions ?? [], variables);
  if (errors)
    throw new InvalidDocumentError(
      'BAD_USER_INPUT',
      errors.map((error: GraphQLError) => error.toJSON()),
    );
}

function refuseMutation(): Answer {
  const error = new CodedError('BAD_REQUEST', 'A mutation may only be sent with POST');
  return { kind: 'refused', reason: 'mutation-over-get', errors: [toErrorBody(error)] };
}

function refuse(error: unknown, context: RequestContext): Answer {
  // Cast: the errors of a document come from graphql-js, whose extensions are ours: a code.
  if (error instanceof InvalidDocumentError) {
    return { kind: 'refused', reason: 'invalid', errors: error.errors as readonly ExecutionErrorBody[] };
  }
  if (error instanceof CodedError && error.code !== 'INTERNAL_SERVER_ERROR') {
    context.log[ERROR_CODES[error.code].severity]({ err: error }, 'operation refused');
    const reason = error.code === 'OVERLOADED' ? 'overloaded' : 'invalid';
    return { kind: 'refused', reason, errors: [toErrorBody(error)] };
  }
  context.log.error({ err: error }, 'operation failed');
  return {
    kind: 'refused',
    reason: 'internal',
    errors: [toErrorBody(new CodedError('INTERNAL_SERVER_ERROR', 'Internal error'))],
  };
}

function toErrorBody({ message, details, code }: CodedError): ExecutionErrorBody {
  return { message, extensions: { ...details, code } };
}
