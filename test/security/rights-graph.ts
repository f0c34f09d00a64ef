import { type DocumentNode, executeSync, parse } from 'graphql';
import { createLogger } from '../../common/log.ts';
import { createMetrics } from '../../common/metrics/metrics.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { createTouchedRecords } from '../../gateway/audit/touched-records.ts';
import { BOTTOMLESS } from '../../gateway/budgets/purse.ts';
import type { AnswerBody, ObjectData } from '../../gateway/execution/answer-body.ts';
import { createAnswerFreshness } from '../../gateway/execution/answer-freshness.ts';
import { createExecutor } from '../../gateway/execution/executor.ts';
import { createPrepare } from '../../gateway/execution/prepare.ts';
import { selectOperation } from '../../gateway/execution/select-operation.ts';
import { createPlanner } from '../../gateway/planning/planner.ts';
import { createAuthorizer } from '../../gateway/rights/authorizer.ts';
import { judgeRequest } from '../../gateway/rights/judge-request.ts';
import { placeAuthorizationErrors } from '../../gateway/rights/place-authorization-errors.ts';
import { buildRightsIndex } from '../../gateway/rights/rights-index.ts';
import { shapeAnswer } from '../../gateway/rights/shape-answer.ts';
import { validateDocument } from '../../gateway/rights/validate-document.ts';
import { stripSupergraph } from '../../gateway/supergraph/strip.ts';
import { ANONYMOUS } from '../../gateway/tokens/caller.ts';
import { createHttpTransports } from '../../gateway/transport/http-transport.ts';
import { composeSubgraphs } from '../contract/gateway-fixture.ts';
import { type SubgraphParts, startTestSubgraph } from '../contract/gateway-subgraph.ts';

const DEADLINE_MS = 10_000;

export interface Asked {
  scopes?: string;
  isAuthenticated?: boolean;
  variables?: Record<string, unknown>;
  operationName?: string | null;
}

/**
 * Rights in front of the gateway's own planner and executor, over real HTTP subgraphs that record what reaches them.
 */
export async function startGuardedGraph(parts: readonly SubgraphParts[]) {
  const subgraphs = await Promise.all(parts.map(startTestSubgraph));
  const supergraphSdl = composeSubgraphs(subgraphs);
  const log = createLogger({ level: 'silent', name: 'test' });
  const transports = createHttpTransports();
  const stripped = stripSupergraph(supergraphSdl);
  const executor = await createExecutor({
    supergraphSdl: stripped,
    transportOf: transports.transportOf,
    subgraphTimeoutMs: DEADLINE_MS,
    shareCallsMs: 0,
    answerCache: null,
    log,
  });
  const planner = await createPlanner({ supergraphSdl: stripped, deadlineMs: DEADLINE_MS });
  const index = buildRightsIndex(supergraphSdl, { undeclaredFields: 'public' });
  const authorizer = createAuthorizer({ schema: executor.schema, index });

  const prepare = createPrepare(planner, () => {});
  // As in the gateway: decisions are kept with their document.
  const documents = new Map<string, DocumentNode>();

  async function ask(query: string, asked: Asked = {}): Promise<ExecutionResultBody> {
    const { scopes = '', isAuthenticated = true, variables = {}, operationName = null } = asked;
    const rights = { isAuthenticated, scopes: new Set(scopes.split(' ')), policies: new Set<string>() };
    const whole = parse(query);
    const invalid = validateDocument(executor.schema, whole);
    if (invalid.length > 0) return { errors: invalid.map(({ message }) => ({ message })) };
    const document = remembered(documents, `${operationName} ${query}`, () => selectOperation(whole, operationName));
    const decision = authorizer.decide(document, rights);
    const verdict = judgeRequest(decision, variables);
    if (verdict.kind === 'refused') return { data: null, errors: verdict.errors };
    const body = decision.document === null ? { data: {} } : await execute(decision.document, variables);
    const introspection =
      decision.introspection &&
      executeSync({
        schema: authorizer.visibleSchema(rights),
        document: decision.introspection,
        variableValues: variables,
      }).data;
    const shaped = shapeAnswer(decision, body, { introspection: introspection ?? null, variables });
    return JSON.parse(JSON.stringify(placeAuthorizationErrors(shaped, verdict.errors, 'errors')));
  }

  async function execute(document: DocumentNode, variables: Record<string, unknown>): Promise<AnswerBody<ObjectData>> {
    const prepared = await prepare(document, variables);
    const executed = await executor.execute(prepared, variables, {
      requestId: 'test',
      signal: new AbortController().signal,
      deadlineAt: performance.now() + DEADLINE_MS,
      caller: ANONYMOUS,
      purse: BOTTOMLESS,
      authorizationErrors: 'errors',
      headersFor: async () => ({}),
      forwardsHeaders: false,
      forwardedTo: () => null,
      log,
      metrics: createMetrics().gateway,
      span: null,
      notProvided: new Map(),
      incomplete: new Map(),
      touched: createTouchedRecords(),
      freshness: createAnswerFreshness(),
    });
    return executed.objectBody();
  }

  return {
    ask,
    supergraphSdl,
    subgraph: (name: string) => subgraphs.find((one) => one.name === name)!,
    /** All that reached any subgraph since the last time, as text: queries with their variables. */
    takeReceived: () =>
      subgraphs
        .flatMap(({ received }) => received.splice(0))
        .map(({ query, variables }) => `${query} ${JSON.stringify(variables)}`)
        .join('\n'),
    [Symbol.asyncDispose]: async () => {
      await planner.close();
      await transports.close();
      for (const subgraph of subgraphs) await subgraph[Symbol.asyncDispose]();
    },
  };
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
