import { expect, test } from '@jest/globals';
import { customerGraph } from './gateway-customers.ts';
import { codesByPath, type GraphQLAnswer, post, startGraph } from './gateway-fixture.ts';

/** Long enough for a busy machine. */
const SHARING = { limits: { shareCallsMs: 60_000 }, forwardHeaders: [{ name: 'x-tenant', subgraph: null }] };

const COUNT = '{ invoiceCount }';
const DEBT = '{ customer(id: "1") { debt } }';
const OTHER = '{ customer(id: "1") { name } }';

/** Calls to accounting hang until they are released. */
async function startHeld(options: Parameters<typeof startGraph>[1] = SHARING, change?: (answer: object) => unknown) {
  const graph = await startGraph(customerGraph, options);
  const accounting = graph.subgraph('accounting');
  const release = Promise.withResolvers<void>();
  // Planned beforehand, so that each is sent as soon as it is read.
  for (const query of [COUNT, DEBT, OTHER]) await graph.ask(query);
  accounting.received.length = 0;
  accounting.misbehave(() => ({ kind: 'wait', until: release.promise, ...(change ? { change } : {}) }));
  /** Asks, and has it under way: answers of another subgraph show that what was asked before was read. */
  const ask = async (query = COUNT, headers: Record<string, string> = {}) => {
    const answer = post(graph.endpoint, { query }, headers).then((response) => response.json());
    await graph.ask(OTHER);
    await graph.ask(OTHER);
    return { answer };
  };
  return {
    accounting,
    endpoint: graph.endpoint,
    ask,
    askNow: graph.ask,
    release: () => release.resolve(),
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  };
}

test('requests that ask the same at the same time share one call', async () => {
  await using graph = await startHeld();
  const asked = [await graph.ask(), await graph.ask(), await graph.ask()];
  graph.release();
  const answers = await Promise.all(asked.map(({ answer }) => answer));
  expect(answers).toEqual(asked.map(() => ({ data: { invoiceCount: 7 } })));
  expect(graph.accounting.received).toHaveLength(1);
});

test('only with what a subgraph is told being equal', async () => {
  await using graph = await startHeld();
  const asked = [
    await graph.ask('{ invoiceCount }', { 'x-tenant': 'a' }),
    await graph.ask('{ invoiceCount }', { 'x-tenant': 'b' }),
    await graph.ask('{ invoiceCount }', { 'x-tenant': 'a' }),
    await graph.ask('{ counted: invoiceCount }', { 'x-tenant': 'a' }),
  ];
  graph.release();
  await Promise.all(asked.map(({ answer }) => answer));
  expect(graph.accounting.received.map(({ headers }) => headers['x-tenant'])).toEqual(['a', 'b', 'a']);
});

test('not when sharing is switched off', async () => {
  await using graph = await startHeld({ limits: { shareCallsMs: 0 } });
  const asked = [await graph.ask(), await graph.ask()];
  graph.release();
  await Promise.all(asked.map(({ answer }) => answer));
  expect(graph.accounting.received).toHaveLength(2);
});

test('what was asked before a mutation is not shared after it', async () => {
  await using graph = await startHeld();
  const before = await graph.ask();
  expect(await graph.askNow('mutation { cancel(id: "o-1") { number } }')).toMatchObject({ data: {} });
  const after = await graph.ask();
  graph.release();
  await Promise.all([before.answer, after.answer]);
  expect(graph.accounting.received).toHaveLength(2);
});

test('a client that goes away takes nothing from those who share its call; the last one ends it', async () => {
  await using graph = await startHeld();
  const clients = [new AbortController(), new AbortController()];
  const body = JSON.stringify({ query: COUNT });
  const headers = { 'content-type': 'application/json' };
  const answers = clients.map(({ signal }) => fetch(graph.endpoint, { method: 'POST', headers, body, signal }));
  await graph.accounting.whenReceived(1);
  await graph.askNow(OTHER);
  const third = await graph.ask();
  clients[0]!.abort();
  await expect(answers[0]).rejects.toThrow();
  graph.release();
  expect(await third.answer).toEqual({ data: { invoiceCount: 7 } });
  expect((await answers[1])?.status).toBe(200);
  expect(graph.accounting.received).toHaveLength(1);
});

test('the last one that goes ends the call', async () => {
  await using graph = await startHeld();
  const clients = [new AbortController(), new AbortController()];
  const body = JSON.stringify({ query: COUNT });
  const headers = { 'content-type': 'application/json' };
  const answers = clients.map(({ signal }) => fetch(graph.endpoint, { method: 'POST', headers, body, signal }));
  await graph.accounting.whenReceived(1);
  await graph.askNow(OTHER);
  for (const client of clients) client.abort();
  for (const answer of answers) await expect(answer).rejects.toThrow();
  await graph.accounting.received[0]!.aborted;
});

test('each of those who share a wrong answer hears what is wrong with it', async () => {
  const wrong = () => ({ data: { _entities: [{ debt: ['no text'] }] } });
  await using graph = await startHeld(SHARING, wrong);
  const asked = [await graph.ask(DEBT), await graph.ask(DEBT)];
  graph.release();
  const answers = await Promise.all(asked.map(({ answer }) => answer));
  expect(graph.accounting.received).toHaveLength(1);
  for (const answer of answers) {
    expect(answer).toMatchObject({ data: { customer: { debt: null } } });
    expect(codesByPath(answer as GraphQLAnswer)).toEqual(['customer.debt: SUBGRAPH_BAD_RESPONSE']);
  }
});
