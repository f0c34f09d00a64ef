import type { TestGraph } from './graph.ts';

/** Little may be null, so that one null goes far up; lists of lists; scalars and enums; parts that clients do not see. */
export const ledger: TestGraph = {
  name: 'ledger',
  subgraphs: {
    books: `
      scalar Amount
      scalar Blob
      type Query {
        accounts: [Account!]! account(id: ID!): Account! maybe: Account
        matrix: [[Account!]!]! holes: [[Account]!] cube: [[[Entry!]!]]! tree: Node! parties: [Party!]!
      }
      type Account @key(fields: "id") {
        id: ID! owner: Owner! balance: Amount! kind: AccountKind! entries(filter: EntryFilter! = { min: 1 }): [Entry!]!
        hidden: String! @inaccessible tags: [[String!]!]! extra: Blob
      }
      enum AccountKind { CASH DEBT SECRET @inaccessible }
      input EntryFilter { min: Amount kinds: [AccountKind!] = [CASH] and: [EntryFilter!] }
      type Entry @key(fields: "id") { id: ID! amount: Amount! account: Account! }
      type Owner @key(fields: "id") { id: ID! }
      type Node { value: Int! left: Node right: Node children: [Node!] account: Account! }
      union Party = Owner | Bank | Ghost
      type Bank { name: String! accounts: [Account!]! }
      type Ghost @inaccessible { name: String! }`,
    owners: `
      scalar Amount
      type Query { owners: [Owner!]! firm: Firm! holder: Holder! }
      interface Holder { name: String! accounts: [Account!]! }
      type Owner implements Holder @key(fields: "id") { id: ID! name: String! accounts: [Account!]! limits: [[Amount!]!]! }
      type Firm implements Holder { name: String! accounts: [Account!]! owners: [[Owner!]!]! }
      type Account @key(fields: "id") { id: ID! opened: String! firm: Firm! }
      type Entry @key(fields: "id") { id: ID! signedBy: [Owner!]! }`,
    audits: `
      scalar Amount
      type Query { audits: [Audit]! }
      type Audit { of: Audited! findings: [[Finding!]!]! }
      union Audited = Account | Entry | Owner
      type Finding { text: String! about: Audited severity: Int! }
      type Account @key(fields: "id") {
        id: ID! balance: Amount! @external hidden: String! @external
        audits: [Audit!]! seal: String! @requires(fields: "balance hidden") risk: Int @requires(fields: "hidden")
      }
      type Entry @key(fields: "id") { id: ID! doubts: [Finding!]! }
      type Owner @key(fields: "id") { id: ID! trusted: Boolean! }`,
  },
};
