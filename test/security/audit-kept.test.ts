import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { connectRedis, type Redis } from '../../common/redis.ts';
import { askGraph } from '../../gateway/audit/ask-graph.ts';
import { createAudit } from '../../gateway/audit/audit.ts';
import { runAuditCommand } from '../../gateway/audit/command.ts';
import type { AuditedRequest } from '../../gateway/audit/entry.ts';
import { createLogSink } from '../../gateway/audit/log-sink.ts';
import { readFileEntries } from '../../gateway/audit/read-file.ts';
import { AUDIT_STREAM, createRedisSink, readRedisEntries } from '../../gateway/audit/redis-sink.ts';
import { startAudit } from '../../gateway/audit/start-audit.ts';
import { createTouchedRecords } from '../../gateway/audit/touched-records.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { createMemorySink, log, startAuditedCompany, support, withScopes } from './audit-fixture.ts';

const now = new Date('2026-11-02T09:00:00Z');
const limits = { maxEntries: 1000, retentionDays: 365 };
let server: TestRedis;
let redis: Redis;
let folder: string;

beforeAll(async () => {
  server = await startRedis();
  redis = connectRedis({ url: server.url, name: 'test' });
  await redis.untilReady(5000);
  folder = await mkdtemp(join(tmpdir(), 'jeden-audit-'));
});

afterAll(async () => {
  await redis?.close();
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** One request that read the e-mail address of these customers. */
function readingOf(customers: readonly string[], more: Partial<AuditedRequest> = {}): AuditedRequest {
  const touched = createTouchedRecords();
  touched.add({ touched: { Customer: customers } });
  return {
    caller: support,
    requestId: 'r1',
    operationName: 'Q',
    reads: { allowed: ['Customer.email'], denied: [], asked: [] },
    isRefused: false,
    touched,
    ...more,
  };
}

/** The command over what this test wrote. */
function command(args: readonly string[], more: { graph?: string; token?: string } = {}) {
  return runAuditCommand([...args, ...(more.graph ? ['--graph', more.graph] : [])], {
    read: (references, since) => readRedisEntries(redis, references, since),
    readFile: readFileEntries,
    askGraph: (url, id) => askGraph(url, id, more.token ?? 'secret-token'),
    now,
  });
}

test('the product’s readings are found by any reference of the customer, in Redis and in the file, without one value', async () => {
  await redis.client.flushAll();
  const path = join(folder, 'company', 'audit.log');
  const sinks = [await createLogSink(path), createRedisSink({ redis, ...limits })];
  const audit = createAudit({ sinks, isRequired: true, log });
  await using company = await startAuditedCompany(audit);
  await company.ask(`query Card { customer(id: "hubspot:contact:501") { displayName email phone addresses { street }
    taxIdentifiers { value } invoices { nodes { number balance { amount } } } } }`);
  await company.ask('query Nosy { customer(id: "woo:customer:12") { id email } }', {
    caller: withScopes('customers:read', { ...support, clientId: 'partner', subject: null, actor: null }),
  });
  await company.ask('query Bill { order(id: "woo:order:1") { billingEmail } }');
  await company.ask('query Other { order(id: "woo:order:3") { billingEmail } }');
  await audit.close();

  for (const reference of ['hubspot:company:77', 'fakturownia:client:3', 'hubspot:contact:490']) {
    const { answer } = await command(['--customer', reference, '--json']);
    const readings = answer.split('\n').map((line) => JSON.parse(line));
    expect(readings).toMatchObject([
      { operation: 'Card', client: 'support', matched: [reference], denied: [] },
      { operation: 'Nosy', client: 'partner', matched: [reference], allowed: [], denied: ['Customer.email'] },
    ]);
    expect(await readFileEntries(path, [reference], null)).toEqual(await readRedisEntries(redis, [reference], null));
  }
  const token = company.tokenOf(withScopes('customers:read'));
  const { answer } = await command(['--customer', 'fakturownia:client:3'], { graph: `${company.url}/graphql`, token });
  expect(answer).toContain('asked    Bill');
  expect(answer).not.toContain('Other');
  expect(answer).toContain('Jan Zieliński (agent-7) through support');
  expect(answer).toContain('denied   Customer.email');

  const stream = JSON.stringify(await redis.client.xRange(AUDIT_STREAM, '-', '+'));
  const keys = (await redis.client.keys('*')).join(' ');
  const values = /palarnia|rachunki|ewa@|5252445767|525-244|600.?100|Anna|Nowak|Nowa 44|Warszawa|\d\.\d\d\D/i;
  for (const text of [stream, keys, answer, await readFile(path, 'utf8')]) expect(text).not.toMatch(values);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('--graph looks for every reference that the graph tells, and others’ references are never printed', async () => {
  await redis.client.flushAll();
  const audit = createAudit({ sinks: [createRedisSink({ redis, ...limits })], isRequired: true, log, now: () => now });
  await audit.record(readingOf(['woo:customer:12', 'woo:customer:99'], { operationName: 'Orders' }));
  const tokens: unknown[] = [];
  const customer = {
    id: 'hubspot:contact:501',
    sources: [{ reference: 'woo:customer:12' }],
    identity: { aliases: ['hubspot:contact:490'], incomplete: false },
  };
  const graph = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    response.end(JSON.stringify({ data: { customer } }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => graph.once('listening', resolve));
  const url = `http://127.0.0.1:${(graph.address() as AddressInfo).port}/graphql`;
  try {
    const alone = await command(['--customer', 'hubspot:contact:501']);
    expect(alone).toMatchObject({ answer: '', note: expect.stringContaining('--graph URL') });
    const whole = await command(['--customer', 'hubspot:contact:501'], { graph: url });
    expect(whole.answer).toContain('Orders');
    expect(whole.answer).not.toContain('woo:customer:99');
    expect(tokens).toEqual(['Bearer secret-token']);
  } finally {
    graph.closeAllConnections();
    graph.close();
  }
});

test('--since leaves out what was before; the stream is bounded, and dropped entries are no longer found', async () => {
  await redis.client.flushAll();
  const days = [new Date('2026-10-01T00:00:00Z'), new Date('2026-11-01T12:00:00Z')];
  for (const day of days) {
    const sinks = [createRedisSink({ redis, ...limits })];
    await createAudit({ sinks, isRequired: true, log, now: () => day }).record(readingOf(['woo:customer:1']));
  }
  const found = async (...args: string[]) =>
    (await command(['--customer', 'woo:customer:1', '--json', ...args])).answer;
  expect((await found()).split('\n')).toHaveLength(2);
  expect((await found('--since', '2d')).split('\n')).toHaveLength(1);
  expect((await found('--since', '2026-11-02')).split('\n')).toEqual(['']);

  const sinks = [createRedisSink({ redis, maxEntries: 10, retentionDays: 1 })];
  const audit = createAudit({ sinks, isRequired: true, log, now: () => now });
  await Promise.all(Array.from({ length: 500 }, () => audit.record(readingOf(['woo:customer:2']))));
  await audit.close();
  expect(await redis.client.xLen(AUDIT_STREAM)).toBeLessThan(200);
  expect(await found()).toBe('');
  expect(await redis.client.pTTL('jeden:audit:of:woo:customer:2')).toBeGreaterThan(0);
});

test('Redis keeps no more about entries that it has dropped', async () => {
  await redis.client.flushAll();
  const sinks = [createRedisSink({ redis, maxEntries: 200, retentionDays: 365 })];
  const audit = createAudit({ sinks, isRequired: true, log });
  const reads = { allowed: ['Customer.email'], denied: [], asked: ['hubspot:contact:1'] };
  for (let n = 0; n < 1000; n += 1) await audit.record(readingOf([`woo:customer:${n}`], { reads }));
  await audit.close();
  const kept = await redis.client.xLen(AUDIT_STREAM);
  expect(kept).toBeGreaterThanOrEqual(200);
  expect(kept).toBeLessThan(320);
  expect(await redis.client.zCard('jeden:audit:of:hubspot:contact:1')).toBe(kept);
  expect(await redis.client.keys('jeden:audit:of:woo:*')).toHaveLength(kept);
  const { answer } = await command(['--customer', 'woo:customer:999', '--json']);
  expect(JSON.parse(answer)).toMatchObject({ matched: ['woo:customer:999'] });
});

test('an entry that does not hold all it touched is shown for everybody, as perhaps theirs', async () => {
  await redis.client.flushAll();
  const audit = createAudit({ sinks: [createRedisSink({ redis, ...limits })], isRequired: true, log, now: () => now });
  const touched = createTouchedRecords();
  touched.add({ touched: { Customer: ['woo:customer:1'] }, touchedCut: true });
  await audit.record(readingOf([], { touched }));
  const { answer } = await command(['--customer', 'woo:customer:555']);
  expect(answer).toContain('perhaps this customer');
});

test('a mutation that was refused has read nothing: all of it is denied', async () => {
  const { sink, entries } = createMemorySink();
  const audit = createAudit({ sinks: [sink], isRequired: true, log });
  const reads = { allowed: ['Mutation.addNote'], denied: ['Customer.email'], asked: ['woo:customer:1'] };
  await audit.record(readingOf([], { reads, isRefused: true }));
  expect(entries).toMatchObject([
    { outcome: 'refused', allowed: [], denied: ['Customer.email', 'Mutation.addNote'], asked: ['woo:customer:1'] },
  ]);
});

test('with Redis away or hanging, readings are answered, counted as lost and told once; required ones are refused', async () => {
  await using own = await startRedis();
  await using connection = connectRedis({ url: own.url, name: 'test' });
  await connection.untilReady(5000);
  const lines: string[] = [];
  const told = createLogger({ level: 'info', name: 'test', destination: { write: (line) => void lines.push(line) } });
  const sinks = [createRedisSink({ redis: connection, ...limits })];
  const lenient = createAudit({ sinks, log: told });
  const strict = createAudit({ sinks, isRequired: true, log });
  await strict.record(readingOf(['woo:customer:1']));
  own.pause();
  await lenient.record(readingOf(['woo:customer:1']));
  await expect(strict.record(readingOf(['woo:customer:1']))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  own.resume();
  await own.stop();
  await lenient.record(readingOf(['woo:customer:1']));
  await expect(strict.record(readingOf(['woo:customer:1']))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  await lenient.close();
  expect([lenient.lost(), strict.lost()]).toEqual([2, 2]);
  expect(lines.filter((line) => line.includes('entries are lost'))).toHaveLength(1);
  await own.start();
  await connection.untilReady(10_000);
  await lenient.record(readingOf(['woo:customer:1']));
  await lenient.close();
  expect(lines.filter((line) => line.includes('kept again'))).toHaveLength(1);
});

test('a required audit that cannot be kept keeps the answer back, and only of what it would record', async () => {
  const failing = { name: 'broken', write: () => Promise.reject(new Error('disk full')), close: async () => {} };
  const audit = createAudit({ sinks: [failing], isRequired: true, log });
  await using company = await startAuditedCompany(audit);
  const { status, body } = await company.ask('{ customer(id: "woo:customer:12") { email } }');
  expect([status, body.errors?.[0]?.extensions?.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
  expect(JSON.stringify(body)).not.toContain('anna@');
  const other = await company.ask('{ customer(id: "woo:customer:12") { kind } }');
  expect(other.body).toEqual({ data: { customer: { kind: 'COMPANY' } } });
});

test('what is asked of nothing sensitive is written nowhere, also where the audit is required and away', async () => {
  const failing = { name: 'broken', write: () => Promise.reject(new Error('disk full')), close: async () => {} };
  const audit = createAudit({ sinks: [failing], isRequired: true, log });
  await audit.record(readingOf(['woo:customer:1'], { reads: { allowed: [], denied: [], asked: ['woo:order:1'] } }));
  expect(audit.lost()).toBe(0);
});

test('as configured: lines of JSON with the name audit, one an entry, also when many are written at once', async () => {
  const path = join(folder, 'audit.log');
  const settings = {
    auditFile: path,
    auditScopes: [],
    auditRequired: false,
    auditMaxEntries: 1000,
    auditRetentionDays: 30,
  };
  const audit = await startAudit(settings, { redis: null, log });
  await Promise.all(
    Array.from({ length: 100 }, (_, n) => audit.record(readingOf([`woo:customer:${n}`], { requestId: `r${n}` }))),
  );
  await audit.close();
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  const parsed = lines.map((line) => JSON.parse(line));
  expect(new Set(parsed.map(({ requestId }) => requestId)).size).toBe(100);
  expect(parsed.every(({ name, time }) => name === 'audit' && !Number.isNaN(Date.parse(time)))).toBe(true);
  const { answer } = await command(['--customer', 'woo:customer:42', '--file', path, '--json']);
  expect(JSON.parse(answer)).toMatchObject({ requestId: 'r42', matched: ['woo:customer:42'] });
});

test('the command says what it expected', async () => {
  await expect(command([])).rejects.toThrow('npm run audit -- --customer ID');
  await expect(command(['--customer', 'anna@palarnia.pl'])).rejects.toThrow('expected an id of the graph');
  await expect(command(['--customer', 'woo:customer:1', '--since', 'soon'])).rejects.toThrow('--since');
  await expect(command(['--who'])).rejects.toThrow('--customer');
});
