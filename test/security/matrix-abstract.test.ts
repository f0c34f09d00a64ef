import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OPEN } from '../../gateway/authorization.ts';
import { ANONYMOUS, type Caller } from '../../gateway/tokens/caller.ts';
import { type GraphQLAnswer, post, startGraph } from '../contract/gateway-fixture.ts';
import type { SubgraphParts } from '../contract/gateway-subgraph.ts';

/** The subgraphs import the rights directives under other names: @auth and @scopes. */
const people: SubgraphParts = {
  name: 'people',
  typeDefs: `
    extend schema @link(url: "https://rights.example/rights/v1.0", import: ["@argumentScopes"])
      @composeDirective(name: "@argumentScopes")
    directive @argumentScopes(scopes: [[String!]!]!) repeatable on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
    type Query {
      found: [Found!]
      named: [Named!]
      people(contact: String @argumentScopes(scopes: [["pii"]]), where: Where): [Person!]
    }
    input Where { contact: String @argumentScopes(scopes: [["pii"]]) name: String }
    union Found = Person | Firm
    interface Named { name: String contact: String }
    type Person implements Named @key(fields: "id") {
      id: ID!
      name: String
      contact: String @scopes(scopes: [["pii"]])
      salary: Salary
      secret: Int @scopes(scopes: [["money"]])
      friends: [Found!]
      desk: String @auth
    }
    type Firm implements Named @key(fields: "id") @scopes(scopes: [["firms"]]) { id: ID! name: String contact: String }
    type Salary @scopes(scopes: [["money"]]) { amount: Int }`,
  resolvers: {
    Query: { found: () => all(), named: () => all(), people: () => [person] },
    Person: { __resolveReference: () => person, friends: () => all() },
    Firm: { __resolveReference: () => firm },
  },
};

const scores: SubgraphParts = {
  name: 'scores',
  typeDefs: `
    type Person @key(fields: "id") {
      id: ID!
      secret: Int @external
      derived: Int @requires(fields: "secret") @scopes(scopes: [["money"]])
    }`,
  resolvers: { Person: { derived: ({ secret }: { secret: number }) => secret * 2 } },
};

const person = {
  __typename: 'Person',
  id: '1',
  name: 'canary-name',
  contact: 'canary-contact',
  salary: { amount: 7777 },
  secret: 8888,
  desk: 'canary-desk',
};
const firm = { __typename: 'Firm', id: '2', name: 'canary-name', contact: 'canary-contact' };
const all = () => [person, firm];

type Scope = 'pii' | 'firms' | 'money' | 'token';

/** What each place needs, all of it. An interface's field needs what each of its implementers needs. */
const PLACES: readonly [type: string, selection: string, needs: readonly Scope[]][] = [
  ['Person', 'name', []],
  ['Person', 'desk', ['token']],
  ['Person', 'contact', ['pii']],
  ['Person', 'salary { amount }', ['money']],
  ['Person', 'secret', ['money']],
  ['Person', 'derived', ['money']],
  ['Firm', 'name', ['firms']],
  ['Firm', 'contact', ['firms']],
  ['Named', 'name', ['firms']],
  ['Named', 'contact', ['firms', 'pii']],
];

/**
 * Composition gives an interface the rules of all its implementers' types: to enter Named is to see firms, and a person
 * behind it is not seen without.
 */
const SHAPES: readonly [needs: readonly Scope[], write: (type: string, selection: string) => string][] = [
  [['firms'], (type, selection) => `{ named { __typename ... on ${type} { ${selection} } } }`],
  [['firms'], (type, selection) => `{ found { __typename ... on Named { ... on ${type} { ${selection} } } } }`],
  [
    ['firms'],
    (type, selection) => `{ named { ...F } } fragment F on Named { ... { ... on ${type} { ${selection} } } }`,
  ],
  [[], (type, selection) => `{ found { __typename ... on ${type} { k: ${selection} } } }`],
  [[], (type, selection) => `{ found { ...F } } fragment F on ${type} { k: ${selection} }`],
  [
    [],
    (type, selection) =>
      `{ found { ...F } } fragment F on Found { ... { ...G } } fragment G on ${type} { ${selection} }`,
  ],
  [
    [],
    (type, selection) => `{ found { ... on Person { friends { __typename ... on ${type} { k: ${selection} } } } } }`,
  ],
  [
    [],
    (type, selection) => `{ people { friends { ...F } } } fragment F on ${type} { ... on ${type} { ${selection} } }`,
  ],
];

/** Nobody, and everybody with a token and any of the three scopes. */
const AUDIENCES: readonly (readonly Scope[])[] = [
  [],
  ...Array.from({ length: 8 }, (_, bits): Scope[] => [
    'token',
    ...(['pii', 'firms', 'money'] as const).filter((_scope, bit) => (bits >> bit) & 1),
  ]),
];

let graph: Awaited<ReturnType<typeof startGraph>>;
let cells = 0;

beforeAll(async () => {
  graph = await startGraph([people, scores], {
    authorization: { ...OPEN, authenticate: async ({ authorization }) => callerOf(authorization) },
    limits: { planningTimeoutMs: 20_000 },
  });
}, 60_000);

afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  process.stdout.write(`matrix of interfaces, unions, derived fields and arguments: ${cells} cells\n`);
});

function callerOf(authorization: string | undefined): Caller {
  const scopes = authorization?.split(' ') ?? [];
  return { ...ANONYMOUS, isAuthenticated: authorization !== undefined, scopes: new Set(scopes) };
}

async function askAs(audience: readonly Scope[], query: string, variables: Record<string, unknown> = {}) {
  const received = () => ['people', 'scores'].flatMap((name) => graph.subgraph(name).received.splice(0));
  received();
  const headers: Record<string, string> = audience.length === 0 ? {} : { authorization: audience.join(' ') };
  const answer = (await (await post(graph.endpoint, { query, variables }, headers)).json()) as GraphQLAnswer;
  return {
    answer,
    asked: received()
      .map((one) => one.query)
      .join('\n'),
  };
}

test.each(PLACES)(
  '%s { %s } is given to those with %j alone, through interfaces, unions, fragments and references',
  async (type, selection, needs) => {
    const [field] = selection.split(' ');
    for (const [more, write] of SHAPES) {
      for (const audience of AUDIENCES) {
        cells++;
        const query = write(type, selection);
        const { answer, asked } = await askAs(audience, query);
        const isAllowed = [...needs, ...more].every((need) => audience.includes(need));
        const said = {
          query,
          audience,
          codes: [...new Set(answer.errors?.map(({ extensions }) => extensions?.code))],
          isAsked: new RegExp(`\\b${field}\\b`).test(asked),
          isShown: /canary|7777|8888|17776/.test(JSON.stringify(answer)),
        };
        expect(said).toEqual({
          query,
          audience,
          codes: isAllowed ? [] : ['UNAUTHORIZED_FIELD_OR_TYPE'],
          isAsked: isAllowed,
          isShown: isAllowed,
        });
        // What a derived field is made of is fetched for those alone who may see the derived one.
        if (!isAllowed) expect(asked).not.toMatch(/secret|salary/);
      }
    }
  },
  60_000,
);

test.each<[string, Record<string, unknown>]>([
  ['{ people(contact: "x") { id } }', {}],
  ['{ a: people(where: { contact: "x" }) { id } }', {}],
  ['query ($c: String) { ...F } fragment F on Query { people(contact: $c) { id } }', { c: 'x' }],
  ['query ($w: Where) { people(where: $w) { id } }', { w: { name: 'x', contact: 'y' } }],
  ['query ($w: Where = { contact: "x" }) { ... { people(where: $w) { id } } }', {}],
  ['query ($c: String = "x") { people(where: { contact: $c }) { id } found { __typename } }', {}],
])('the argument of %s is taken from those with its scope alone', async (query, variables) => {
  for (const audience of AUDIENCES) {
    cells++;
    const { answer, asked } = await askAs(audience, query, variables);
    if (audience.includes('pii')) {
      expect(answer).toMatchObject({ data: expect.anything() });
      expect(answer.errors).toBeUndefined();
      expect(asked).toMatch(/people/);
    } else {
      expect(answer).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN_ARGUMENT' } }] });
      expect(asked).toBe('');
    }
  }
});
