import { describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { createAuthorizer } from '../../gateway/rights/authorizer.ts';
import { judgeRequest } from '../../gateway/rights/judge-request.ts';
import { shapeData } from '../../gateway/rights/shape-data.ts';
import { callerWith, compose, guard, placesOf } from './rights-fixture.ts';

const shop = guard(
  compose(`
    type Query {
      customer: Customer
      search: [Result!]
      node: Node
      staff: Staff
      level: Level
    }
    union Result = Customer | Product
    interface Node { id: ID code: String }
    type Customer implements Node @requiresScopes(scopes: [["customers"]]) {
      id: ID
      code: String
      name: String
      email: String @requiresScopes(scopes: [["pii"]])
      friend: Customer
    }
    type Product implements Node { id: ID code: String @requiresScopes(scopes: [["codes"]]) price: Int }
    type Staff @policy(policies: [["own-staff"]]) { name: String }
    enum Level @authenticated { HIGH }
    type Mutation {
      rename(to: String): Customer
      open: Boolean
    }
  `),
);

function compact(text: string | null): string | null {
  return text && print(parse(text)).replace(/\s+/g, ' ').trim();
}

describe('what is left to ask', () => {
  const asked = (query: string, scopes: string) => compact(shop.answer(query, { caller: callerWith(scopes) }).asked);

  test('a denied field is removed, and the rest stays', () => {
    expect(asked('{ customer { id email name } }', 'customers')).toBe('{ customer { id name } }');
  });

  test('a type that the caller may not see takes its fields with it', () => {
    expect(asked('{ customer { id } level }', '')).toBe('{ level }');
  });

  test("the same document object when nothing is denied, so that its plan is everybody's", () => {
    const document = parse('{ customer { id email } }');
    expect(shop.authorizer.decide(document, callerWith('customers pii')).document).toBe(document);
  });

  test('null when nothing is left', () => {
    expect(asked('{ customer { id } }', '')).toBeNull();
  });

  test('an object of which nothing is left is asked whether it is there', () => {
    expect(asked('{ customer { email } }', 'customers')).toBe('{ customer { _typename: __typename } }');
  });

  test('the name for that is one that the client does not use', () => {
    expect(asked('{ customer { _typename: email _typename0: email } }', 'customers')).toBe(
      '{ customer { _typename1: __typename } }',
    );
  });

  test('an object of any of several types is asked which it is', () => {
    expect(asked('{ search { ... on Customer { id } ... on Product { id } } }', '')).toBe(
      '{ search { ... on Product { id } _typename: __typename } }',
    );
  });

  test('variables and fragments go with the selections that used them', () => {
    const query = `
      query ($a: Boolean!, $b: Boolean!) { customer { ...F ...G id @include(if: $b) } }
      fragment F on Customer { email @include(if: $a) }
      fragment G on Customer { name email }
    `;
    expect(asked(query, 'customers')).toBe(
      'query ($b: Boolean!) { customer { ...G id @include(if: $b) } } fragment G on Customer { name }',
    );
  });

  test('a denied selection is removed also where a variable leaves it out', () => {
    const query = 'query ($with: Boolean = false) { customer { id email @include(if: $with) } }';
    expect(asked(query, 'customers')).toBe('{ customer { id } }');
  });
});

describe('what is reported', () => {
  const report = (query: string, scopes: string, variables = {}) =>
    placesOf(shop.answer(query, { caller: callerWith(scopes), variables }).errors);

  test('one error for each denied selection, by response keys, with what it needs', () => {
    const { errors } = shop.answer('{ me: customer { mail: email } }', { caller: callerWith('customers') });
    expect(errors).toEqual([
      {
        message: 'You may not see Customer.email',
        path: ['me', 'mail'],
        extensions: {
          code: 'UNAUTHORIZED_FIELD_OR_TYPE',
          coordinate: 'Customer.email',
          requiredScopes: [['pii']],
        },
      },
    ]);
  });

  test('a denied object is one error, whatever is asked of it', () => {
    expect(report('{ customer { id email friend { email } } }', '')).toEqual(['customer Query.customer']);
  });

  test('a denied type condition is an error for each field in it', () => {
    const query = '{ search { ... on Customer { id ... on Node { code } __typename } ... on Product { id } } }';
    expect(report(query, 'codes')).toEqual(['search.id Customer.id', 'search.code Node.code']);
  });

  test.each([
    '{ search { ...F } } fragment F on Customer { id }',
    '{ search { ... on Customer { id } } }',
    '{ search { ... @include(if: true) { ... on Customer { ... { id } } } } }',
  ])('a type condition is judged however the fragment is written: %s', (query) => {
    const { asked, errors } = shop.answer(query);
    expect([compact(asked), placesOf(errors)]).toEqual([
      '{ search { _typename: __typename } }',
      ['search.id Customer.id'],
    ]);
  });

  test('a protected root denies each of its fields, but not what GraphQL itself answers', () => {
    const closed = guard(
      compose(`
        type Query @authenticated { a: Int b: Int self: Query }
        type Mutation @requiresScopes(scopes: [["write"]]) { c: Int }
      `),
    );
    const anonymous = callerWith('', { isAuthenticated: false });
    const answer = closed.answer('{ a ...F __typename } fragment F on Query { b }', {
      caller: anonymous,
      data: { a: 1, b: 2 },
    });
    expect(placesOf(answer.errors)).toEqual(['a Query.a', 'b Query.b']);
    expect(JSON.stringify(answer.data)).toBe('{"a":null,"b":null,"__typename":"Query"}');
    expect(closed.answer('mutation { c }').kind).toBe('refused');
    expect(closed.answer('{ a self { b } }').errors).toEqual([]);
  });

  test('a field selected twice at one place is one error, at two places two', () => {
    const query =
      '{ a: customer { email email ...F } a: customer { email } b: customer { email } } fragment F on Customer { email }';
    expect(report(query, 'customers')).toEqual(['a.email Customer.email', 'b.email Customer.email']);
  });

  test('a rule that is no scope has no required scopes', () => {
    const { errors } = shop.answer('{ staff { name } }');
    expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHORIZED_FIELD_OR_TYPE', coordinate: 'Query.staff' });
  });

  test.each([
    ['{ customer { email @skip(if: true) } }', []],
    ['{ customer { email @include(if: false) } }', []],
    ['{ customer { ... @include(if: false) { email } } }', []],
    ['{ customer @skip(if: true) { email } }', []],
    ['{ customer { email @skip(if: false) @include(if: true) } }', ['customer.email Customer.email']],
    ['{ customer { email @skip(if: true) email } }', ['customer.email Customer.email']],
  ])('a selection that is not included is not denied: %s', (query, expected) => {
    expect(report(query, 'customers')).toEqual(expected);
  });

  test('one decision serves requests whose variables include it or not', () => {
    const query = `
      query ($a: Boolean!, $b: Boolean = true) {
        customer { email @include(if: $a) ...F @skip(if: $b) }
      }
      fragment F on Customer { friend { email } }
    `;
    const decision = shop.decide(query, callerWith('customers'));
    const reported = (variables: object) => placesOf(judgeRequest(decision, { ...variables }).errors);
    const [own, friends] = ['customer.email Customer.email', 'customer.friend.email Customer.email'];
    expect(reported({ a: true })).toEqual([own]);
    expect(reported({ a: false })).toEqual([]);
    expect(reported({ a: false, b: false })).toEqual([friends]);
    expect(reported({ a: true, b: false })).toEqual([own, friends]);
  });

  test('a condition without a boolean counts as included', () => {
    const query = 'query ($a: Boolean!) { customer { email @include(if: $a) } }';
    expect(report(query, 'customers', { a: 'no' })).toEqual(['customer.email Customer.email']);
  });
});

describe('a mutation', () => {
  test('is refused whole when any included selection is denied', () => {
    const answer = shop.answer('mutation { open rename(to: "x") { id email } }', { caller: callerWith('customers') });
    expect({ ...answer, errors: placesOf(answer.errors) }).toMatchObject({
      kind: 'refused',
      data: null,
      errors: ['rename.email Customer.email'],
    });
  });

  test('runs when the denied selection is not included', () => {
    const query = 'mutation ($with: Boolean!) { open rename(to: "x") { id email @include(if: $with) } }';
    const judge = (variables: Record<string, unknown>) =>
      shop.answer(query, { caller: callerWith('customers'), variables }).kind;
    expect([judge({ with: false }), judge({ with: true })]).toEqual(['allowed', 'refused']);
  });
});

describe('who shares a decision', () => {
  const document = parse('{ customer { id email } }');
  const decide = (scopes: string, more = {}) => shop.authorizer.decide(document, callerWith(scopes, more));

  test('callers whose rights do not differ in what the operation touches', () => {
    expect(decide('customers unrelated')).toBe(decide('customers'));
    expect(decide('customers', { isAuthenticated: false, policies: new Set(['own-staff']) })).toBe(decide('customers'));
  });

  test('nobody else', () => {
    const decisions = ['', 'customers', 'pii', 'customers pii'].map((scopes) => decide(scopes));
    expect(new Set(decisions).size).toBe(4);
  });

  test('nobody on another document, or of another supergraph', () => {
    const other = createAuthorizer({ schema: shop.schema, index: shop.index });
    expect(other.decide(document, callerWith('customers'))).not.toBe(decide('customers'));
    expect(shop.decide('{ customer { id email } }', callerWith('customers'))).not.toBe(decide('customers'));
  });

  test('the policies to evaluate are those that the operation touches', () => {
    expect([...shop.authorizer.policiesOf(document)]).toEqual([]);
    expect([...shop.authorizer.policiesOf(parse('{ staff { name } }'))]).toEqual(['own-staff']);
    expect([...shop.authorizer.policiesOf(parse('{ __schema { types { name } } }'))]).toEqual(['own-staff']);
  });
});

test('fragments that fan out to 2^60 spreads of one place are judged, and shaped, by reading each once', () => {
  const spreads = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Customer { ...F${n + 1} ...F${n + 1} }`);
  const query = `{ customer { ...F0 } } ${spreads.join(' ')} fragment F60 on Customer { id email friend { email } }`;
  const decision = shop.decide(query, callerWith('customers'));
  expect(placesOf(judgeRequest(decision, {}).errors)).toEqual([
    'customer.email Customer.email',
    'customer.friend.email Customer.email',
  ]);
  const data = { customer: { id: '1', friend: null } };
  expect(JSON.stringify(shapeData(decision, { data, introspection: null, variables: {} }))).toBe(
    '{"customer":{"id":"1","email":null,"friend":null}}',
  );
});

describe('what cannot be judged', () => {
  test.each([
    '{ customer { id } } query Other { level }',
    'fragment F on Customer { id }',
    'subscription { customer { id } }',
    '{ missing }',
    '{ customer { ...Missing } }',
    '{ customer { ... on Missing { id } } }',
    '{ customer { ...F } } fragment F on Customer { friend { ...F } }',
  ])('is not decided: %s', (query) => {
    expect(() => shop.decide(query, callerWith('customers'))).toThrow();
  });
});
