import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type PlanNode, QueryPlanner, type SubscriptionNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { OPERATIONS, type OperationName } from './operations.ts';

/** How many calls to subgraphs the plan of an operation makes one after the other. */
export function countWaves(supergraphSdl: string, name: OperationName): number {
  const supergraph = Supergraph.build(supergraphSdl);
  const planner = new QueryPlanner(supergraph);
  const operation = operationFromDocument(supergraph.apiSchema(), parse(OPERATIONS[name]));
  return wavesOf(planner.buildQueryPlan(operation).node);
}

function wavesOf(node: PlanNode | SubscriptionNode | undefined): number {
  switch (node?.kind) {
    case 'Fetch':
      return 1;
    case 'Flatten':
      return wavesOf(node.node);
    case 'Sequence':
      return node.nodes.map(wavesOf).reduce((sum, waves) => sum + waves, 0);
    case 'Parallel':
      return Math.max(...node.nodes.map(wavesOf));
    default:
      throw new Error(`No bench operation is planned with ${node?.kind}`);
  }
}
