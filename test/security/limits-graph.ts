import { createLogger } from '../../common/log.ts';
import { type Budgets, createBudgets } from '../../gateway/budgets/budgets.ts';
import type { GatewayOptions } from '../../gateway/gateway.ts';
import { startGraph } from '../contract/gateway-fixture.ts';
import type { SubgraphParts } from '../contract/gateway-subgraph.ts';
import { authenticateWith, issuerConfig, type TestIssuer } from './tokens-fixture.ts';

/** One list, sliced as the product's own are, and one field that nobody sizes. */
const SHOP: SubgraphParts = {
  name: 'shop',
  typeDefs: `
    type Query { order(id: ID!): Order orders(first: Int = 20): OrderConnection count: Int @shareable }
    type Mutation { cancel(id: ID!): Order }
    type OrderConnection { nodes: [Order!]! }
    type Order { id: ID! self: Order lines: [Line!] }
    type Line { sku: String }`,
  resolvers: {
    Query: {
      order: (_: unknown, { id }: { id: string }) => ({ id }),
      orders: (_: unknown, { first }: { first: number }) => ({
        nodes: Array.from({ length: Math.min(first, 3) }, (_unused, id) => ({ id })),
      }),
      count: () => 7,
    },
    Mutation: { cancel: (_: unknown, { id }: { id: string }) => ({ id }) },
    Order: { self: (order: unknown) => order, lines: () => [{ sku: 'A' }] },
  },
};

export async function startShop(options: Partial<GatewayOptions> = {}) {
  const graph = await startGraph([SHOP], options);
  return { ...graph, asked: () => graph.subgraph('shop').received.length };
}

/** Tells callers apart by tokens of this issuer. */
export function authorizationBy(
  issuer: TestIssuer,
  config: Record<string, unknown> = {},
): Pick<GatewayOptions, 'authorization'> {
  const { authenticate } = authenticateWith([issuerConfig(issuer.url, config)]);
  return { authorization: { authenticate, undeclaredFields: 'public', policies: new Map(), sign: null } };
}

export function memoryBudgets(perMinute: number, anonymousPerMinute = perMinute): Budgets {
  const log = createLogger({ level: 'fatal', name: 'test' });
  return createBudgets({ perMinute, anonymousPerMinute, redis: null, log });
}
