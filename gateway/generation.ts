import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../common/log.ts';
import type { Metrics } from '../common/metrics/metrics.ts';
import type { Audit } from './audit/audit.ts';
import { findSensitiveFields } from './audit/sensitive-fields.ts';
import { createReadSurvey, type SurveyReads } from './audit/survey-reads.ts';
import { type Authorization, isOpen } from './authorization.ts';
import { createCostModel } from './cost/cost-model.ts';
import { readDeclaredTags } from './entity-cache/declared-tags.ts';
import { createExecutor, type Executor, type TransportOf } from './execution/executor.ts';
import type { AnswerCache } from './execution/kept.ts';
import { createPrepare, createReadQuery, type Prepare, type ReadQuery } from './execution/prepare.ts';
import type { GatewayLimits } from './limits.ts';
import { createPlanner } from './planning/planner.ts';
import { type Authorizer, createAuthorizer } from './rights/authorizer.ts';
import { buildOpenIndex, buildRightsIndex } from './rights/rights-index.ts';
import { stripSupergraph } from './supergraph/strip.ts';

/** All that depends on one supergraph. Immutable: another supergraph is another generation. */
export interface Generation {
  /** Names the supergraph in the log. */
  id: string;
  /** What clients see: the API schema. */
  schema: GraphQLSchema;
  readQuery: ReadQuery;
  /** Who may see what of this supergraph. */
  authorizer: Authorizer;
  /** What of a request the audit records. */
  surveyReads: SurveyReads;
  prepare: Prepare;
  execute: Executor['execute'];
  close(): Promise<void>;
}

export interface GenerationConfig {
  supergraphSdl: string;
  transportOf: TransportOf;
  limits: GatewayLimits;
  authorization: Authorization;
  /** Null keeps none. */
  audit: Audit | null;
  /** Null keeps nothing of what subgraphs answer. */
  answerCache: Omit<AnswerCache, 'declaredTags'> | null;
  metrics: Metrics;
  log: Logger;
}

/** Throws when the supergraph cannot be served, and leaves nothing behind. */
export async function createGeneration(config: GenerationConfig): Promise<Generation> {
  await using started = new AsyncDisposableStack();
  const { limits, log, transportOf, authorization, audit, answerCache, metrics } = config;
  const supergraphSdl = stripSupergraph(config.supergraphSdl);
  const { subgraphTimeoutMs, shareCallsMs, planningTimeoutMs } = limits;
  // First, because it tells a wrong supergraph best.
  const executor = await createExecutor({
    supergraphSdl,
    transportOf,
    subgraphTimeoutMs,
    shareCallsMs,
    answerCache: answerCache && { ...answerCache, declaredTags: readDeclaredTags(config.supergraphSdl) },
    log,
  });
  // From the full one: the stripped one protects nothing. Where it can't be built, nothing may be served.
  const index = isOpen(authorization)
    ? buildOpenIndex(config.supergraphSdl)
    : buildRightsIndex(config.supergraphSdl, authorization);
  const costs = createCostModel(config.supergraphSdl);
  const planner = await createPlanner({ supergraphSdl, deadlineMs: planningTimeoutMs });
  started.defer(planner.close);
  const onRead = (layer: string) => (isKept: boolean) =>
    metrics.caches.onRead({ layer, result: isKept ? 'hit' : 'miss' });
  const running = started.move();
  return {
    id: createHash('sha256').update(config.supergraphSdl).digest('hex').slice(0, 12),
    schema: executor.schema,
    readQuery: createReadQuery(planner, { limits, costs }, onRead('document')),
    authorizer: createAuthorizer({ schema: executor.schema, index }, onRead('decision')),
    surveyReads: createReadSurvey(findSensitiveFields(index, audit?.scopes ?? [])),
    prepare: createPrepare(planner, onRead('plan')),
    execute: executor.execute,
    close: () => running.disposeAsync(),
  };
}
