import { describe, expect, test } from '@jest/globals';
import { buildRightsIndex, type RightsIndex } from '../../gateway/rights/rights-index.ts';
import { isMet, type Rule } from '../../gateway/rights/rule.ts';
import { callerWith, compose } from './rights-fixture.ts';

const build = (supergraphSdl: string) => buildRightsIndex(supergraphSdl, { undeclaredFields: 'public' });

/** Which of the scope lists open the place, to an authenticated caller. */
function openedBy(rules: readonly Rule[], scopeLists: readonly string[]): string[] {
  return scopeLists.filter((scopes) => rules.every((rule) => isMet(rule, callerWith(scopes))));
}

describe('rules as composition writes them', () => {
  test('scopes in one list are needed together, lists are alternatives', () => {
    const index = build(compose('type Query { a: Int @requiresScopes(scopes: [["x", "y"], ["z"]]) }'));
    expect(openedBy(index.ofField('Query', 'a'), ['', 'x', 'x y', 'z', 'y z'])).toEqual(['x y', 'z', 'y z']);
  });

  test('@authenticated and @policy are ANDed with scopes', () => {
    const index = build(
      compose('type Query { a: Int @authenticated @policy(policies: [["p"]]) @requiresScopes(scopes: [["x"]]) }'),
    );
    const isOpen = (more: object) => index.ofField('Query', 'a').every((rule) => isMet(rule, callerWith('x', more)));
    expect(isOpen({ policies: new Set(['p']) })).toBe(true);
    expect(isOpen({})).toBe(false);
    expect(isOpen({ policies: new Set(['p']), isAuthenticated: false })).toBe(false);
    expect([...index.policies]).toEqual(['p']);
  });

  test('the rules of one field in several subgraphs are ANDed', () => {
    const index = build(
      compose(
        'type Query { a: Int @shareable @requiresScopes(scopes: [["x"], ["y"]]) }',
        'type Query { a: Int @shareable @requiresScopes(scopes: [["z"]]) @authenticated }',
      ),
    );
    expect(openedBy(index.ofField('Query', 'a'), ['x', 'z', 'x z', 'y z'])).toEqual(['x z', 'y z']);
    expect(
      index.ofField('Query', 'a').every((rule) => isMet(rule, callerWith('x z', { isAuthenticated: false }))),
    ).toBe(false);
  });

  test('a field needs what its return type needs, also an enum or a scalar', () => {
    const index = build(
      compose(`
        type Query { t: T! e: [E!]! s: S free: Int }
        type T @requiresScopes(scopes: [["t"]]) { id: ID }
        enum E @requiresScopes(scopes: [["e"]]) { A }
        scalar S @requiresScopes(scopes: [["s"]])
      `),
    );
    const needs = (field: string) => openedBy(index.ofField('Query', field), ['', 't', 'e', 's']);
    expect([needs('t'), needs('e'), needs('s'), needs('free')]).toEqual([['t'], ['e'], ['s'], ['', 't', 'e', 's']]);
    expect(openedBy(index.ofType('T'), ['', 't'])).toEqual(['t']);
  });

  test.each([
    ['renamed', 'import: [{ name: "@requiresScopes", as: "@need" }]', '@need'],
    ['prefixed, because it was not imported', 'import: []', '@federation__requiresScopes'],
    ['prefixed by a renamed federation', 'as: "fed"', '@fed__requiresScopes'],
  ])('is found when the directive is %s', (_how, link, directive) => {
    const supergraph = compose(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", ${link})
      type Query { a: Int ${directive}(scopes: [["x"]]) }
    `);
    expect(openedBy(build(supergraph).ofField('Query', 'a'), ['', 'x'])).toEqual(['x']);
  });

  test('is found also when the supergraph links the federation itself', () => {
    const supergraph = `
      schema @link(url: "https://specs.apollo.dev/link/v1.0")
        @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"]) { query: Query }
      type Query { a: Int @federation__requiresScopes(scopes: [["x"]]) b: Int @authenticated }
    `;
    expect(openedBy(build(supergraph).ofField('Query', 'a'), ['', 'x'])).toEqual(['x']);
    expect(build(supergraph).ofField('Query', 'b')).toMatchObject([{ kind: 'authenticated' }]);
  });

  test('a field that an @interfaceObject adds has rules of its own', () => {
    const index = build(
      compose(
        `type Query { m: M }
         interface M @key(fields: "id") { id: ID! }
         type A implements M @key(fields: "id") @requiresScopes(scopes: [["a"]]) { id: ID! }`,
        'type M @key(fields: "id") @interfaceObject { id: ID! extra(by: Int @argumentScopes(scopes: [["x"]])): Int }',
      ),
    );
    expect(openedBy(index.ofArgument('A', 'extra', 'by'), ['', 'x'])).toEqual(['x']);
    expect(openedBy(index.ofField('M', 'extra'), ['', 'a'])).toEqual(['a']);
  });
});

describe("an interface's field", () => {
  const supergraph = `
    schema @link(url: "https://specs.apollo.dev/link/v1.0")
      @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY) { query: Query }
    type Query { node: Node }
    interface Node { id: ID owner: Person by(a: Int): Int }
    interface Sub implements Node @requiresScopes(scopes: [["sub"]]) { id: ID owner: Person by(a: Int): Int }
    type A implements Node @requiresScopes(scopes: [["a"]]) { id: ID owner: Employee by(a: Int): Int }
    type B implements Node & Sub { id: ID @requiresScopes(scopes: [["b"]]) owner: Person by(a: Int): Int }
    interface Person { name: String }
    type Employee implements Person @requiresScopes(scopes: [["e"]]) { name: String }
  `;
  const needs = (rules: readonly Rule[]) =>
    rules.flatMap((rule) => (rule.kind === 'scopes' ? rule.anyOf.flat() : [])).sort();

  test('needs the type and field rules of every implementer, although composition did not write them there', () => {
    expect(needs(build(supergraph).ofField('Node', 'id'))).toEqual(['a', 'b', 'sub']);
  });

  test("needs the rules of what an implementer's narrower field returns", () => {
    expect(needs(build(supergraph).ofField('Node', 'owner'))).toEqual(['a', 'e', 'sub']);
  });

  test('leaves an object that implements it to its own rules', () => {
    expect(needs(build(supergraph).ofField('A', 'id'))).toEqual([]);
    expect(needs(build(supergraph).ofField('Query', 'node'))).toEqual([]);
  });

  test("passes its rule to an object's field that comes only through an @interfaceObject", () => {
    const older = `
      schema @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
        @link(url: "https://specs.apollo.dev/link/v1.0")
        @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY) { query: Query }
      type Query { a: A }
      interface M @join__type(graph: ONE, isInterfaceObject: true) {
        extra: Int @join__field(graph: ONE) @requiresScopes(scopes: [["x"]])
      }
      type A implements M @join__type(graph: TWO) { own: Int @join__field(graph: TWO) extra: Int @join__field }
    `;
    expect(openedBy(build(older).ofField('A', 'extra'), ['', 'x'])).toEqual(['x']);
    expect(openedBy(build(older).ofField('A', 'own'), [''])).toEqual(['']);
  });
});

describe('arguments', () => {
  const args = (index: RightsIndex, type: string) => openedBy(index.ofArgument(type, 'f', 'a'), ['', 'x', 'y', 'x y']);

  test('rules of several subgraphs are ANDed, because the directive is repeatable', () => {
    const index = build(
      compose(
        'type Query { f(a: Int @argumentScopes(scopes: [["x"]])): Int @shareable }',
        'type Query { f(a: Int @argumentScopes(scopes: [["y"]])): Int @shareable }',
      ),
    );
    expect(args(index, 'Query')).toEqual(['x y']);
  });

  test('an input field has its own rules, and those of its enum or scalar', () => {
    const index = build(
      compose(`
        type Query { f(a: I, e: E): Int }
        input I { b: Int @argumentScopes(scopes: [["x"]]) e: E free: Int }
        enum E @requiresScopes(scopes: [["y"]]) { A }
      `),
    );
    expect(openedBy(index.ofInputField('I', 'b'), ['', 'x'])).toEqual(['x']);
    expect(openedBy(index.ofInputField('I', 'e'), ['', 'y'])).toEqual(['y']);
    expect(openedBy(index.ofInputField('I', 'free'), [''])).toEqual(['']);
    expect(openedBy(index.ofArgument('Query', 'f', 'e'), ['', 'y'])).toEqual(['y']);
  });

  test("an interface's argument needs what any implementer's needs", () => {
    const index = build(
      compose(`
        type Query { n: N }
        interface N { f(a: Int): Int }
        type T implements N { f(a: Int @argumentScopes(scopes: [["x"]])): Int }
      `),
    );
    expect(args(index, 'N')).toEqual(['x', 'x y']);
  });

  test.each([
    ['any specification', 'import: ["@argumentScopes"]', '@argumentScopes'],
    ['a renamed import', 'import: [{ name: "@argumentScopes", as: "@only" }]', '@only'],
  ])('the directive is found under %s', (_how, link, directive) => {
    const supergraph = compose(`
      extend schema @link(url: "https://specs.apollo.dev/link/v1.0")
        @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
        @link(url: "https://any.example/whatever/v3.1", ${link}) @composeDirective(name: "${directive}")
      directive ${directive}(scopes: [[String!]!]!) repeatable on ARGUMENT_DEFINITION
      type Query { f(a: Int ${directive}(scopes: [["x"]])): Int }
    `);
    expect(args(build(supergraph), 'Query')).toEqual(['x', 'x y']);
  });
});

describe('RIGHTS_DEFAULT', () => {
  const supergraph = compose(`
    type Query { a: Int b: T c: Int @policy(policies: [["public"]]) d: U }
    type T @policy(policies: [["public"]]) { e: Int }
    type U { f: Int g: T }
  `);
  const anonymous = callerWith('', { isAuthenticated: false, policies: new Set(['public']) });
  const open = (undeclaredFields: 'public' | 'authenticated') => {
    const index = buildRightsIndex(supergraph, { undeclaredFields });
    const places = ['Query.a', 'Query.b', 'Query.c', 'Query.d', 'T.e', 'U.f', 'U.g'];
    return places.filter((place) => {
      const [type = '', field = ''] = place.split('.');
      return index.ofField(type, field).every((rule) => isMet(rule, anonymous));
    });
  };

  test('authenticated: a field needs a token when neither it, nor its type, nor its parent has a rule', () => {
    expect(open('authenticated')).toEqual(['Query.b', 'Query.c', 'T.e', 'U.g']);
  });

  test('public: only what has a rule is closed', () => {
    expect(open('public')).toEqual(['Query.a', 'Query.b', 'Query.c', 'Query.d', 'T.e', 'U.f', 'U.g']);
  });
});

describe('fails closed', () => {
  const supergraphWith = (directive: string, more = '') => `
    schema @link(url: "https://specs.apollo.dev/link/v1.0")
      @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)
      @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
      @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
      @link(url: "https://rights.example/rights/v1.0", import: ["@argumentScopes"]) { query: Query }
    directive @argumentScopes(scopes: [[String!]!]!) repeatable on ARGUMENT_DEFINITION
    type Query { a(x: Int): Int ${directive} }
    ${more}
  `;

  test.each([
    '@requiresScopes(scopes: [])',
    '@requiresScopes(scopes: [[]])',
    '@requiresScopes(scopes: [["a"], []])',
    '@requiresScopes(scopes: [[""]])',
    '@requiresScopes(scopes: [[1]])',
    '@requiresScopes(scopes: [[null]])',
    '@requiresScopes(scopes: null)',
    '@requiresScopes(scopes: $x)',
    '@requiresScopes(scopes: {a: "b"})',
    '@requiresScopes(policies: [["a"]])',
    '@requiresScopes(scopes: [["a"]], unless: true)',
    '@requiresScopes',
    '@authenticated(unless: true)',
  ])('refuses the malformed rule %s', (directive) => {
    expect(() => build(supergraphWith(directive))).toThrow();
  });

  test('reads lists that GraphQL completes: a rule written as one scope is that scope', () => {
    const index = build(supergraphWith('@requiresScopes(scopes: ["a", "b"])'));
    expect(openedBy(index.ofField('Query', 'a'), ['', 'a', 'b'])).toEqual(['a', 'b']);
  });

  test.each([
    ['a directive that no @link explains', '@policy(policies: [["p"]])', '', 'explains the directive @policy'],
    ['a rule on a union', '', 'union U @authenticated = Query', 'stands where it cannot be enforced'],
    ['a rule on an input type', '', 'input I @authenticated { a: Int }', 'stands where it cannot be enforced'],
    ['a rule on an enum value', '', 'enum E { A @authenticated }', 'stands where it cannot be enforced'],
    ['a rule for arguments on a field', '@argumentScopes(scopes: [["a"]])', '', 'stands where it cannot be enforced'],
    ['a rule for fields on an argument', '', 'type T { a(b: Int @authenticated): Int }', 'cannot be enforced'],
    ['a rule on the schema', '', 'extend schema @authenticated', 'stands where it cannot be enforced'],
    [
      'a rule that composition did not merge',
      '',
      'type T @join__directive(name: "federation__authenticated") { a: Int }',
      'in a form that is not known',
    ],
  ])('refuses %s', (_what, directive, more, message) => {
    expect(() => build(supergraphWith(directive, more))).toThrow(message);
  });

  test('reads rules that stand on an extension', () => {
    const index = build(supergraphWith('', 'extend type Query @authenticated { more: Int }'));
    expect(index.ofType('Query')).toMatchObject([{ kind: 'authenticated' }]);
  });

  test("refuses @argumentScopes that is not repeatable: composition keeps one subgraph's rule of it", () => {
    const text = supergraphWith('').replace('repeatable', '');
    expect(() => build(text)).toThrow('must be repeatable');
  });

  test.each(['', 'type Query { a: Int }', 'schema { query: Missing }', 'not GraphQL'])(
    'refuses %p as no supergraph',
    (text) => {
      expect(() => build(text)).toThrow();
    },
  );

  test('a place that the supergraph does not know needs what nobody has', () => {
    const index = build(supergraphWith(''));
    const everything = { isAuthenticated: true, scopes: new Set(['a']), policies: new Set(['a']) };
    const places = [
      index.ofType('constructor'),
      index.ofField('Query', '__proto__'),
      index.ofField('Missing', 'a'),
      index.ofArgument('Query', 'a', 'missing'),
      index.ofInputField('Missing', 'a'),
    ];
    for (const rules of places) expect(rules.every((rule) => isMet(rule, everything))).toBe(false);
  });
});
