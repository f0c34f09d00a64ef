import { expect, test } from '@jest/globals';
import type { ExecutionResult } from 'graphql';
import { codesByPath, startGraph } from './gateway-fixture.ts';
import type { SubgraphParts } from './gateway-subgraph.ts';

test('serves a supergraph with rights, cache tags, costs and directives of its own, under any names', async () => {
  await using graph = await startGraph([
    subgraph('a', {
      typeDefs: `
        extend schema @link(url: "https://own.example/limits/v1.0", import: ["@limit"]) @composeDirective(name: "@limit")
        directive @limit(max: Int!) on FIELD_DEFINITION | ARGUMENT_DEFINITION
        type Query {
          a(x: Int @limit(max: 3)): String @auth @limit(max: 1) @tagged(format: "a")
          b: [String] @scopes(scopes: [["b"]]) @policy(policies: [["p"]]) @listSize(assumedSize: 3) @cost(weight: 2)
        }`,
      resolvers: { Query: { a: () => 'A', b: () => ['B'] } },
    }),
  ]);
  for (const name of ['auth', 'scopes', 'policy', 'cacheTag']) expect(graph.supergraphSdl).toContain(name);
  expect(await graph.ask('{ a b }')).toEqual({ data: { a: 'A', b: ['B'] } });
});

test('refuses a supergraph that needs what it cannot do', async () => {
  const parts = subgraph('a', {
    typeDefs: `
      type Query { user: User }
      type User @key(fields: "id") @context(name: "user") { id: ID! locale: String child: Child }
      type Child @key(fields: "id") { id: ID! greeting(locale: String @fromContext(field: "$user { locale }")): String }`,
  });
  await expect(startGraph([parts])).rejects.toThrow(/context/);
});

const library = [
  subgraph('catalogue', {
    typeDefs: `
      type Query { items: [Item!]! shelf: Shelf }
      union Item = Book | Film
      type Book @key(fields: "id") { id: ID! title: String }
      type Film @key(fields: "id") { id: ID! length: Int }
      type Shelf { named: [Named!]! }
      interface Named { id: ID! }
      type Poster implements Named @key(fields: "id") { id: ID! }
      type Map implements Named @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: {
        items: () => ITEMS,
        shelf: () => ({
          named: [
            { __typename: 'Poster', id: 'p' },
            { __typename: 'Map', id: 'm' },
          ],
        }),
      },
    },
  }),
  subgraph('prices', {
    typeDefs: `
      type Book @key(fields: "id") { id: ID! price: Int }
      type Film @key(fields: "id") { id: ID! price: Int rating: Float }
      type Map @key(fields: "id") { id: ID! scale: Int }`,
    resolvers: {
      Book: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 10 }) },
      Film: {
        __resolveReference: ({ id }: { id: string }) =>
          id === 'f2' ? new Error('no rating') : { id, price: 20, rating: 4.5 },
      },
      Map: { __resolveReference: ({ id }: { id: string }) => ({ id, scale: 100 }) },
    },
  }),
];
const ITEMS = [
  { __typename: 'Book', id: 'b1', title: 'One' },
  { __typename: 'Film', id: 'f1', length: 90 },
  { __typename: 'Book', id: 'b2', title: 'Two' },
  { __typename: 'Film', id: 'f2', length: 80 },
];

test('an error finds its entity in a list of several types, of which only some are asked for', async () => {
  await using graph = await startGraph(library);
  const answer = await graph.ask('{ items { __typename ... on Book { title } ... on Film { rating } } }');
  expect(answer.data).toEqual({
    items: [
      { __typename: 'Book', title: 'One' },
      { __typename: 'Film', rating: 4.5 },
      { __typename: 'Book', title: 'Two' },
      { __typename: 'Film', rating: null },
    ],
  });
  expect(codesByPath(answer)).toEqual(['items.3.rating: SUBGRAPH_ERROR']);
});

test('what only some types of a list have is missing only there when their subgraph is down', async () => {
  await using graph = await startGraph(library);
  graph.subgraph('prices').misbehave(() => ({ kind: 'reset' }));
  const answer = await graph.ask(
    '{ items { ... on Book { title } ... on Film { rating } } shelf { named { id ... on Map { scale } } } }',
  );
  expect(codesByPath(answer)).toEqual([
    'items.1.rating: SUBGRAPH_UNAVAILABLE',
    'items.3.rating: SUBGRAPH_UNAVAILABLE',
    'shelf.named.1.scale: SUBGRAPH_UNAVAILABLE',
  ]);
});

test('a subgraph that adds to an interface as one object is asked, and missed, like any other', async () => {
  await using graph = await startGraph([
    subgraph('media', {
      typeDefs: `
        type Query { all: [Media!] }
        interface Media @key(fields: "id") { id: ID! }
        type Song implements Media @key(fields: "id") { id: ID! artist: String }
        type Talk implements Media @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          all: () => [
            { __typename: 'Song', id: 's', artist: 'A' },
            { __typename: 'Talk', id: 't' },
          ],
        },
        Media: { __resolveReference: () => null },
      },
    }),
    subgraph('reviews', {
      typeDefs: 'type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int }',
      resolvers: { Media: { __resolveReference: ({ id }: { id: string }) => ({ id, stars: id === 's' ? 5 : 3 }) } },
    }),
  ]);
  const query = '{ all { __typename stars ... on Song { artist } } }';
  expect((await graph.ask(query)).data).toEqual({
    all: [
      { __typename: 'Song', stars: 5, artist: 'A' },
      { __typename: 'Talk', stars: 3 },
    ],
  });
  graph.subgraph('reviews').misbehave(() => ({ kind: 'reset' }));
  const answer = await graph.ask(query);
  expect(codesByPath(answer)).toEqual(['all.0.stars: SUBGRAPH_UNAVAILABLE', 'all.1.stars: SUBGRAPH_UNAVAILABLE']);
});

test('an object whose type nobody can tell is null where what is asked of it depends on its type', async () => {
  await using graph = await startGraph([
    subgraph('media', {
      typeDefs: `
        type Query { first: Media }
        interface Media @key(fields: "id") { id: ID! }
        type Song implements Media @key(fields: "id") { id: ID! artist: String }
        type Talk implements Media @key(fields: "id") { id: ID! }`,
      resolvers: {
        Media: { __resolveReference: ({ id }: { id: string }) => (id === 's' ? { __typename: 'Song' } : null) },
      },
    }),
    subgraph('reviews', {
      typeDefs: `
        type Query { best: [Media] worst: Media! }
        type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int }`,
      resolvers: {
        Query: {
          best: () => [
            { id: 's', stars: 5 },
            { id: 'none', stars: 1 },
          ],
          worst: () => ({ id: 'none', stars: 1 }),
        },
      },
    }),
  ]);
  expect(await graph.ask('{ best { stars ... on Song { id } } }')).toEqual({
    data: { best: [{ stars: 5, id: 's' }, null] },
  });
  expect(await graph.ask('{ best { __typename } }')).toEqual({ data: { best: [{ __typename: 'Song' }, null] } });
  expect(await graph.ask('{ best { ... on Media { stars } } }')).toEqual({
    data: { best: [{ stars: 5 }, { stars: 1 }] },
  });
  const worst = await graph.ask('{ worst { ... on Song { id } } }');
  expect(worst.data).toBeNull();
  expect(codesByPath(worst)).toEqual(['worst: SUBGRAPH_BAD_RESPONSE']);
  graph.subgraph('media').misbehave(() => ({ kind: 'reset' }));
  const lost = await graph.ask('{ best { stars ... on Song { id } } }');
  expect(lost.data).toEqual({ best: [null, null] });
  expect(codesByPath(lost)).toEqual(['best.0: SUBGRAPH_UNAVAILABLE', 'best.1: SUBGRAPH_UNAVAILABLE']);
});

test('one key means another field on each type, also where a subgraph takes the types for one object', async () => {
  const peak = ({ id }: { id: string }, { week }: { week: number }) => `${id} in week ${week}`;
  await using graph = await startGraph([
    subgraph('media', {
      typeDefs: `
        type Query { all: [Media] }
        interface Media @key(fields: "id") { id: ID! }
        type Song implements Media @key(fields: "id") { id: ID! }
        type Talk implements Media @key(fields: "id") { id: ID! }
        type Film implements Media @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: { all: () => ['Song', 'Talk', 'Film'].map((__typename) => ({ __typename, id: __typename })) },
      },
    }),
    subgraph('charts', {
      typeDefs: `
        input Week { number: Int year: Int }
        type Media @interfaceObject @key(fields: "id") { id: ID! peak(week: Int = 1, of: Week): String rank: String }`,
      resolvers: {
        Media: {
          __resolveReference: (reference: unknown) => reference,
          peak,
          rank: ({ id }: { id: string }) => (id === 'Film' ? new Error('no rank') : `rank of ${id}`),
        },
      },
    }),
  ]);
  const answer = await graph.ask(`{
    all {
      ... on Song { at: peak(week: 1, of: { number: 1, year: 2 }) at: peak(of: { year: 2, number: 1 }, week: 1) }
      ... on Talk { at: peak(week: 2) }
      ... on Film { at: rank }
    }
  }`);
  expect(answer.data).toEqual({ all: [{ at: 'Song in week 1' }, { at: 'Talk in week 2' }, { at: null }] });
  expect(codesByPath(answer)).toEqual(['all.2.at: SUBGRAPH_ERROR']);
});

test('an entity of a type of which nothing was asked has no error', async () => {
  await using graph = await startGraph([
    subgraph('media', {
      typeDefs: `
        interface Media @key(fields: "id") { id: ID! }
        type Song implements Media @key(fields: "id") { id: ID! }
        type Talk implements Media @key(fields: "id") { id: ID! }`,
      resolvers: { Media: { __resolveReference: ({ id }: { id: string }) => ({ __typename: id, id }) } },
    }),
    subgraph('reviews', {
      typeDefs: 'type Query { best: [Media] } type Media @interfaceObject @key(fields: "id") { id: ID! }',
      resolvers: { Query: { best: () => [{ id: 'Song' }, { id: 'Talk' }] } },
    }),
    subgraph('charts', {
      typeDefs:
        'type Media @interfaceObject @key(fields: "id") { id: ID! peak: Place } type Place { media: Media week: Int }',
      resolvers: {
        Media: {
          __resolveReference: ({ id }: { id: string }) =>
            id === 'Talk' ? new Error('lost') : { id, peak: { week: 1 } },
        },
      },
    }),
  ]);
  const songs = await graph.ask('{ best { ... on Song { peak { week } } } }');
  expect(songs).toEqual({ data: { best: [{ peak: { week: 1 } }, {}] } });
  const all = await graph.ask('{ best { peak { week } } }');
  expect(all.data).toEqual({ best: [{ peak: { week: 1 } }, { peak: null }] });
  expect(codesByPath(all)).toEqual(['best.1.peak: SUBGRAPH_ERROR']);
});

test('a reference to an entity that nobody has is null where null may stand, and an error where it may not', async () => {
  await using graph = await startGraph([
    subgraph('invoices', {
      typeDefs: `
        type Query { maybe: [Order] always: [Order!] known: [Order] }
        type Order @key(fields: "id") { id: ID! paid: Boolean @shareable }`,
      resolvers: {
        Query: {
          maybe: () => [{ id: '1' }, { id: 'none' }],
          always: () => [{ id: '1' }, { id: 'none' }],
          known: () => [{ id: 'none', paid: true }],
        },
      },
    }),
    subgraph('shop', {
      typeDefs: 'type Order @key(fields: "id") { id: ID! number: String! }',
      resolvers: {
        Order: { __resolveReference: ({ id }: { id: string }) => (id === 'none' ? null : { id, number: `no. ${id}` }) },
      },
    }),
  ]);
  expect(await graph.ask('{ maybe { number } }')).toEqual({ data: { maybe: [{ number: 'no. 1' }, null] } });
  const always = await graph.ask('{ always { number } }');
  expect(always.data).toEqual({ always: null });
  expect(codesByPath(always)).toEqual(['always.1.number: SUBGRAPH_BAD_RESPONSE']);
  const known = await graph.ask('{ known { paid number } }');
  expect(known.data).toEqual({ known: [null] });
  expect(codesByPath(known)).toEqual(['known.0.number: SUBGRAPH_BAD_RESPONSE']);
});

test('a field that a plan needs with one argument and the client asks for with others is each time its own', async () => {
  await using graph = await startGraph([
    subgraph('prices', {
      typeDefs:
        'type Query { product: Product } type Product @key(fields: "sku") { sku: ID! price(currency: String!): Int }',
      resolvers: {
        Query: { product: () => ({ sku: 's' }) },
        Product: {
          price: (_: unknown, { currency }: { currency: string }) => ({ USD: 10, EUR: 20, PLN: 40 })[currency],
        },
      },
    }),
    subgraph('freight', {
      typeDefs: `type Product @key(fields: "sku") {
        sku: ID! price(currency: String!): Int @external
        eur: Int @requires(fields: "price(currency: \\"EUR\\")")
      }`,
      resolvers: {
        Product: {
          __resolveReference: (reference: unknown) => reference,
          eur: ({ price }: { price: number }) => price + 2,
        },
      },
    }),
  ]);
  const query = '{ product { eur price(currency: "PLN") sku: price(currency: "EUR") } }';
  expect(await graph.ask(query)).toEqual({ data: { product: { eur: 22, price: 40, sku: 20 } } });
  graph.subgraph('freight').misbehave(() => ({ kind: 'reset' }));
  expect(codesByPath(await graph.ask(query))).toEqual(['product.eur: SUBGRAPH_UNAVAILABLE']);
});

test('a field that a plan needs with an argument and the client asks for without any is each time its own', async () => {
  await using graph = await startGraph([
    subgraph('prices', {
      typeDefs: `
        type Query { product: Product }
        type Product @key(fields: "sku") { sku: ID! price(currency: String! = "PLN"): Int }`,
      resolvers: {
        Query: { product: () => ({ sku: 's' }) },
        Product: {
          price: (_: unknown, { currency }: { currency: string }) => ({ EUR: 20, PLN: 40 })[currency],
        },
      },
    }),
    subgraph('freight', {
      typeDefs: `type Product @key(fields: "sku") {
        sku: ID! price(currency: String! = "PLN"): Int @external
        eur: Int @requires(fields: "price(currency: \\"EUR\\")")
      }`,
      resolvers: {
        Product: {
          __resolveReference: (reference: unknown) => reference,
          eur: ({ price }: { price: number }) => price + 2,
        },
      },
    }),
  ]);
  expect(await graph.ask('{ product { price eur } }')).toEqual({ data: { product: { price: 40, eur: 22 } } });
});

test("fields at a mutation's root run in the order in which they are written, in fragments too", async () => {
  const ran: string[] = [];
  const run = (_: unknown, { step }: { step: string }) => {
    ran.push(step);
    return { step };
  };
  await using graph = await startGraph([
    subgraph('left', {
      typeDefs: `
        type Query { ping: Int }
        type Mutation { left(step: String!): Done leaf(step: String!): Int }
        type Done @shareable { step: String number: Int }`,
      resolvers: {
        Mutation: { left: run, leaf: (_: unknown, { step }: { step: string }) => ran.push(step) },
        Done: { number: () => ran.length },
      },
    }),
    subgraph('right', {
      typeDefs: 'type Mutation { right(step: String!): Done } type Done @shareable { step: String number: Int }',
      resolvers: { Mutation: { right: run } },
    }),
  ]);
  const answer = await graph.ask(
    `mutation ($yes: Boolean = true) {
      ... on Mutation { a: left(step: "a") { step } }
      b: left(step: "b") { step }
      ... on Mutation @include(if: $yes) { c: right(step: "c") { step } a: left(step: "a") { number } }
      ...More
      d: left(step: "d") { step }
      ...More
      f: leaf(step: "f")
      ...Last
    }
    fragment Last on Mutation { g: left(step: "g") { step } }
    fragment More on Mutation { ... @skip(if: $yes) { left(step: "no") { step } } e: left(step: "e") { step } }`,
  );
  expect(ran).toEqual(['a', 'b', 'c', 'e', 'd', 'f', 'g']);
  expect(Object.entries(answer.data!)).toEqual([
    ['a', { step: 'a', number: 1 }],
    ['b', { step: 'b' }],
    ['c', { step: 'c' }],
    ['e', { step: 'e' }],
    ['d', { step: 'd' }],
    ['f', 6],
    ['g', { step: 'g' }],
  ]);
});

test('an open graph asks nobody for rights, whatever its schema declares of fields and of arguments', async () => {
  await using graph = await startGraph([
    subgraph('a', {
      typeDefs: `
        extend schema
          @link(url: "https://own.example/rights/v1.0", import: ["@argumentScopes"])
          @composeDirective(name: "@argumentScopes")
        directive @argumentScopes(scopes: [[String!]!]!) repeatable on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
        type Query {
          found(email: String @argumentScopes(scopes: [["pii"]]), where: Where): String @scopes(scopes: [["secret"]])
        }
        input Where { phone: String @argumentScopes(scopes: [["pii"]]) }`,
      resolvers: { Query: { found: () => 'found' } },
    }),
  ]);
  expect(graph.supergraphSdl).toContain('@argumentScopes(scopes: [["pii"]])');
  const answer = await graph.ask('{ found(email: "a@b.pl", where: { phone: "1" }) }');
  expect(answer).toEqual({ data: { found: 'found' } });
});

test.each([
  ['as well as without one', '... on Book { reviews { author { name } } } reviews { number }'],
  [
    'each with its own',
    '... on Book { reviews { number author { name } } } ... on Film { reviews { number author { id } } }',
  ],
  [
    'deeper down',
    '... on Book { related { reviews { number author { name } } } } related { reviews { number } } reviews { number }',
  ],
])('a field below one key is missed only where it was asked for: below a condition %s', async (_what, selection) => {
  const review = { number: 1, author: { id: 'a', name: 'A' } };
  const film = { __typename: 'Film', reviews: [review] };
  const book = { __typename: 'Book', reviews: [review], related: [film] };
  await using graph = await startGraph([
    subgraph('reviews', {
      typeDefs: `
        type Query { rated: [Rated] }
        interface Rated { reviews: [Review] related: [Rated] }
        type Book implements Rated { reviews: [Review] related: [Rated] }
        type Film implements Rated { reviews: [Review] related: [Rated] }
        type Review { number: Int author: Author }
        type Author { id: ID name: String }`,
      resolvers: { Query: { rated: () => [{ ...film, related: [film] }, book] } },
    }),
  ]);
  const query = `{ rated { ${selection} } }`;
  expect((await graph.ask(query)).errors).toBeUndefined();
  const forget = (answer: ExecutionResult) => JSON.parse(JSON.stringify(answer).replaceAll('"name":"A"', '"other":1'));
  graph.subgraph('reviews').misbehave(() => ({ kind: 'change', change: forget }));
  expect(codesByPath(await graph.ask(query))).toEqual([
    expect.stringMatching(/^rated\.1\.(related\.0\.)?reviews\.0\.author\.name: SUBGRAPH_BAD_RESPONSE$/),
  ]);
});

test('nothing is missed in objects of which nothing can be asked', async () => {
  await using graph = await startGraph([
    subgraph('books', {
      typeDefs: `
        type Query { accounts: [Account!]! count: Int! }
        union Audited = Account | Owner
        type Account { number: Int }
        type Owner { name: String }`,
      resolvers: { Query: { accounts: () => [{ number: 1 }], count: () => 1 } },
    }),
  ]);
  const query = '{ accounts { ... on Audited { ... on Owner { name } } } count }';
  expect(await graph.ask(query)).toEqual({ data: { accounts: [{}], count: 1 } });
  const forget = ({ data }: ExecutionResult) => ({ data: { ...data, count: 'one' } });
  graph.subgraph('books').misbehave(() => ({ kind: 'change', change: forget }));
  expect(codesByPath(await graph.ask(query))).toEqual(['count: SUBGRAPH_BAD_RESPONSE']);
});

test("errors of root fields behind a mutation's payload stand there", async () => {
  await using graph = await startGraph([
    subgraph('writes', {
      typeDefs:
        'type Query @shareable { ping: Int } type Mutation { save: Payload } type Payload { done: Boolean query: Query }',
      resolvers: { Mutation: { save: () => ({ done: true, query: {} }) }, Query: { ping: () => 1 } },
    }),
    subgraph('reads', { typeDefs: 'type Query { count: Int }', resolvers: { Query: { count: () => 3 } } }),
  ]);
  const query = 'mutation { save { done query { ping count } } }';
  expect(await graph.ask(query)).toEqual({ data: { save: { done: true, query: { ping: 1, count: 3 } } } });
  graph.subgraph('reads').misbehave(() => ({ kind: 'reset' }));
  const answer = await graph.ask(query);
  expect(answer.data).toEqual({ save: { done: true, query: { ping: 1, count: null } } });
  expect(codesByPath(answer)).toEqual(['save.query.count: SUBGRAPH_UNAVAILABLE']);
});

test('two subgraphs that share a root field and its object each answer for their part', async () => {
  const part = (name: string, field: string): SubgraphParts =>
    subgraph(name, {
      typeDefs: `type Query { me: Me @shareable } type Me { ${field}: String }`,
      resolvers: { Query: { me: () => ({ [field]: `of ${name}` }) } },
    });
  await using graph = await startGraph([part('left', 'l'), part('right', 'r')]);
  expect(await graph.ask('{ me { l r } }')).toEqual({ data: { me: { l: 'of left', r: 'of right' } } });
  graph.subgraph('right').misbehave(() => ({ kind: 'reset' }));
  const answer = await graph.ask('{ me { l r } }');
  expect(answer.data).toEqual({ me: { l: 'of left', r: null } });
  expect(codesByPath(answer)).toEqual(['me.r: SUBGRAPH_UNAVAILABLE']);
});

function subgraph(name: string, parts: { typeDefs: string; resolvers?: SubgraphParts['resolvers'] }): SubgraphParts {
  return { name, typeDefs: parts.typeDefs, resolvers: parts.resolvers ?? {} };
}
