import type { TestGraph } from './graph.ts';

/**
 * Unions and interfaces over entities and plain objects, some types of which a subgraph does not know. Keys of one name
 * have several types, so that plans have to rename them where the types meet in one selection.
 */
export const library: TestGraph = {
  name: 'library',
  subgraphs: {
    catalogue: `
      type Query {
        items(first: Int = 3, kind: Kind): [Item!]!
        item(id: ID!): Item
        shelf: Shelf
        shelves: [[Shelf]]
        named(filter: NamedFilter): [Named]
        book: Book!
        publisher: Publisher
      }
      enum Kind { BOOK FILM MAP }
      input NamedFilter { text: String = "all" kinds: [Kind!] inner: NamedFilter }
      union Item = Book | Film | Map
      interface Named { name: String label(lang: String! = "pl"): String }
      type Book implements Named @key(fields: "id") {
        id: ID! name: String label(lang: String! = "pl"): String title: String! publisher: Publisher related: [Item]
      }
      type Film implements Named @key(fields: "id") {
        id: Int! name: String label(lang: String! = "pl"): String title: String! length: Int sequels: [Film!]
      }
      type Map @key(fields: "id") { id: String title: String! scale: Float legend: [[String!]] }
      type Shelf implements Named {
        name: String label(lang: String! = "pl"): String top: Item items: [[Item!]!] named: Named size: Size
      }
      type Size @shareable { width: Int! height: Int unit: String }
      type Publisher @key(fields: "code") { code: ID! name: String! books(first: Int): [Book!] }`,
    reviews: `
      type Query { topRated: [Rated!] latest: Review reviewed(ids: [ID!]!): [Rated]! }
      interface Rated { rating: Float reviews(first: Int = 2): [Review] }
      type Book implements Rated @key(fields: "id") { id: ID! rating: Float reviews(first: Int = 2): [Review] size: Size }
      type Film implements Rated @key(fields: "id") { id: Int! rating: Float reviews(first: Int = 2): [Review] mood: Mood! }
      type Review @key(fields: "number") { number: Int! text: String! about: Rated! author: Author! stars: Int }
      type Author @key(fields: "id") { id: ID! }
      enum Mood { GOOD BAD ODD }
      type Size @shareable { width: Int! height: Int unit: String }`,
    people: `
      type Query { author(id: ID!): Author people: [Person!]! }
      union Person = Author | Publisher
      type Author @key(fields: "id") { id: ID! name: String! friends: [Author] favourites: Favourites }
      type Publisher @key(fields: "code") { code: ID! city: String staff: [[Author!]!]! }
      type Favourites { book: Book film: Film! reviews: [Review!]! }
      type Book @key(fields: "id") { id: ID! authors: [Author!]! }
      type Film @key(fields: "id", resolvable: false) { id: Int! }
      type Map @key(fields: "id") { id: String drawnBy: Author! }
      type Review @key(fields: "number", resolvable: false) { number: Int! }`,
  },
};
