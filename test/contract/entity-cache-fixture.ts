import type { RecordStore } from '../../common/cache/record-store.ts';
import { createMetrics } from '../../common/metrics/metrics.ts';
import { createEntityCache, type EntityCacheOptions } from '../../gateway/entity-cache/entity-cache.ts';
import { createSharedEntityCache } from '../../gateway/entity-cache/shared-entity-cache.ts';
import type { GatewayOptions } from '../../gateway/gateway.ts';
import { startGraph } from './gateway-fixture.ts';
import type { SubgraphParts } from './gateway-subgraph.ts';

/** Products with their makers, and reviews of them: entities in lists, nested objects, and several fetches into one object. */
const shelfGraph: readonly SubgraphParts[] = [
  {
    name: 'products',
    typeDefs: `
      type Query {
        top(first: Int = 2): [Product!] @tagged(format: "top") @tagged(format: "top-{$args.first}")
        product(id: ID!): Product @tagged(format: "product-{$args.id}")
      }
      type Mutation { rename(id: ID!): Product }
      type Product @key(fields: "id") { id: ID! name: String maker: Maker }
      type Maker @key(fields: "id") { id: ID! name: String }`,
    resolvers: {
      Query: {
        top: (_: unknown, { first }: { first: number }) => ['1', '2', '3'].slice(0, first).map(product),
        product: (_: unknown, { id }: { id: string }) => product(id),
      },
      Mutation: { rename: (_: unknown, { id }: { id: string }) => product(id) },
      Product: { __resolveReference: ({ id }: { id: string }) => product(id) },
      Maker: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `maker ${id}` }) },
    },
  },
  {
    name: 'reviews',
    typeDefs: `
      type Product @key(fields: "id") @tagged(format: "reviews-of-{$key.id}") { id: ID! reviews(first: Int = 2): [Review!] rating: Rating }
      type Rating { stars: Int by: Maker }
      type Review { body: String product: Product maker: Maker }
      type Maker @key(fields: "id") { id: ID! }`,
    resolvers: {
      Product: {
        __resolveReference: ({ id }: { id: string }) => (id === '3' ? null : { id }),
        reviews: ({ id }: { id: string }, { first }: { first: number }) =>
          ['a', 'b', 'c'].slice(0, first).map((name) => ({
            body: `${name} of ${id}`,
            product: { id },
            maker: { id: `m${id}` },
          })),
        rating: ({ id }: { id: string }) => ({ stars: 4, by: { id: `m${id}` } }),
      },
    },
  },
];

function product(id: string) {
  return { id, name: `product ${id}`, maker: { id: `m${id}`, name: `maker m${id}` } };
}

/** The graph behind a gateway that keeps what its subgraphs answer. `say` sets their headers and extensions from then on. */
export async function startShelf(
  options: Partial<EntityCacheOptions> & { store?: RecordStore } = {},
  more: Partial<GatewayOptions> = {},
) {
  const metrics = createMetrics();
  const clock = { nowMs: Date.now() };
  const { store, ...own } = options;
  const settings = {
    maxMs: 3_600_000,
    defaultMs: null,
    negativeMs: 10_000,
    maxBytes: 10_000_000,
    metrics: metrics.caches,
    now: () => clock.nowMs,
    ...own,
  };
  const cache = store ? createSharedEntityCache({ ...settings, store }) : createEntityCache(settings);
  const graph = await startGraph(shelfGraph, { metrics, entityCache: cache, ...more });
  const say = (said: { headers?: Record<string, string>; extensions?: Record<string, unknown> }, names = NAMES) => {
    for (const name of names) {
      graph.subgraph(name).misbehave(() => ({
        kind: 'change',
        headers: said.headers,
        change: (answer) => ({ ...answer, ...(said.extensions ? { extensions: said.extensions } : {}) }),
      }));
    }
  };
  say({ headers: { 'cache-control': 'max-age=60' } });
  return {
    ...graph,
    cache,
    clock,
    metrics,
    say,
    /** How many requests reached the subgraphs since it was last asked. */
    calls: () => NAMES.reduce((sum, name) => sum + graph.subgraph(name).received.splice(0).length, 0),
    /** The representations of the last request to a subgraph. */
    lastAsked: (name: string) => graph.subgraph(name).received.at(-1)?.variables.representations,
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  };
}

const NAMES = ['products', 'reviews'];
