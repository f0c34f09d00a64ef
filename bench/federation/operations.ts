/** The big query is that of graphql-hive/graphql-gateways-benchmark; the small one needs one subgraph once. */
export const OPERATIONS = {
  big: `
    fragment User on User { id username name }
    fragment Review on Review { id body }
    fragment Product on Product { inStock name price shippingEstimate upc weight }
    query TestQuery {
      users {
        ...User
        reviews {
          ...Review
          product {
            ...Product
            reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
          }
        }
      }
      topProducts {
        ...Product
        reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
      }
    }`,
  small: 'query Small { me { id name } }',
};

export type OperationName = keyof typeof OPERATIONS;

export function bodyOf(name: OperationName): string {
  return JSON.stringify({ query: OPERATIONS[name] });
}
