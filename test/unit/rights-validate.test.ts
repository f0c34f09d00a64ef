import { expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { validateDocument } from '../../gateway/rights/validate-document.ts';

const schema = buildSchema(`
  type Query { customer(taxIdentifier: String, where: Where, kind: Kind): Customer search: Result }
  union Result = Customer | Product
  interface Node { reference: ID }
  type Customer implements Node { reference: ID secretEmail: String }
  type Product implements Node { reference: ID price: Int }
  input Where { secretPhone: String }
  enum Kind { SECRET_KIND }
  directive @secretly(because: String) on FIELD
`);

test.each([
  ['a field', '{ customer { secretEmai } }'],
  ['a root field', '{ customr { reference } }'],
  ['an argument', '{ customer(taxIdentifer: "1") { reference } }'],
  ['an input field', '{ customer(where: { secretPhon: "1" }) { reference } }'],
  ['an enum value', '{ customer(kind: SECRET_KIN) { reference } }'],
  ['an enum value written as a string', '{ customer(kind: "SECRET_KIND") { reference } }'],
  ['a type', '{ ... on Custome { reference } }'],
  ['a type of a variable', 'query ($a: Wher) { customer(where: $a) { reference } }'],
  ['the objects that have the field', '{ search { secretEmail } }'],
  ['an argument of a directive', '{ customer { reference @secretly(becaus: "x") } }'],
])('a message about %s suggests nothing that its author did not write', (_what, query) => {
  const messages = validateDocument(schema, parse(query)).map(({ message }) => message);
  expect(messages).not.toEqual([]);
  const written = new Set(query.match(/\w+/g));
  const named = messages.join(' ').match(/"([\w ]+)"/g) ?? [];
  const secrets = ['secretEmail', 'taxIdentifier', 'secretPhone', 'SECRET_KIND', 'because'];
  for (const secret of secrets.filter((name) => !written.has(name))) expect(named.join()).not.toContain(secret);
  expect(messages.join()).not.toContain('Did you mean');
});

test('stops after as many messages as anybody reads', () => {
  const fields = Array.from({ length: 200 }, (_, number) => `missing${number}`).join(' ');
  expect(validateDocument(schema, parse(`{ ${fields} }`)).length).toBeLessThan(30);
});
