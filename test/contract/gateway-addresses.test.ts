import { expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { OPEN } from '../../gateway/authorization.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { parseHeaderRules } from '../../gateway/http/forwarded-headers.ts';
import { createHttpTransports } from '../../gateway/transport/http-transport.ts';
import { customerGraph } from './gateway-customers.ts';
import { ask, composeSubgraphs, post, startGraph } from './gateway-fixture.ts';
import { startTestSubgraph } from './gateway-subgraph.ts';

const LETTERS = {
  name: 'letters',
  typeDefs: 'type Query { a: String } type Mutation { write: String }',
  resolvers: { Query: { a: () => 'a' }, Mutation: { write: () => 'written' } },
};

/** The gateway over one subgraph that runs several times. */
async function startReplicated(count: number) {
  await using started = new AsyncDisposableStack();
  const replicas = await Promise.all(Array.from({ length: count }, () => startTestSubgraph(LETTERS)));
  for (const replica of replicas) started.use(replica);
  const transports = createHttpTransports();
  started.defer(transports.close);
  const gateway = started.use(
    await createGateway({
      authorization: OPEN,
      supergraphSdl: composeSubgraphs(replicas.slice(0, 1)),
      transportOf: () => transports.transportOf({ url: replicas.map(({ url }) => url) }),
      log: createLogger({ level: 'silent', name: 'test' }),
    }),
  );
  const { url } = await gateway.listen({ port: 0 });
  const running = started.move();
  return {
    replicas,
    ask: (query: string) => ask(`${url}/graphql`, query),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

test('a subgraph at several addresses is asked at each in turn', async () => {
  await using graph = await startReplicated(3);
  for (let asked = 0; asked < 6; asked += 1) expect(await graph.ask('{ a }')).toEqual({ data: { a: 'a' } });
  expect(graph.replicas.map(({ received }) => received.length)).toEqual([2, 2, 2]);
});

test('one at which nobody is costs no answer, and is left alone for a while', async () => {
  await using graph = await startReplicated(2);
  const [gone, there] = graph.replicas;
  await gone![Symbol.asyncDispose]();
  for (let asked = 0; asked < 6; asked += 1) expect(await graph.ask('{ a }')).toEqual({ data: { a: 'a' } });
  expect(await graph.ask('mutation { write }')).toEqual({ data: { write: 'written' } });
  expect(there!.received).toHaveLength(7);
});

test('a mutation that may have arrived goes to no other address', async () => {
  await using graph = await startReplicated(2);
  for (const { misbehave } of graph.replicas) misbehave(() => ({ kind: 'reset' }));
  expect(await graph.ask('mutation { write }')).toMatchObject({ errors: [{ path: ['write'] }] });
  expect(graph.replicas.flatMap(({ received }) => received)).toHaveLength(1);
});

test('subgraphs get the headers that are listed for them, and no others', async () => {
  const forwardHeaders = parseHeaderRules('Accept-Language, accounting:x-tenant')!;
  await using graph = await startGraph(customerGraph, { forwardHeaders });
  const sent = { 'accept-language': 'pl', 'x-tenant': 'north', cookie: 'canary', 'x-jeden-caller': 'canary' };
  const response = await post(graph.endpoint, { query: '{ customer(id: "1") { debt } }' }, sent);
  const headersAt = (name: string) => graph.subgraph(name).received[0]!.headers;
  expect(headersAt('identity')).toMatchObject({ 'accept-language': 'pl' });
  expect(headersAt('identity')).not.toHaveProperty('x-tenant');
  expect(headersAt('accounting')).toMatchObject({ 'accept-language': 'pl', 'x-tenant': 'north' });
  expect(JSON.stringify(headersAt('accounting'))).not.toContain('canary');
  expect(response.headers.get('vary')).toContain('accept-language, x-tenant');
});

test.each(['x-jeden-caller', 'shop:content-length', 'x-request-id', 'two words', '', ':x-tenant', 'a,,b'])(
  'no rule passes on "%s"',
  (text) => expect(parseHeaderRules(text)).toBeNull(),
);
