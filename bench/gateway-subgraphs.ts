import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

/** A shop's graph over four subgraphs, for measuring gateways. */
export interface BenchGraph extends AsyncDisposable {
  supergraphSdl: string;
}

/**
 * Starts the subgraphs behind one HTTP server. Each answers an equal request with stored bytes, so that what is measured
 * is the gateway.
 */
export async function startBenchGraph(): Promise<BenchGraph> {
  const parts = PARTS.map(({ name, typeDefs, resolvers }) => {
    const document = parse(`${LINK}\n${typeDefs}`);
    // Cast: resolvers here have arguments of their own types.
    return { name, document, schema: buildSubgraphSchema({ typeDefs: document, resolvers: resolvers as ResolverMap }) };
  });
  const stored = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const key = `${request.url} ${body}`;
    const answer = stored.get(key) ?? (await answerOf(request.url ?? '', body));
    stored.set(key, answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    response.end(answer);
  });
  async function answerOf(path: string, body: string): Promise<string> {
    const { query, variables, operationName } = JSON.parse(body);
    const { schema } = parts.find(({ name }) => path === `/${name}`)!;
    return JSON.stringify(await graphql({ schema, source: query, variableValues: variables, operationName }));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const services = parts.map(({ name, document }) => ({
    name,
    url: `http://127.0.0.1:${port}/${name}`,
    typeDefs: document,
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return {
    supergraphSdl,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Goes through all four subgraphs, and back: some 60 KB of answer. */
export const BENCH_QUERY = `
  query Bench($first: Int!) {
    buyers(first: $first) {
      id name city
      purchases { id placed total items { quantity article { sku title price inStock reviews { id stars text author { id name } } } } }
    }
    bestsellers { sku title price inStock reviews { id stars author { name } } }
  }`;
export const BENCH_VARIABLES = { first: 20 };

type ResolverMap = Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers'];

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

const buyer = (id: string) => ({ id, name: `Buyer ${id}`, city: `Town ${Number(id) % 9}` });
const article = (sku: string) => ({ sku, title: `Article number ${sku}`, price: `${(Number(sku) % 90) + 10}.99` });
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, index) => String(from + index));

interface Part {
  name: string;
  typeDefs: string;
  resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const PARTS: readonly Part[] = [
  {
    name: 'accounts',
    typeDefs: `type Query { buyers(first: Int!): [Buyer!]! } type Buyer @key(fields: "id") { id: ID! name: String city: String }`,
    resolvers: {
      Query: { buyers: (_: unknown, { first }: { first: number }) => numbers(first).map(buyer) },
      Buyer: { __resolveReference: ({ id }: { id: string }) => buyer(id) },
    },
  },
  {
    name: 'orders',
    typeDefs: `
      type Buyer @key(fields: "id") { id: ID! purchases: [Purchase!] }
      type Purchase { id: ID! placed: String total: String items: [Item!]! }
      type Item { quantity: Int! article: Article }
      type Article @key(fields: "sku", resolvable: false) { sku: ID! }`,
    resolvers: {
      Buyer: {
        __resolveReference: (reference: unknown) => reference,
        purchases: ({ id }: { id: string }) =>
          numbers(3).map((number) => ({
            id: `${id}-${number}`,
            placed: '2026-01-02T03:04:05.000Z',
            total: '123.45',
            items: numbers(2, Number(id) + Number(number)).map((sku) => ({ quantity: 2, article: { sku } })),
          })),
      },
    },
  },
  {
    name: 'catalogue',
    typeDefs: `type Query { bestsellers: [Article!]! } type Article @key(fields: "sku") { sku: ID! title: String price: String }`,
    resolvers: {
      Query: { bestsellers: () => numbers(20).map(article) },
      Article: { __resolveReference: ({ sku }: { sku: string }) => article(sku) },
    },
  },
  {
    name: 'feedback',
    typeDefs: `
      type Article @key(fields: "sku") { sku: ID! inStock: Boolean reviews: [Review!] }
      type Review { id: ID! stars: Int text: String author: Buyer }
      type Buyer @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Article: {
        __resolveReference: (reference: unknown) => reference,
        inStock: ({ sku }: { sku: string }) => Number(sku) % 3 !== 0,
        reviews: ({ sku }: { sku: string }) =>
          numbers(2).map((number) => ({
            id: `${sku}-${number}`,
            stars: 4,
            text: 'Does what it says, came quickly, would buy again.',
            author: { id: String((Number(sku) % 40) + 1) },
          })),
      },
    },
  },
];
