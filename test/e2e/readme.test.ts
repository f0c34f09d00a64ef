import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readmeQueries } from '../../gateway/all-in-one/readme-queries.ts';
import { type Product, startProduct } from './product.ts';
import { tokenOf } from './test-client.ts';

const queries = readmeQueries(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'));

let product: Product;

beforeAll(async () => {
  product = await startProduct();
}, 60_000);

afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

test.each(queries)('the README’s "$title" works as it stands there', async ({ query, variables, answer }) => {
  const data = await product.data(query, variables, await tokenOf(product.url, 'support'));
  // Rewrite with `npm run readme`.
  if (answer !== null) expect({ data }).toEqual(JSON.parse(answer));
  expect(hollow(data)).toEqual([]);
});

test('the README shows the answer to its first query', () => {
  expect(queries.length).toBeGreaterThanOrEqual(4);
  expect(queries[0]?.answer).not.toBeNull();
});

/** Root fields that say nothing: a reader who pastes the query should see something. */
function hollow(data: unknown): string[] {
  const isHollow = (value: unknown) => value === null || JSON.stringify(value).includes('"nodes":[]}');
  return Object.entries(data as Record<string, unknown>)
    .filter(([, value]) => isHollow(value))
    .map(([name]) => name);
}
