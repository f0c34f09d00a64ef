import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../common/log.ts';
import { createExecutor, type Executor, type TransportOf } from './execution/executor.ts';
import { createPrepare, type Prepare } from './execution/prepare.ts';
import type { GatewayLimits } from './limits.ts';
import { createPlanner } from './planning/planner.ts';
import { stripSupergraph } from './supergraph/strip.ts';

/** All that depends on one supergraph. Immutable: another supergraph is another generation. */
export interface Generation {
  /** Names the supergraph in the log. */
  id: string;
  /** What clients see: the API schema. */
  schema: GraphQLSchema;
  prepare: Prepare;
  execute: Executor['execute'];
  close(): Promise<void>;
}

export interface GenerationConfig {
  supergraphSdl: string;
  transportOf: TransportOf;
  limits: GatewayLimits;
  log: Logger;
}

/** Throws when the supergraph cannot be served, and leaves nothing behind. */
export async function createGeneration(config: GenerationConfig): Promise<Generation> {
  const { limits, log, transportOf } = config;
  const supergraphSdl = stripSupergraph(config.supergraphSdl);
  const { subgraphTimeoutMs, planningTimeoutMs } = limits;
  // First, because it tells a wrong supergraph best, and starts no thread.
  const executor = await createExecutor({ supergraphSdl, transportOf, subgraphTimeoutMs, log });
  const planner = await createPlanner({ supergraphSdl, deadlineMs: planningTimeoutMs }).catch(
    async (error: unknown) => {
      await executor.close();
      throw error;
    },
  );
  return {
    id: createHash('sha256').update(config.supergraphSdl).digest('hex').slice(0, 12),
    schema: executor.schema,
    prepare: createPrepare(planner, limits),
    execute: executor.execute,
    close: async () => {
      await Promise.all([executor.close(), planner.close()]);
    },
  };
}
