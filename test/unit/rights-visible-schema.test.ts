import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  graphqlSync,
  type IntrospectionQuery,
  printSchema,
  validateSchema,
} from 'graphql';
import { ANONYMOUS } from '../../gateway/rights/caller-rights.ts';
import { callerWith, compose, guard } from './rights-fixture.ts';

const shop = guard(
  compose(`
    type Query {
      "Everybody's."
      open(level: Level, email: String @argumentScopes(scopes: [["pii"]]), where: Where = { name: "x" }): Int
      customer: Customer
      search: Result
      node: Node
      audited: Audited @requiresScopes(scopes: [["audited"]])
      only: Hidden
      forced(secret: Needed!): Int
      old: Int @deprecated(reason: "Use open.")
    }
    union Result = Customer | Product
    interface Node { id: ID code: Int }
    interface Audited { audit: Audit }
    type Customer implements Node & Audited @requiresScopes(scopes: [["customers"]]) {
      id: ID
      code: Int
      email: String @requiresScopes(scopes: [["pii"]])
      audit: Audit
    }
    type Product implements Node { id: ID code: Int @requiresScopes(scopes: [["codes"]]) card: Card }
    type Log implements Audited { audit: Audit text: String }
    type Audit @requiresScopes(scopes: [["audit"]]) { by: String }
    type Hidden { secret: Int @requiresScopes(scopes: [["never-granted"]]) }
    type Card { number: Int @requiresScopes(scopes: [["cards"]]) }
    enum Level @requiresScopes(scopes: [["levels"]]) { HIGH }
    input Where { name: String phone: String @argumentScopes(scopes: [["pii"]]) more: Secret }
    input Secret { a: Int @argumentScopes(scopes: [["pii"]]) }
    input Needed { a: Int! @argumentScopes(scopes: [["pii"]]) b: Int }
    type Mutation { write: Int @requiresScopes(scopes: [["write"]]) }
  `),
);

const visible = (scopes = '') => shop.authorizer.visibleSchema(callerWith(scopes));
const print = (scopes = '') => printSchema(visible(scopes));

test('a caller sees only what they could select', () => {
  expect(print()).toBe(`type Query {
  """Everybody's."""
  open(where: Where = {name: "x"}): Int
  search: Result
  old: Int @deprecated(reason: "Use open.")
}

input Where {
  name: String
}

union Result = Product

type Product {
  id: ID
}`);
});

test('one who may see everything sees the whole schema', () => {
  const everything = 'pii customers codes audit audited never-granted cards levels write';
  const whole = printSchema(shop.schema);
  expect(print(everything).split('\n').sort()).toEqual(whole.split('\n').sort());
});

describe('what is hidden', () => {
  const has = (scopes: string, part: string) => print(scopes).includes(part);

  test.each([
    ['a field without its own scope', 'email: String\n', 'customers', 'customers pii'],
    ['a field whose type is protected', 'customer: Customer', 'pii', 'customers'],
    ['a member of a union', 'union Result = Customer | Product', 'cards', 'cards customers'],
    [
      "an interface's field that one implementer protects",
      'interface Node {\n  id: ID\n  code: Int',
      'customers',
      'customers codes',
    ],
    ['an argument', 'email: String,', '', 'pii'],
    ['an argument of a protected enum', 'level: Level', '', 'levels'],
    ['an input field', 'phone: String', '', 'pii'],
    ['an input type that has no field left', 'input Secret', '', 'pii'],
    ['a field whose required argument cannot be given', 'forced(', '', 'pii'],
    ['a type that has no field left, and what leads to it', 'Hidden', 'pii', 'never-granted'],
    ['a type that nothing visible leads to', 'type Audit ', '', 'audit customers'],
    ['the mutations', 'type Mutation', '', 'write'],
  ])('%s', (_what, part, without, having) => {
    expect([has(without, part), has(having, part)]).toEqual([false, true]);
  });

  test('the objects of an interface that is implemented, but never returned', () => {
    const text = print('customers audit');
    expect(text).toContain('interface Audited');
    expect(text).not.toContain('Log');
  });
});

test('scalars of GraphQL itself are never hidden', () => {
  expect(visible().getQueryType()?.getFields().old?.type.toString()).toBe('Int');
});

test('a caller who may see nothing gets a query type without fields', () => {
  const closed = guard(compose('type Query { a: Int @authenticated }'));
  const schema = closed.authorizer.visibleSchema(ANONYMOUS);
  const { data, errors } = graphqlSync({
    schema,
    source: '{ __schema { queryType { name fields { name } } types { name } } }',
  });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ __schema: { queryType: { name: 'Query', fields: [] } } });
});

test('callers with equal rights share a schema, others do not', () => {
  expect(visible('customers')).toBe(visible('customers unrelated'));
  expect(visible('customers')).not.toBe(visible('pii'));
});

describe("the product's own supergraph", () => {
  const product = guard(readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'));
  const scopes = [...new Set(product.index.rules.flatMap((rule) => (rule.kind === 'scopes' ? rule.anyOf.flat() : [])))];

  test.each([
    ['no scope', ''],
    ['every scope', scopes.join(' ')],
    ...scopes.map((scope) => [`the scope ${scope}`, scope]),
  ])('is a valid schema to a caller with %s, which client tools can build', (_who, scope) => {
    const schema = product.authorizer.visibleSchema(callerWith(scope));
    expect(validateSchema(buildSchema(printSchema(schema)))).toEqual([]);
    const { data } = graphqlSync({ schema, source: getIntrospectionQuery() });
    expect(validateSchema(buildClientSchema(data as unknown as IntrospectionQuery))).toEqual([]);
  });

  test('shows every part to a caller with every scope', () => {
    const shown = printSchema(product.authorizer.visibleSchema(callerWith(scopes.join(' '))))
      .split('\n')
      .sort();
    expect(shown).toEqual(printSchema(product.schema).split('\n').sort());
  });
});
