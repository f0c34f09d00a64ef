import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCallerSigner } from '../../common/caller-header.ts';
import { ALL_ROWS, parseRowRules, type RowRules } from '../../common/row-rules.ts';
import { OPEN } from '../../gateway/authorization.ts';
import { ANONYMOUS, type Caller } from '../../gateway/tokens/caller.ts';
import { startShelf } from './entity-cache-fixture.ts';
import { post } from './gateway-fixture.ts';

const CALLERS: Readonly<Record<string, Caller>> = {
  nobody: ANONYMOUS,
  support: caller('support', ALL_ROWS),
  sales: caller('sales', ALL_ROWS),
  partner: caller('partner', parseRowRules({ channels: ['a', 'b'] })),
  twin: caller('twin', parseRowRules({ channels: ['b', 'a'] })),
  other: caller('other', parseRowRules({ channels: ['a'] })),
};

let shelf: Awaited<ReturnType<typeof startShelf>>;
beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const authorization = {
    ...OPEN,
    authenticate: async (headers: Readonly<Record<string, unknown>>) => CALLERS[String(headers.authorization)]!,
    sign: createCallerSigner({ privateKey, rowRules: null }),
  };
  const forwardHeaders = [{ name: 'accept-language', subgraph: 'reviews' }];
  shelf = await startShelf({}, { authorization, forwardHeaders });
});
afterAll(() => shelf[Symbol.asyncDispose]());

/** Each is another question, so that tests know nothing of each other. */
let count = 0;
function newQuestion(): string {
  count += 1;
  return `{ product(id: "${count}0") { name reviews { body } } }`;
}

async function callsFor(name: string, query: string, headers: Record<string, string> = {}): Promise<number> {
  shelf.calls();
  await (await post(shelf.endpoint, { query }, { authorization: name, 'accept-language': 'en', ...headers })).json();
  return shelf.calls();
}

test('callers with equal row rules share what is kept, and nobody else', async () => {
  const query = newQuestion();
  const calls: Record<string, number> = {};
  for (const name of ['support', 'partner', 'nobody', 'other', 'sales', 'twin'])
    calls[name] = await callsFor(name, query);
  expect(calls).toEqual({ support: 2, partner: 2, nobody: 2, other: 2, sales: 0, twin: 0 });
});

test('what is private is kept for the one who asked alone, and for nobody who is not known', async () => {
  shelf.say({ headers: { 'cache-control': 'private, max-age=60' } });
  const query = newQuestion();
  const calls: [string, number][] = [];
  for (const name of ['support', 'support', 'sales', 'sales', 'nobody', 'nobody'])
    calls.push([name, await callsFor(name, query)]);
  expect(calls).toEqual([
    ['support', 2],
    ['support', 0],
    ['sales', 2],
    ['sales', 0],
    ['nobody', 2],
    ['nobody', 2],
  ]);
  shelf.say({ headers: { 'cache-control': 'max-age=60' } });
});

test('who sends a subgraph another header does not share its answers', async () => {
  const query = newQuestion();
  expect(await callsFor('support', query, { 'accept-language': 'pl' })).toBe(2);
  expect(await callsFor('support', query, { 'accept-language': 'de' })).toBe(1);
  expect(await callsFor('sales', query, { 'accept-language': 'pl' })).toBe(0);
});

function caller(name: string, rows: RowRules): Caller {
  return { ...ANONYMOUS, isAuthenticated: true, issuer: 'test', clientId: name, subject: name, rows };
}
