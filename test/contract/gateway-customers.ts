import type { SubgraphParts } from './gateway-subgraph.ts';

/** A small graph with the product's own joins: everything of a customer goes through identity's `records`. */
export const customerGraph: readonly SubgraphParts[] = [
  {
    name: 'identity',
    typeDefs: `
      type Query { customer(id: ID!): Customer customers: [Customer!] }
      type Customer @key(fields: "id") @key(fields: "claim") {
        id: ID! claim: ID! @inaccessible records: ID! @inaccessible name: String
      }`,
    resolvers: {
      Query: {
        customer: (_: unknown, { id }: { id: string }) => customer(id),
        customers: () => ['1', '2', '3'].map(customer),
      },
      Customer: {
        __resolveReference: ({ id, claim }: { id?: string; claim?: string }) =>
          customer(id ?? claim!.slice('claim-'.length)),
      },
    },
  },
  {
    name: 'shop',
    typeDefs: `
      type Query { order(id: ID!): Order }
      type Mutation { cancel(id: ID!): Order }
      type Customer @key(fields: "records") @key(fields: "claim", resolvable: false) {
        records: ID! @external claim: ID! @inaccessible orders: [Order!] @requires(fields: "records")
      }
      type Order @key(fields: "id") { id: ID! number: String weight: Int customer: Customer source: Source! }
      type Source { name: String! }`,
    resolvers: {
      Query: { order: (_: unknown, { id }: { id: string }) => order(id) },
      Mutation: { cancel: (_: unknown, { id }: { id: string }) => order(id) },
      Customer: {
        __resolveReference: ({ records }: { records: string }) => ({
          records,
          claim: records.replace('records', 'claim'),
        }),
        orders: ({ records }: { records: string }) => [order(`${records}-a`), order(`${records}-b`)],
      },
      Order: {
        __resolveReference: ({ id }: { id: string }) => order(id),
        customer: ({ id }: { id: string }) => ({ claim: `claim-${id.split('-')[1]}` }),
      },
    },
  },
  {
    name: 'accounting',
    typeDefs: `
      type Query { invoiceCount: Int }
      type Customer @key(fields: "records") @key(fields: "claim", resolvable: false) {
        records: ID! @external claim: ID! @inaccessible debt: String @requires(fields: "records")
      }
      type Order @key(fields: "id") { id: ID! weight: Int @external freight: Int @requires(fields: "weight") paid: Boolean }`,
    resolvers: {
      Query: { invoiceCount: () => 7 },
      Customer: {
        __resolveReference: (reference: unknown) => reference,
        debt: ({ records }: { records: string }) => `debt of ${records}`,
      },
      Order: {
        __resolveReference: (reference: unknown) => reference,
        freight: ({ weight }: { weight: number | null }) => (weight ?? 0) * 2,
        paid: () => true,
      },
    },
  },
];

function customer(id: string) {
  return { id, claim: `claim-${id}`, records: `records-${id}`, name: `Customer ${id}` };
}

function order(id: string) {
  return { id, number: `no. ${id}`, weight: 5, source: { name: 'woo' } };
}
