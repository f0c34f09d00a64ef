import type { TestGraph } from './graph.ts';

/** Several keys, compound and nested ones, chains of entities over four subgraphs, @override and @shareable. */
export const company: TestGraph = {
  name: 'company',
  subgraphs: {
    staff: `
      type Query { employee(id: ID!): Employee employees: [Employee!]! team: Team office: Office @shareable }
      type Employee @key(fields: "id") @key(fields: "mail") { id: ID! mail: String! name: String! boss: Employee team: Team }
      type Team @key(fields: "name site { code }") { name: String! site: Site! members: [Employee!]! lead: Employee }
      type Site @key(fields: "code") { code: ID! }
      type Office @shareable { floor: Int plants: [Plant!] }
      type Plant @shareable { kind: String! pot: Pot }
      type Pot @shareable { colour: String size: Int! }`,
    pay: `
      type Query { payslips(year: Int = 2020): [Payslip] office: Office @shareable }
      type Employee @key(fields: "mail") @key(fields: "badge { serial }") {
        mail: String! badge: Badge! salary: Money! payslips: [Payslip] name: String! @override(from: "staff")
      }
      type Badge @shareable { serial: String! colour: String }
      type Money @shareable { amount: Int! currency: String }
      type Payslip @key(fields: "year number") { year: Int! number: Int! net: Money gross: Money! employee: Employee! }
      type Office @shareable { floor: Int }
      type Team @key(fields: "name site { code }") { name: String! site: Site! budget: Money @override(from: "sites") }
      type Site @key(fields: "code", resolvable: false) { code: ID! }`,
    access: `
      type Query { gates: [[Gate]] }
      type Gate @key(fields: "id") { id: ID! opened: [Employee] site: Site! }
      type Employee @key(fields: "badge { serial }") { badge: Badge! level: Int! gates: [Gate!] lastSeen: Gate }
      type Badge @shareable { serial: String! colour: String }
      type Site @key(fields: "code") { code: ID! gates: [Gate!] team: Team }
      type Team @key(fields: "name site { code }", resolvable: false) { name: String! site: Site! }`,
    sites: `
      type Query { sites(codes: [ID!]): [Site!] }
      type Site @key(fields: "code") { code: ID! city: String! teams: [Team] office: Office area: Float }
      type Team @key(fields: "name site { code }") { name: String! site: Site! budget: Money colour: String }
      type Office @shareable { floor: Int plants: [Plant!] }
      type Plant @shareable { kind: String! pot: Pot }
      type Pot @shareable { colour: String size: Int! }
      type Money @shareable { amount: Int! currency: String }
      type Gate @key(fields: "id") { id: ID! kind: String payslips: [Payslip] }
      type Payslip @key(fields: "year number") { year: Int! number: Int! printedAt: Site }`,
  },
};
