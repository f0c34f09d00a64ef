import { ApolloGateway } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../../common/log.ts';

export interface LoadedSupergraph {
  /** What clients see: the API schema. */
  schema: GraphQLSchema;
  /** Where each subgraph is, as the supergraph says. */
  subgraphs: ReadonlyMap<string, { url: string }>;
}

// The gateway reads it when it is constructed, and sends usage data to its vendor otherwise.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';

/** Loads a supergraph with ApolloGateway, which checks it and throws where it is wrong. It plans and executes nothing here. */
export async function loadSupergraph(supergraphSdl: string, log: Logger): Promise<LoadedSupergraph> {
  const subgraphs = new Map<string, { url: string }>();
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url = '' }) => {
      subgraphs.set(name, { url });
      return UNASKED;
    },
    validateSupergraph: true,
    logger: quiet(log),
  });
  try {
    const { schema } = await gateway.load();
    return { schema, subgraphs };
  } finally {
    await gateway.stop();
  }
}

const UNASKED = {
  process: () => Promise.reject(new Error('ApolloGateway executes nothing here')),
};

/** ApolloGateway tells of each load at `info`, which is our generation's to tell. */
function quiet(log: Logger) {
  const pass = (level: 'debug' | 'warn' | 'error') => (message?: unknown) => log[level](String(message));
  return { debug: pass('debug'), info: pass('debug'), warn: pass('warn'), error: pass('error') };
}
