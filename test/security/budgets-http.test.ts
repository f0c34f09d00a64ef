import { expect, test } from '@jest/globals';
import { post } from '../contract/gateway-fixture.ts';
import { authorizationBy, memoryBudgets, startShop } from './limits-graph.ts';
import { startIssuer } from './tokens-fixture.ts';

const PAGE = 'query($n: Int) { orders(first: $n) { nodes { id } } }';

/** What an answer says of the budget. */
function budgetOf({ headers }: Response) {
  const numberOf = (name: string) => (headers.has(name) ? Number(headers.get(name)) : null);
  return { limit: numberOf('ratelimit-limit'), remaining: numberOf('ratelimit-remaining') };
}

test('an answer says what is left, and over the budget it is 429 with the time to wait; nothing is asked then', async () => {
  await using shop = await startShop({ budgets: memoryBudgets(10) });
  const first = await post(shop.endpoint, { query: PAGE, variables: { n: 5 } });
  expect({ status: first.status, ...budgetOf(first) }).toEqual({ status: 200, limit: 10, remaining: 4 });
  const second = await post(shop.endpoint, { query: PAGE, variables: { n: 5 } });
  expect({ status: second.status, ...budgetOf(second) }).toEqual({ status: 429, limit: 10, remaining: 4 });
  const waitS = Number(second.headers.get('retry-after'));
  expect(waitS).toBeGreaterThan(0);
  expect(waitS).toBeLessThanOrEqual(60);
  expect(Number(second.headers.get('ratelimit-reset'))).toBe(waitS);
  expect(await second.json()).toMatchObject({
    errors: [{ extensions: { code: 'BUDGET_EXCEEDED', points: 6, limit: 10, remaining: 4 } }],
  });
  expect(shop.asked()).toBe(1);
});

test('it is 429 in either type of answer, and a page of an allowed origin may read the headers', async () => {
  await using shop = await startShop({ budgets: memoryBudgets(5), corsOrigins: ['https://app.test'] });
  const headers = { accept: 'application/graphql-response+json', origin: 'https://app.test' };
  const response = await post(shop.endpoint, { query: PAGE, variables: { n: 50 } }, headers);
  expect(response.status).toBe(429);
  expect(response.headers.get('access-control-expose-headers')).toContain('retry-after, ratelimit-limit');
});

test.each([
  ['what is no GraphQL', '{', 'GRAPHQL_PARSE_FAILED'],
  ['what does not fit the schema', '{ nobody }', 'GRAPHQL_VALIDATION_FAILED'],
  ['what is too large', '{ orders(first: 100000) { nodes { id } } }', 'OPERATION_TOO_LARGE'],
])('%s costs a point', async (_what, query, code) => {
  await using shop = await startShop({ budgets: memoryBudgets(100) });
  const response = await post(shop.endpoint, { query });
  expect(budgetOf(response)).toEqual({ limit: 100, remaining: 99 });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
});

test('each client pays from its own budget, and who has no token from their address', async () => {
  await using issuer = await startIssuer();
  const budgets = memoryBudgets(100, 10);
  await using shop = await startShop({ ...authorizationBy(issuer), budgets, trustedProxies: ['127.0.0.1'] });
  const ask = async (claims: Record<string, unknown> | null, from = '192.0.2.1') => {
    const token = claims && { authorization: `Bearer ${await issuer.sign(claims)}` };
    const headers = { 'x-forwarded-for': from, ...token };
    return budgetOf(await post(shop.endpoint, { query: PAGE, variables: { n: 5 } }, headers));
  };
  expect(await ask({ client_id: 'a' })).toEqual({ limit: 100, remaining: 94 });
  expect(await ask({ client_id: 'a', jti: 'another' }, '192.0.2.2')).toEqual({ limit: 100, remaining: 88 });
  expect(await ask({ client_id: 'b' })).toEqual({ limit: 100, remaining: 94 });
  expect(await ask(null)).toEqual({ limit: 10, remaining: 4 });
  expect(await ask(null)).toEqual({ limit: 10, remaining: 4 });
  expect(await ask(null, '192.0.2.2')).toEqual({ limit: 10, remaining: 4 });
});

test('without trusted proxies nobody chooses the address that pays', async () => {
  await using shop = await startShop({ budgets: memoryBudgets(10) });
  const ask = (from: string) => post(shop.endpoint, { query: '{ count }' }, { 'x-forwarded-for': from });
  expect(budgetOf(await ask('192.0.2.1')).remaining).toBe(9);
  expect(budgetOf(await ask('192.0.2.2')).remaining).toBe(8);
});

test('a budget of the issuer counts for its clients', async () => {
  await using issuer = await startIssuer();
  await using shop = await startShop({ ...authorizationBy(issuer, { budget: 7 }), budgets: memoryBudgets(100) });
  const response = await post(
    shop.endpoint,
    { query: '{ count }' },
    { authorization: `Bearer ${await issuer.sign()}` },
  );
  expect(budgetOf(response)).toEqual({ limit: 7, remaining: 6 });
});

test('without budgets no header speaks of them', async () => {
  await using shop = await startShop();
  expect(budgetOf(await post(shop.endpoint, { query: '{ count }' }))).toEqual({ limit: null, remaining: null });
});
