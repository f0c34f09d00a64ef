import type { TestGraph } from './graph.ts';

/** @requires of values, objects, lists and parts of interfaces; @provides; fields with arguments that others require. */
export const freight: TestGraph = {
  name: 'freight',
  subgraphs: {
    goods: `
      type Query { products(first: Int): [Product] product(sku: ID!): Product! parcel: Parcel }
      type Product @key(fields: "sku") {
        sku: ID! name: String! @shareable weight: Int volume: Float!
        box: Box @shareable labels: [String!]! parts: [Part] hazard: Hazard hazards: [[Hazard!]]
        price(currency: String! = "PLN"): Int
      }
      type Box { width: Int! @shareable depth: Int material: Material }
      type Material { name: String! density: Float }
      type Part { code: String weight: Int! }
      interface Hazard { level: Int note: String }
      type Acid implements Hazard { level: Int note: String ph: Float! }
      type Battery implements Hazard { level: Int note: String cells: [Int] }
      type Parcel @key(fields: "id") { id: ID! products: [Product!]! }`,
    shipping: `
      type Query { quotes: [Quote!] }
      type Quote { product: Product @provides(fields: "name box { width }") cost: Int! parcel: Parcel }
      type Product @key(fields: "sku") {
        sku: ID! weight: Int @external volume: Float! @external name: String! @external
        box: Box @external labels: [String!]! @external parts: [Part] @external
        hazard: Hazard @external hazards: [[Hazard!]] @external
        price(currency: String! = "PLN"): Int @external
        freight(express: Boolean = false): Int @requires(fields: "weight volume")
        crate: String! @requires(fields: "box { width material { name density } }")
        sticker: [String] @requires(fields: "labels parts { code weight }")
        permit: String @requires(fields: "hazard { level ... on Acid { ph } ... on Battery { cells } }")
        permits: String @requires(fields: "hazards { note ... on Acid { ph } }")
        duty: Int @requires(fields: "price(currency: \\"EUR\\")")
      }
      type Box { width: Int! @external material: Material @external }
      type Material { name: String! @external density: Float @external }
      type Part { code: String @external weight: Int! @external }
      interface Hazard { level: Int note: String }
      type Acid implements Hazard { level: Int @external note: String @external ph: Float! @external }
      type Battery implements Hazard { level: Int @external note: String @external cells: [Int] @external }
      type Parcel @key(fields: "id") { id: ID! depot: Depot! total: Int! }
      type Depot @key(fields: "id") { id: ID! city: String }`,
    customs: `
      type Query { depots: [Depot] }
      type Product @key(fields: "sku") {
        sku: ID! freight(express: Boolean = false): Int @external duty: Int @external
        declaration: Declaration @requires(fields: "duty freight(express: true)")
      }
      type Declaration { code: String! product: Product! lines: [[Int]!]! }
      type Depot @key(fields: "id") { id: ID! officer: String! cleared: [Product!] }`,
  },
};
