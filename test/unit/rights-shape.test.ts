import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { placeAuthorizationErrors } from '../../gateway/rights/place-authorization-errors.ts';
import { shapeAnswer } from '../../gateway/rights/shape-answer.ts';
import { shapeData } from '../../gateway/rights/shape-data.ts';
import { callerWith, compose, guard, placesOf } from './rights-fixture.ts';

const shop = guard(
  compose(`
    type Query { customer: Customer mine: Customer! customers: [Customer!] grid: [[Customer!]]! search: [Result] node: Node }
    union Result = Customer | Product
    interface Node { code: String! }
    type Customer implements Node {
      id: ID
      email: String @requiresScopes(scopes: [["pii"]])
      taxId: String! @requiresScopes(scopes: [["tax"]])
      code: String!
      friend: Customer
      best: Customer!
      tags: [String]
    }
    type Gift implements Node { code: String! @requiresScopes(scopes: [["gifts"]]) }
    type Product @requiresScopes(scopes: [["products"]]) { price: Int! label: String }
  `),
);

const ana = { __typename: 'Customer', id: '1', email: 'a@b.pl', taxId: '5', code: 'A', tags: ['x', null] };
const bob = { __typename: 'Customer', id: '2', email: 'b@b.pl', taxId: '6', code: 'B', friend: ana, best: ana };
const box = { __typename: 'Product', price: 5, label: 'Box' };

const data = (query: string, held: Record<string, unknown>, scopes = '', variables = {}) =>
  JSON.stringify(shop.answer(query, { data: held, caller: callerWith(scopes), variables }).data);

describe('a denied selection', () => {
  test('is null at its place, between its neighbours', () => {
    expect(data('{ customer { code email id } }', { customer: ana })).toBe(
      '{"customer":{"code":"A","email":null,"id":"1"}}',
    );
  });

  test('is null in every row, while its error is one', () => {
    const answer = shop.answer('{ customers { email id } }', { data: { customers: [ana, bob] } });
    expect(JSON.stringify(answer.data)).toBe('{"customers":[{"email":null,"id":"1"},{"email":null,"id":"2"}]}');
    expect(placesOf(answer.errors)).toEqual(['customers.email Customer.email']);
  });

  test('is reported also where no row is, so that an answer says nothing of what there is', () => {
    const errorsFor = (held: Record<string, unknown>) => shop.answer('{ customers { email } }', { data: held }).errors;
    expect(errorsFor({ customers: [] })).toEqual(errorsFor({ customers: [ana] }));
    expect(errorsFor({ customers: null })).toEqual(errorsFor({ customers: [ana] }));
  });

  test.each([
    ['an object', '{ customer { id taxId } }', { customer: ana }, '{"customer":null}'],
    [
      'up to where null may stand',
      '{ customer { friend { best { taxId } } } }',
      { customer: { friend: bob } },
      '{"customer":{"friend":null}}',
    ],
    ['the whole answer', '{ mine { taxId } }', { mine: ana }, 'null'],
    ['a list of what cannot be null', '{ customers { id taxId } }', { customers: [ana, bob] }, '{"customers":null}'],
    ['an empty list not at all', '{ customers { taxId } }', { customers: [] }, '{"customers":[]}'],
    ['an inner list', '{ grid { taxId } }', { grid: [[ana], [], null] }, '{"grid":[null,[],null]}'],
  ])('that cannot be null takes with it %s', (_what, query, held, expected) => {
    expect(data(query, held)).toBe(expected);
  });

  test('leaves an object that is not there absent, like for everybody', () => {
    expect(data('{ customer { email } }', { customer: null })).toBe('{"customer":null}');
  });

  test('leaves an object of which it was all', () => {
    expect(data('{ customer { email } }', { customer: ana })).toBe('{"customer":{"email":null}}');
  });

  test('counts only where it is included', () => {
    const query = 'query ($with: Boolean!) { customer { id taxId @include(if: $with) } }';
    expect(data(query, { customer: ana }, '', { with: false })).toBe('{"customer":{"id":"1"}}');
    expect(data(query, { customer: ana }, '', { with: true })).toBe('{"customer":null}');
  });

  test('counts also beside an allowed selection of the same key', () => {
    const query = '{ node { code ... on Customer { code id } } }';
    expect(data('{ node { ... on Customer { code id } } }', { node: ana })).toBe('{"node":{"code":"A","id":"1"}}');
    expect(data(query, { node: ana })).toBe('{"node":null}');
    expect(data(query, { node: ana }, 'gifts')).toBe('{"node":{"code":"A","id":"1"}}');
  });
});

test('what a denied fragment selects is null also where another fragment of the object may select it', () => {
  const graph = guard(
    compose(`
      type Query { found: [Found] }
      union Found = Person | Firm
      interface Named { name: String }
      type Person implements Named { name: String age: Int }
      type Firm implements Named @requiresScopes(scopes: [["firms"]]) { name: String }
    `),
  );
  const query = '{ found { ... on Named { name } ... on Person { name age } } }';
  const held = {
    found: [
      { __typename: 'Person', name: 'Ana', age: 30 },
      { __typename: 'Firm', name: 'Firm' },
    ],
  };
  const answer = (scopes: string) =>
    JSON.stringify(graph.answer(query, { data: held, caller: callerWith(scopes) }).data);
  expect(answer('')).toBe('{"found":[{"name":null,"age":30},{"name":null}]}');
  expect(answer('firms')).toBe('{"found":[{"name":"Ana","age":30},{"name":"Firm"}]}');
});

describe('objects of several types', () => {
  const query = '{ search { ... on Customer { id email } ... on Product { label } kind: __typename } }';

  test('have null only where the denied selection applies to them', () => {
    expect(data(query, { search: [ana, box, null] })).toBe(
      '{"search":[{"id":"1","email":null,"kind":"Customer"},{"label":null,"kind":"Product"},null]}',
    );
  });

  test('are null where a denied field of theirs cannot be', () => {
    expect(data('{ search { ... on Product { price } ... on Customer { id } } }', { search: [ana, box] })).toBe(
      '{"search":[{"id":"1"},null]}',
    );
  });

  test('keep the name of their type, which a client library asks for everywhere', () => {
    expect(data('{ search { ... on Product { label __typename } __typename } }', { search: [box] })).toBe(
      '{"search":[{"label":null,"__typename":"Product"}]}',
    );
  });

  test.each([[{}], [{ _typename: 'Missing' }], [{ _typename: 'Node' }], [{ _typename: null }]])(
    'that do not say which type they are, as in %j, are null',
    (object) => {
      const decision = shop.decide('{ search { ... on Product { label } ... on Customer { id } } }');
      const shaped = shapeData(decision, { data: { search: [object] }, introspection: null, variables: {} });
      expect(JSON.stringify(shaped)).toBe('{"search":[null]}');
    },
  );
});

describe('the shape', () => {
  test('is the original data object when nothing was denied', () => {
    const decision = shop.decide('{ customer { id } }');
    const held = { customer: { id: '1' } };
    expect(shapeData(decision, { data: held, introspection: null, variables: {} })).toBe(held);
  });

  test('keeps what holds nothing denied as it is', () => {
    const decision = shop.decide('{ customer { email } mine { id tags } }');
    const mine = { id: '1', tags: ['x'] };
    const shaped = shapeData(decision, {
      data: { customer: { _typename: 'Customer' }, mine },
      introspection: null,
      variables: {},
    });
    expect(shaped?.mine).toBe(mine);
  });

  test('has the original order of keys, also across fragments', () => {
    const query = '{ mine { ...F b: email id } } fragment F on Customer { email a: code id ... on Node { code } }';
    expect(data(query, { mine: ana }, 'gifts')).toBe('{"mine":{"email":null,"a":"A","id":"1","code":"A","b":null}}');
  });

  test('is null when the execution had nothing', () => {
    const decision = shop.decide('{ mine { email } }');
    expect(shapeData(decision, { data: null, introspection: null, variables: {} })).toBeNull();
  });

  test('takes aliases that are called like members of objects', () => {
    const query = `{
      __proto__: customer { constructor: email toString: id __proto__: code hasOwnProperty: email }
      constructor: customer { email }
    }`;
    const shaped = data(query, { customer: ana });
    expect(shaped).toBe(
      '{"__proto__":{"constructor":null,"toString":"1","__proto__":"A","hasOwnProperty":null},"constructor":{"email":null}}',
    );
    expect(({} as Record<string, unknown>).email).toBeUndefined();
  });

  test('does not take inherited members for data', () => {
    const decision = shop.decide('{ customer { email constructor: id } }');
    const shaped = shapeData(decision, { data: { customer: {} }, introspection: null, variables: {} });
    expect(JSON.stringify(shaped)).toBe('{"customer":{"email":null,"constructor":null}}');
  });
});

describe('introspection in an operation', () => {
  test('is answered from what the caller may see, whatever else the operation asks', () => {
    const query =
      '{ before: customer { email } names: __type(name: "Product") { name } __schema { queryType { name } } }';
    const held = { customer: ana };
    expect(data(query, held)).toBe('{"before":{"email":null},"names":null,"__schema":{"queryType":{"name":"Query"}}}');
    expect(data(query, held, 'products')).toBe(
      '{"before":{"email":null},"names":{"name":"Product"},"__schema":{"queryType":{"name":"Query"}}}',
    );
  });

  test('is never left in what is planned', () => {
    const document = parse('{ __schema { types { name } } ... on Query { __type(name: "A") { name } } }');
    expect(shop.authorizer.decide(document, callerWith('pii tax products')).document).toBeNull();
  });

  test('through fragments and with variables is executed apart', () => {
    const query =
      'query ($of: String!) { ...F customer { id } } fragment F on Query { t: __type(name: $of) { ...T } } fragment T on __Type { name }';
    expect(data(query, { customer: ana }, '', { of: 'Customer' })).toBe(
      '{"t":{"name":"Customer"},"customer":{"id":"1"}}',
    );
  });
});

describe('an answer', () => {
  const decision = shop.decide('{ customer { email } }');
  const executed = { introspection: null, variables: {} };

  test('tells a failure at the object where only its type was left to ask for', () => {
    const body = { data: { customer: null }, errors: [{ message: 'down', path: ['customer', '_typename'] }] };
    expect(shapeAnswer(decision, body, executed).errors).toEqual([{ message: 'down', path: ['customer'] }]);
  });

  test('keeps other failures and extensions, and is the same object when nothing was denied', () => {
    const body = { data: { customer: null }, errors: [{ message: 'down' }], extensions: { notProvided: ['x'] } };
    expect(shapeAnswer(decision, body, executed)).toEqual(body);
    const open = shop.decide('{ customer { id } }');
    const whole = { data: { customer: null }, extensions: { notProvided: ['x'] } };
    expect(shapeAnswer(open, whole, executed)).toBe(whole);
  });

  test('without data has none', () => {
    expect(shapeAnswer(decision, { data: null, errors: [{ message: 'down' }] }, executed)).toEqual({
      data: null,
      errors: [{ message: 'down' }],
    });
  });
});

describe('where errors go', () => {
  const errors = [{ message: 'You may not see it', path: ['a'] }];
  const body = { data: { a: null }, errors: [{ message: 'down' }], extensions: { notProvided: ['x'] } };

  test('to errors, before what failed', () => {
    expect(placeAuthorizationErrors(body, errors, 'errors')).toEqual({
      ...body,
      errors: [...errors, { message: 'down' }],
    });
  });

  test('to extensions.authorizationErrors, beside what stands there', () => {
    expect(placeAuthorizationErrors(body, errors, 'extensions')).toEqual({
      ...body,
      extensions: { notProvided: ['x'], authorizationErrors: errors },
    });
  });

  test('nowhere when there are none', () => {
    expect(placeAuthorizationErrors(body, [], 'errors')).toBe(body);
    expect(placeAuthorizationErrors(body, [], 'extensions')).toBe(body);
  });
});
