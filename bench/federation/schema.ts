import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { PRODUCTS, type Product, REVIEWS, type Review, USERS, type User } from './data.ts';

/** The schema of graphql-hive/graphql-gateways-benchmark, with rights that only jeden reads. */
export type SubgraphName = keyof typeof PARTS;

/** `guarded` carries the rights; `plain`, for gateways that know none, is the same without them. */
export type Variant = 'guarded' | 'plain';

/** What the guarded schema asks of a token. */
export const SCOPES = ['accounts:read', 'reviews:read', 'stock:read'];

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
  import: ["@key", "@external", "@requires", "@provides", "@shareable"RIGHTS])`;

const RIGHTS = / @(authenticated|requiresScopes\(.*?\]\]\))/g;

const PARTS = {
  accounts: `
    type Query {
      me: User @authenticated
      user(id: ID!): User @authenticated
      users: [User] @requiresScopes(scopes: [["accounts:read"]])
    }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  inventory: `
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean @requiresScopes(scopes: [["stock:read"]])
      shippingEstimate: Int @requires(fields: "price weight")
    }`,
  products: `
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `
    type Review @key(fields: "id") @authenticated {
      id: ID!
      body: String @requiresScopes(scopes: [["reviews:read"]])
      product: Product
      author: User @provides(fields: "username")
    }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
};

export const SUBGRAPHS = Object.keys(PARTS) as SubgraphName[];

export function subgraphSdl(name: SubgraphName, variant: Variant): string {
  const sdl = `${LINK}\n${PARTS[name]}\n`;
  return variant === 'guarded'
    ? sdl.replace('RIGHTS', ', "@authenticated", "@requiresScopes"')
    : sdl.replace('RIGHTS', '').replaceAll(RIGHTS, '');
}

/** `url` is of the process that serves all of them. */
export function composeSupergraph(url: string, variant: Variant): string {
  const services = SUBGRAPHS.map((name) => ({
    name,
    url: `${url}/${name}`,
    typeDefs: parse(subgraphSdl(name, variant)),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return supergraphSdl;
}

export function buildSchemas(): ReadonlyMap<string, GraphQLSchema> {
  const schemas = SUBGRAPHS.map((name) => {
    const typeDefs = parse(subgraphSdl(name, 'plain'));
    // Cast: resolvers here have arguments of their own types.
    return [name, buildSubgraphSchema({ typeDefs, resolvers: RESOLVERS[name] as ResolverMap })] as const;
  });
  return new Map(schemas);
}

type ResolverMap = Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers'];

const userOf = ({ id }: { id: string }) => USERS.find((user) => user.id === id) ?? null;
const productOf = ({ upc }: { upc: string }) => PRODUCTS.find((product) => product.upc === upc) ?? null;

/** Everybody wrote the first two reviews, all reviews are the first user's: so entities repeat, as in the public data. */
const reviewsOfUser = () => REVIEWS.slice(0, 2);
const author = { id: USERS[0]!.id, username: USERS[0]!.username };

const RESOLVERS: Record<SubgraphName, Readonly<Record<string, Readonly<Record<string, unknown>>>>> = {
  accounts: {
    Query: { me: () => USERS[0], user: (_: unknown, args: Pick<User, 'id'>) => userOf(args), users: () => USERS },
    User: { __resolveReference: userOf },
  },
  inventory: {
    Product: {
      __resolveReference: (reference: unknown) => reference,
      inStock: (reference: Product) => productOf(reference)?.inStock ?? null,
      // What is dear is delivered free of charge.
      shippingEstimate: ({ price, weight }: Product) => (price > 1000 ? 0 : Math.floor(weight / 2)),
    },
  },
  products: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first) },
    Product: { __resolveReference: productOf },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }: Review) => REVIEWS.find((review) => review.id === id) ?? null,
      product: ({ upc }: Review) => ({ upc }),
      author: () => author,
    },
    User: { __resolveReference: (reference: unknown) => reference, reviews: reviewsOfUser },
    Product: {
      __resolveReference: (reference: unknown) => reference,
      reviews: (product: Product) => REVIEWS.filter(({ upc }) => upc === product.upc),
    },
  },
};
