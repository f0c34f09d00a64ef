import { expect, test } from '@jest/globals';
import { createMetrics } from '../../common/metrics/metrics.ts';
import { ask, post, startGraph } from '../contract/gateway-fixture.ts';

/** Two operations are begun however busy the machine is. */
const LIMITS = { overloadWaitMs: 1, maxOperations: 2 };
/** The gate lets so many wait in any case. */
const WAITING = 16;

test('more than it can do: the rest is told at once when to come back, and what was taken is answered', async () => {
  await using graph = await startOverloaded();
  const answers = await graph.overload();
  const served = await Promise.all(answers.filter(({ status }) => status === 200).map((answer) => answer.json()));
  const refused = answers.filter(({ status }) => status === 503);
  expect(served).toHaveLength(LIMITS.maxOperations + WAITING);
  expect(new Set(served.map((body) => JSON.stringify(body)))).toEqual(new Set(['{"data":{"word":"federation"}}']));
  expect(served.length + refused.length).toBe(answers.length);
  for (const answer of refused) {
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'OVERLOADED', retryAfterMs: 1000 } }],
    });
  }
  // Nothing of the refused came further, and it was counted.
  expect(graph.subgraph('words').received).toHaveLength(served.length);
  const counted = `jeden_http_requests_total{route="/graphql",status="5xx"} ${refused.length}`;
  expect(await graph.metrics.scrape()).toContain(counted);
});

test('health answers under overload, and a refusal says nothing of the token', async () => {
  await using graph = await startOverloaded();
  await graph.overload(async () => {
    expect((await fetch(`${graph.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${graph.url}/health/ready`)).status).toBe(200);
    const answer = await post(graph.endpoint, '{ not even JSON', { authorization: 'Bearer nonsense' });
    expect(answer.status).toBe(503);
  });
});

test('whichever way its path is written, nothing gets around a refusal', async () => {
  await using graph = await startOverloaded();
  await graph.overload(async () => {
    for (const path of ['/graphql?query=%7Bword%7D', '/%67raphql']) {
      const answer = await post(`${graph.url}${path}`, { query: '{ word }' });
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '1']);
    }
  });
});

test('a page of another origin may read a refusal, and every refusal names its request', async () => {
  await using graph = await startOverloaded({ corsOrigins: ['https://app.example'] });
  await graph.overload(async () => {
    const headers = { origin: 'https://app.example', 'x-request-id': 'mine' };
    const answer = await post(graph.endpoint, { query: '{ word }' }, headers);
    expect(answer.status).toBe(503);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-expose-headers': expect.stringContaining('retry-after'),
      vary: 'Origin',
      'x-request-id': 'mine',
      'cache-control': 'no-store',
    });
  });
});

test('when the load ends everything is served, also what waited for callers who have gone', async () => {
  await using graph = await startOverloaded();
  const gone = new AbortController();
  const leaving = Array.from({ length: WAITING }, () => graph.send(gone.signal).catch((error: Error) => error.name));
  await graph.overload(async () => gone.abort());
  expect(new Set(await Promise.all(leaving))).toEqual(new Set(['AbortError']));
  for (let count = 0; count < 30; count += 1) {
    expect(await ask(graph.endpoint, '{ word }')).toEqual({ data: { word: 'federation' } });
  }
});

/** A gateway that may do little at once, over a subgraph that answers when it is told to. */
async function startOverloaded({ corsOrigins = [] }: { corsOrigins?: string[] } = {}) {
  const metrics = createMetrics();
  const graph = await startGraph(
    [{ name: 'words', typeDefs: 'type Query { word: String }', resolvers: { Query: { word: () => 'federation' } } }],
    { overload: LIMITS, limits: { shareCallsMs: 0 }, corsOrigins, metrics },
  );
  // The first operation of a name is planned, which takes time.
  await graph.ask('{ word }');
  const words = graph.subgraph('words');
  words.received.length = 0;
  const send = (signal?: AbortSignal) =>
    fetch(graph.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ word }"}',
      signal,
    });
  return {
    ...graph,
    metrics,
    send,
    /** Sends three times what is taken, and lets the subgraph answer when the last has been refused. */
    async overload(meanwhile = async () => {}): Promise<Response[]> {
      const held = Promise.withResolvers<void>();
      words.misbehave(() => ({ kind: 'wait', until: held.promise }));
      let refused = 0;
      const allRefused = Promise.withResolvers<void>();
      const sent = Array.from({ length: 60 }, async () => {
        const answer = await send();
        if (answer.status === 503) refused += 1;
        if (refused >= 60 - LIMITS.maxOperations - WAITING) allRefused.resolve();
        return answer;
      });
      await allRefused.promise;
      await meanwhile().finally(held.resolve);
      return Promise.all(sent);
    },
  };
}
