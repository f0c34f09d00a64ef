import type { TestGraph } from './graph.ts';

/** Mutations over several subgraphs, whose payloads lead on to entities and back to the query's root. */
export const writes: TestGraph = {
  name: 'writes',
  subgraphs: {
    notes: `
      type Query { notes: [Note] count: Int! @shareable note(id: ID!): Note }
      type Mutation {
        addNote(input: NoteInput!): NotePayload! deleteNote(id: ID!): Boolean pin(id: ID!, times: Int = 1): Note
        addMany(inputs: [[NoteInput!]!]): [NotePayload!]
      }
      input NoteInput { text: String! tags: [String] = ["new"] parent: NoteInput }
      type NotePayload { note: Note! query: Query! done: Boolean }
      type Note @key(fields: "id") { id: ID! text: String! author: User }
      type User @key(fields: "id") { id: ID! }`,
    users: `
      type Query { users: [User!] count: Int! @shareable me: User! }
      type Mutation { addUser(name: String): User! block(ids: [ID!]!): BlockPayload touch: Int! }
      type BlockPayload { users: [User]! query: Query failed: Int }
      type User @key(fields: "id") { id: ID! name: String! notes: [Note!] }
      type Note @key(fields: "id") { id: ID! readers: [User!]! }`,
    stats: `
      type Query { stats: Stats! }
      type Mutation { reset(scope: Scope!): Stats rebuild: RebuildPayload! }
      enum Scope { ALL USERS }
      type RebuildPayload { stats: Stats! query: Query! user: User! }
      type Stats { views: Int! best: Note top: [User!]! }
      type Note @key(fields: "id") { id: ID! views: Int! }
      type User @key(fields: "id") { id: ID! views: Int blocked: Boolean! }`,
  },
};
