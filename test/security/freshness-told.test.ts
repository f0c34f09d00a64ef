import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Product, startProduct } from '../e2e/product.ts';
import { tokenOf } from '../e2e/test-client.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ sandbox: { customers: 60 } });
}, 60_000);
afterAll(async () => {
  await product?.[Symbol.asyncDispose]();
});

async function headersOf(token: string, id: string) {
  const response = await fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'query ($id: ID!) { order(id: $id) { number } }', variables: { id } }),
  });
  const { data } = (await response.json()) as { data: { order: { number: string } | null } };
  const of = (name: string) => response.headers.get(name);
  return { found: data.order !== null, cacheControl: of('cache-control'), age: of('age') };
}

test('how old an answer is, is told to those who see all rows, and for nobody else to keep', async () => {
  const [id] = product.dataset.woo.orders.keys();
  const { found, cacheControl, age } = await headersOf(await tokenOf(product.url, 'support'), `woo:order:${id}`);
  expect(found).toBe(true);
  expect(cacheControl).toMatch(/^private, max-age=\d+$/);
  expect(Number(age)).toBeGreaterThanOrEqual(0);
});

test('no header tells a hidden order from one that does not exist', async () => {
  const support = await tokenOf(product.url, 'support');
  const shopper = await tokenOf(product.url, 'shopper');
  for (const id of [...product.dataset.woo.orders.keys()].slice(0, 5)) {
    // It has been read, so that its age would tell of it.
    await headersOf(support, `woo:order:${id}`);
    const hidden = await headersOf(shopper, `woo:order:${id}`);
    if (hidden.found) continue;
    expect(hidden).toEqual(await headersOf(shopper, 'woo:order:999999999'));
  }
});
