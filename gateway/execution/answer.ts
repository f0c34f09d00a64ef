import { executeSync, type GraphQLError, getVariableValues, OperationTypeNode } from 'graphql';
import { CodedError, ERROR_CODES, type ErrorCode } from '../../common/errors.ts';
import type { ExecutionErrorBody } from '../../common/transport.ts';
import type { Audit } from '../audit/audit.ts';
import type { SentDocument } from '../documents/sent-document.ts';
import type { TrustedDocuments } from '../documents/trusted-documents.ts';
import type { Generation } from '../generation.ts';
import type { Authorizer } from '../rights/authorizer.ts';
import { evaluatePolicies, type Policy } from '../rights/caller-rights.ts';
import type { Decision } from '../rights/decision.ts';
import { judgeRequest, type Verdict } from '../rights/judge-request.ts';
import { placeAuthorizationErrors } from '../rights/place-authorization-errors.ts';
import type { CallerRights } from '../rights/rule.ts';
import { isShaped, shapeAnswer } from '../rights/shape-answer.ts';
import type { AnswerBody } from './answer-body.ts';
import type { ReadOperation } from './prepare.ts';
import type { RequestContext } from './request-context.ts';
import { InvalidDocumentError } from './request-error.ts';
import type { Executed } from './response.ts';

/** The parameters of one GraphQL request, however they came. */
export interface GraphQLParams {
  document: SentDocument;
  operationName: string | null;
  variables: Record<string, unknown>;
}

/** What a request came to: a result of executing it, or the reason why it was not executed. */
export type Answer =
  /** `isPublic`: nobody had to say who they are for it. */
  | { kind: 'executed'; body: AnswerBody; isQuery: boolean; isPublic: boolean }
  | { kind: 'refused'; reason: Refusal; errors: readonly ExecutionErrorBody[] };

export type Refusal = 'invalid' | 'mutation-over-get' | 'over-budget' | 'overloaded' | 'internal';

/** Answers one operation on one generation. Never throws: what goes wrong is an answer too. */
export async function answerOperation(
  generation: Generation,
  { document, operationName, variables }: GraphQLParams,
  context: RequestContext,
  options: {
    isReadOnly: boolean;
    policies: ReadonlyMap<string, Policy>;
    audit: Audit | null;
    documents: TrustedDocuments;
  },
): Promise<Answer> {
  try {
    const query = await options.documents.textOf(document, context.caller);
    const read = await generation.readQuery(query, operationName);
    if (options.isReadOnly && read.operation.operation !== OperationTypeNode.QUERY) return refuseMutation();
    checkVariables(generation, read, variables);
    await context.purse.pay(read.price(variables));
    const rights = await rightsFor(generation.authorizer, read, context, options.policies);
    const decision = generation.authorizer.decide(read.document, rights);
    const verdict = judgeRequest(decision, variables);
    if (verdict.errors.length > 0) context.metrics.onDenied(coordinatesOf(verdict));
    const reads = generation.surveyReads(decision, variables);
    const name = read.operation.name?.value ?? null;
    const kind = {
      kind: 'executed',
      isQuery: read.operation.operation === OperationTypeNode.QUERY,
      isPublic: !context.caller.isAuthenticated && generation.authorizer.isPublic(read.document),
    } as const;
    // Awaited before the answer is handed out: an audit that is required and can't be kept must keep it back.
    const record = (isRefused: boolean) => options.audit?.record({ ...context, operationName: name, reads, isRefused });
    if (verdict.kind === 'refused') {
      await record(true);
      return { ...kind, body: { errors: verdict.errors, data: null } };
    }
    const executed = await executeAllowed(generation, decision, variables, context);
    await record(false);
    const shaped = isShaped(decision)
      ? shapeAnswer(decision, executed.objectBody(), {
          introspection: introspect(generation.authorizer, decision, rights, variables),
          variables,
        })
      : executed.body();
    return { ...kind, body: placeAuthorizationErrors(shaped, verdict.errors, context.authorizationErrors) };
  } catch (error) {
    return refuse(error, context);
  }
}

/** What the caller may do, with those policies evaluated that this operation depends on. */
async function rightsFor(
  authorizer: Authorizer,
  { document }: ReadOperation,
  { caller, log }: RequestContext,
  policies: ReadonlyMap<string, Policy>,
): Promise<CallerRights> {
  const { isAuthenticated, scopes, claims } = caller;
  const onFailed = (policy: string, err: unknown) => log.error({ err, policy }, 'a policy failed, and so denies');
  const held = await evaluatePolicies(authorizer.policiesOf(document), policies, claims, onFailed);
  return { isAuthenticated, scopes, policies: held };
}

/** What is left of the operation, and nothing else, reaches the planner and the subgraphs. */
async function executeAllowed(
  generation: Generation,
  decision: Decision,
  variables: Record<string, unknown>,
  context: RequestContext,
): Promise<Executed> {
  if (decision.document === null) return NOTHING_EXECUTED;
  const planning = context.span?.child('plan');
  const prepared = await generation.prepare(decision.document, variables).finally(() => planning?.end());
  const execution = context.span?.child('execute') ?? null;
  try {
    return await generation.execute(prepared, variables, { ...context, span: execution });
  } finally {
    execution?.end();
  }
}

const NOTHING_EXECUTED: Executed = { body: () => ({ data: {} }), objectBody: () => ({ data: {} }) };

function introspect(
  authorizer: Authorizer,
  { introspection }: Decision,
  rights: CallerRights,
  variables: Record<string, unknown>,
): Record<string, unknown> | null {
  if (introspection === null) return null;
  const schema = authorizer.visibleSchema(rights);
  return executeSync({ schema, document: introspection, variableValues: variables }).data ?? null;
}

function coordinatesOf({ errors }: Verdict): Set<string> {
  return new Set(errors.map(({ extensions }) => String(extensions?.coordinate)));
}

function checkVariables(generation: Generation, { operation }: ReadOperation, variables: Record<string, unknown>) {
  const { errors } = getVariableValues(generation.schema, operation.variableDefinitions ?? [], variables, {
    hideSuggestions: true,
  });
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

const REASON_OF_CODE: Partial<Record<ErrorCode, Refusal>> = {
  OVERLOADED: 'overloaded',
  AUDIT_UNAVAILABLE: 'overloaded',
  BUDGET_EXCEEDED: 'over-budget',
};

function refuse(error: unknown, context: RequestContext): Answer {
  // Cast: the errors of a document come from graphql-js, whose extensions are ours: a code.
  if (error instanceof InvalidDocumentError) {
    return { kind: 'refused', reason: 'invalid', errors: error.errors as readonly ExecutionErrorBody[] };
  }
  if (error instanceof CodedError && error.code !== 'INTERNAL_SERVER_ERROR') {
    context.log[ERROR_CODES[error.code].severity]({ err: error }, 'operation refused');
    return { kind: 'refused', reason: REASON_OF_CODE[error.code] ?? 'invalid', errors: [toErrorBody(error)] };
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
