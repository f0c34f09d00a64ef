import { expect, test } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { authenticateWith, issuerConfig, startIssuer } from './tokens-fixture.ts';

/** Who a token with these claims makes of its bearer, under one issuer's configuration. */
async function callerOf(config: Record<string, unknown>, claims: JWTPayload, without: string[] = []) {
  await using issuer = await startIssuer('EdDSA');
  const { bearer } = authenticateWith([issuerConfig(issuer.url, config)]);
  // Awaited here: the issuer is gone when this returns.
  return await bearer(await issuer.sign(claims, { without }));
}

test('reads scopes from the configured claim', async () => {
  const { scopes } = await callerOf({ scopeClaim: 'scp' }, { scp: 'orders:read', scope: 'finance:bank' });
  expect([...scopes]).toEqual(['orders:read']);
});

test.each([
  ['a list', ['orders:read']],
  ['an object', { 'orders:read': true }],
  ['a number', 1],
  ['null', null],
  ['commas', 'orders:read,\tcustomers:read'],
  ['two spaces', 'orders:read  customers:read'],
  ['a line break', 'orders:read\ncustomers:read'],
  ['an empty text', ''],
  ['nothing', undefined],
])('a scope claim of %s grants nothing', async (_name, scope) => {
  const caller = await callerOf({}, { scope });
  expect({ scopes: [...caller.scopes], isAuthenticated: caller.isAuthenticated }).toEqual({
    scopes: [],
    isAuthenticated: true,
  });
});

test('names of every object are scopes like others, and no claims', async () => {
  const caller = await callerOf({ scopeClaim: '__proto__', groupsClaim: 'constructor' }, {});
  expect([...caller.scopes]).toEqual([]);
  const silent = await callerOf({ rowsClaim: 'toString', rows: 'all' }, {});
  expect(silent.rows).toEqual({ kind: 'all' });
  const named = await callerOf({}, { scope: '__proto__ constructor toString' });
  expect([...named.scopes]).toEqual(['__proto__', 'constructor', 'toString']);
});

test('a claim named __proto__ changes nothing of ours', async () => {
  const claims = JSON.parse('{"__proto__":{"scope":"finance:bank","isAuthenticated":true},"scope":"orders:read"}');
  const caller = await callerOf({}, claims);
  expect([...caller.scopes]).toEqual(['orders:read']);
  expect(({} as Record<string, unknown>).scope).toBeUndefined();
});

test('groups give scopes and rows, by configuration alone', async () => {
  const config = {
    groups: {
      support: { scopes: ['customers:read', 'customers:pii'], rows: 'all' },
      sales: { scopes: ['orders:read'], rows: { owner: 'hubspot:owner:7' } },
    },
  };
  const support = await callerOf(config, { groups: ['everybody', 'support'] }, ['scope']);
  expect({ scopes: [...support.scopes], rows: support.rows }).toEqual({
    scopes: ['customers:read', 'customers:pii'],
    rows: { kind: 'all' },
  });
  const both = await callerOf(config, { groups: ['sales', 'support'] }, ['scope']);
  expect([...both.scopes].sort()).toEqual(['customers:pii', 'customers:read', 'orders:read']);
  expect(both.rows).toMatchObject({ kind: 'restricted', owner: ['hubspot:owner:7'] });
  const neither = await callerOf(config, { groups: ['toString', '__proto__', 'nobody'] }, ['scope']);
  expect({ scopes: [...neither.scopes], rows: neither.rows }).toEqual({ scopes: [], rows: { kind: 'none' } });
});

test('groups may stand deep in a token, or behind a name with dots', async () => {
  const groups = { support: { scopes: ['customers:read'], rows: 'all' } };
  const deep = await callerOf(
    { groups, groupsClaim: ['realm_access', 'roles'] },
    { realm_access: { roles: ['support'] } },
  );
  const dotted = await callerOf(
    { groups, groupsClaim: 'https://a.test/groups' },
    { 'https://a.test/groups': 'support' },
  );
  expect([deep.rows, dotted.rows]).toEqual([{ kind: 'all' }, { kind: 'all' }]);
});

test('a token that says nothing of rows gets what the operator says, by default none', async () => {
  expect((await callerOf({}, {})).rows).toEqual({ kind: 'none' });
  expect((await callerOf({ rows: 'all' }, {})).rows).toEqual({ kind: 'all' });
});

test('rules in the token are taken as they are', async () => {
  const rows = {
    customers: ['woo:customer:12'],
    channels: ['allegro'],
    owner: ['hubspot:owner:1'],
    own: 'woo:customer:3',
  };
  expect((await callerOf({}, { rows })).rows).toEqual({ kind: 'restricted', ...rows });
});

test.each([
  ['a text', 'everything'],
  ['true', true],
  ['a list', ['all']],
  ['an empty object', {}],
  ['an unknown rule', { customers: ['woo:customer:1'], countries: ['PL'] }],
  ['a customer that is no reference', { customers: ['12'] }],
  ['a customer that is no text', { customers: [12] }],
  ['customers that are no list', { customers: 'woo:customer:1' }],
  ['null', { own: null }],
  ['an empty channel', { channels: [''] }],
  ['a rule named __proto__', JSON.parse('{"__proto__":{"own":"woo:customer:1"}}')],
])('rules that cannot be read deny every row: %s', async (_name, rows) => {
  expect((await callerOf({ rows: 'all' }, { rows })).rows).toEqual({ kind: 'none' });
});

test('the token and its groups both restrict', async () => {
  const config = { groups: { vip: { rows: { customers: ['woo:customer:1', 'woo:customer:2'] } } } };
  const rows = { customers: ['woo:customer:2', 'woo:customer:3'] };
  expect((await callerOf(config, { groups: 'vip', rows })).rows).toMatchObject({ customers: ['woo:customer:2'] });
});

test('a flat claim becomes the rule of the one customer', async () => {
  const config = { rows: 'all', own: { claim: 'shop_customer', prefix: 'woo:customer:' } };
  expect((await callerOf(config, { shop_customer: 12 })).rows).toMatchObject({ own: 'woo:customer:12' });
  expect((await callerOf(config, { shop_customer: '12' })).rows).toMatchObject({ own: 'woo:customer:12' });
  for (const odd of ['', ' ', '1 2', { id: 1 }, ['12'], null, true]) {
    expect((await callerOf(config, { shop_customer: odd })).rows).toEqual({ kind: 'none' });
  }
});

test("the person's own name is there for the audit, and grants nothing", async () => {
  const caller = await callerOf({}, { sub: 'anna', name: 'Anna Nowak' });
  expect(caller.actor).toEqual({ id: 'anna', name: 'Anna Nowak' });
  expect((await callerOf({}, { sub: 'app-1' })).actor).toBeNull();
  const long = await callerOf({}, { sub: 'anna', name: 'n'.repeat(5000) });
  expect(long.actor?.name).toHaveLength(200);
});

test('the client is client_id, else azp, else the configured claim', async () => {
  expect((await callerOf({}, { azp: 'other' })).clientId).toBe('app-1');
  expect((await callerOf({}, { azp: 'other' }, ['client_id'])).clientId).toBe('other');
  expect((await callerOf({ clientIdClaim: 'appid' }, { appid: 'third' })).clientId).toBe('third');
});

test('every client of an issuer gets the budget that is configured', async () => {
  expect((await callerOf({ budget: 500 }, {})).budget).toBe(500);
});

test('a signed assertion names the person behind a token, and gives none of its rights', async () => {
  await using issuer = await startIssuer('EdDSA');
  const config = issuerConfig(issuer.url, { rows: 'all', assertionAudience: 'support-tool', typ: 'at+jwt' });
  const { authenticate } = authenticateWith([config]);
  const authorization = `Bearer ${await issuer.sign({ sub: 'app-1', scope: 'orders:read' })}`;
  const claims = { aud: 'support-tool', sub: 'anna', name: 'Anna Nowak', scope: 'finance:bank', jti: 'id-1' };
  const assertion = await issuer.sign(claims, { header: { typ: 'JWT' } });
  const caller = await authenticate({ authorization, 'x-actor-assertion': assertion });
  expect(caller).toMatchObject({ actor: { id: 'anna', name: 'Anna Nowak' }, subject: 'app-1', tokenId: 'token-1' });
  expect([...caller.scopes]).toEqual(['orders:read']);
  expect(await authenticate({ authorization, 'x-actor-assertion': assertion })).toBe(caller);
  expect((await authenticate({ authorization })).actor).toBeNull();
});

test('an assertion that is not good refuses the whole call', async () => {
  await using issuer = await startIssuer('EdDSA');
  await using other = await startIssuer('EdDSA');
  const config = issuerConfig(issuer.url, { rows: 'all', assertionAudience: 'support-tool' });
  const { authenticate } = authenticateWith([config, issuerConfig(other.url, { rows: 'all' })]);
  const authorization = `Bearer ${await issuer.sign()}`;
  const wrong = {
    unsigned: 'Anna Nowak',
    'for another audience': await issuer.sign({ sub: 'anna' }),
    expired: await issuer.sign({ aud: 'support-tool', sub: 'anna', exp: 1 }),
    'of an issuer that asserts nothing': await other.sign({ sub: 'anna' }),
    'the token itself': authorization.slice('Bearer '.length),
    'about nobody': await issuer.sign({ aud: 'support-tool' }, { without: ['sub'] }),
  };
  await authenticate({ authorization });
  for (const assertion of Object.values(wrong)) {
    const call = authenticate({ authorization, 'x-actor-assertion': assertion });
    await expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  const good = await issuer.sign({ aud: 'support-tool', sub: 'anna' });
  await expect(authenticate({ 'x-actor-assertion': good })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(authenticate({ authorization: `Bearer ${good}` })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test.each([
  ['an unknown setting', { audiences: 'x' }],
  ['rows that cannot be read', { rows: { customers: ['12'] } }],
  ['a group without rows', { groups: { support: { scopes: ['orders:read'] } } }],
  ['a prefix that makes no reference', { own: { claim: 'sub', prefix: 'customer-' } }],
])('a configuration with %s is refused at the start', (_name, more) => {
  expect(() => issuerConfig('https://login.test', more)).toThrow();
});
