import type { TestGraph } from './graph.ts';

/** Interfaces that are one object type in other subgraphs: @interfaceObject. */
export const media: TestGraph = {
  name: 'media',
  // The planner's work grows fast with each step between these subgraphs.
  maxFields: 12,
  maxDepth: 4,
  subgraphs: {
    store: `
      type Query { all: [Media!] first: Media song: Song hosts: [Host!]! }
      interface Media @key(fields: "id") { id: ID! title: String! }
      type Song implements Media @key(fields: "id") { id: ID! title: String! artist: String seconds: Int! }
      type Talk implements Media @key(fields: "id") { id: ID! title: String! host: Host! }
      type Host @key(fields: "id") { id: ID! name: String }`,
    ratings: `
      type Query { best: [Media] worst: Media! }
      type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int votes(by: String): [Vote!]! score: Float! similar: [Media] }
      type Vote { stars: Int! of: Media }`,
    charts: `
      type Query { chart(week: Int!): Chart }
      type Chart { places: [Place!]! host: Host }
      type Place { rank: Int! media: Media }
      type Media @interfaceObject @key(fields: "id") {
        id: ID! stars: Int @external
        rank: Int peak(week: Int = 1): Place trend: String @requires(fields: "stars")
      }
      type Host @key(fields: "id") { id: ID! show: String! }`,
  },
};
