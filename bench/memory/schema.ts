interface Part {
  name: string;
  typeDefs: string;
  resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The name of the field that only this edition has. As long in each, so that editions take the same memory. */
export function editionField(edition: number): string {
  return `edition${String(edition).padStart(6, '0')}`;
}

/** Three subgraphs with what makes a gateway work: entities, abstract types, rights, a mutation. */
export function parts(edition: number): readonly Part[] {
  return [
    {
      name: 'catalogue',
      typeDefs: `${LINK}
        type Query { articles(first: Int! = 10): [Article!] search(text: String!): [Found!] items: [Item!] ${editionField(edition)}: Int }
        interface Item { sku: ID! title: String }
        type Article implements Item @key(fields: "sku") { sku: ID! title: String price: Float cost: Float @requiresScopes(scopes: [["finance:cost"]]) }
        type Bundle implements Item { sku: ID! title: String articles: [Article!] }
        union Found = Article | Bundle`,
      resolvers: {
        Query: {
          articles: (_: unknown, { first }: { first: number }) => numbers(first).map(article),
          search: (_: unknown, { text }: { text: string }) => [{ ...article('1'), title: text }, BUNDLE],
          items: () => [article('2'), BUNDLE],
          [editionField(edition)]: () => edition,
        },
        Found: { __resolveType: typeOf },
        Item: { __resolveType: typeOf },
        Article: { __resolveReference: ({ sku }: { sku: string }) => article(sku) },
      },
    },
    {
      name: 'people',
      typeDefs: `${LINK}
        type Query { buyers(first: Int! = 5): [Buyer!] me: Buyer @authenticated }
        type Mutation { rename(id: ID!, name: String!): Buyer }
        type Buyer @key(fields: "id") { id: ID! name: String email: String @requiresScopes(scopes: [["customers:pii"]]) purchases: [Purchase!] }
        type Purchase { id: ID! total: Float paid: Boolean article: Article }
        type Article @key(fields: "sku", resolvable: false) { sku: ID! }`,
      resolvers: {
        Query: {
          buyers: (_: unknown, { first }: { first: number }) => numbers(first).map((id) => buyer(id)),
          me: () => buyer('1'),
        },
        Mutation: { rename: (_: unknown, { id, name }: { id: string; name: string }) => buyer(id, name) },
        Buyer: { __resolveReference: ({ id }: { id: string }) => buyer(id) },
      },
    },
    {
      name: 'stock',
      typeDefs: `${LINK} type Article @key(fields: "sku") { sku: ID! inStock(at: String): Boolean reviews: [Review!] } type Review { stars: Int! text: String }`,
      resolvers: {
        Article: {
          __resolveReference: (reference: unknown) => reference,
          inStock: ({ sku }: { sku: string }) => Number(sku) % 3 !== 0,
          reviews: () => [
            { stars: 4, text: 'Does what it says.' },
            { stars: 5, text: null },
          ],
        },
      },
    },
  ];
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const article = (sku: string) => ({ sku, title: `Article number ${sku}`, price: 9.99, cost: 4.2 });
const BUNDLE = { sku: 'b1', title: 'Both', articles: ['1', '2'].map(article) };
const typeOf = (item: object) => ('articles' in item ? 'Bundle' : 'Article');
const buyer = (id: string, name = `Buyer ${id}`) => ({
  id,
  name,
  email: `${id}@example.com`,
  purchases: numbers(2).map((sku) => ({ id: `${id}-${sku}`, total: 12.5, paid: true, article: { sku } })),
});
