import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { expect, test } from '@jest/globals';
import { getOperationAST, parse, printSchema } from 'graphql';
import { OPERATIONS } from '../../bench/federation/operations.ts';
import { reportOf } from '../../bench/federation/profile-report.ts';
import { buildSchemas, composeSupergraph } from '../../bench/federation/schema.ts';
import { countWaves } from '../../bench/federation/waves.ts';
import { placeBetween } from '../../bench/federation/write-page.ts';
import { apiSchemaOf } from '../../gateway/supergraph/api-schema.ts';

const AT = 'http://subgraphs.example';

async function answerBig(): Promise<string> {
  const schemas = buildSchemas();
  const gateway = new ApolloGateway({
    supergraphSdl: composeSupergraph(AT, 'plain'),
    buildService: ({ name }) => new LocalGraphQLDataSource(schemas.get(name)!),
  });
  const { schema, executor } = await gateway.load();
  const query = OPERATIONS.big;
  const document = parse(query);
  const request = { request: { query, variables: {} }, document, queryHash: 'big', schema };
  const rest = { operation: getOperationAST(document), context: {}, metrics: {}, cache: null };
  // Cast: the type is Apollo Server's whole request; the executor reads only what stands above.
  const answer = await executor({ ...request, ...rest } as unknown as Parameters<typeof executor>[0]);
  await gateway.stop();
  return JSON.stringify({ data: answer.data });
}

test('the big query of the federation bench has the size of the public benchmark', async () => {
  const text = await answerBig();
  expect(Buffer.byteLength(text)).toBe(87_327);
  expect(text).not.toContain('null');
});

test('the federation bench asks the same schema with rights and without', () => {
  const [guarded, plain] = (['guarded', 'plain'] as const).map((variant) => composeSupergraph(AT, variant));
  expect(guarded).toContain('requiresScopes');
  expect(plain).not.toMatch(/requiresScopes|authenticated/);
  expect(printSchema(apiSchemaOf(guarded!))).toBe(printSchema(apiSchemaOf(plain!)));
});

test('counts the calls that a plan makes one after the other', () => {
  const supergraph = composeSupergraph(AT, 'plain');
  expect(countWaves(supergraph, 'big')).toBe(4);
  expect(countWaves(supergraph, 'small')).toBe(1);
});

test('writes results between the marks of their mode, in place of those before', () => {
  const page = 'Before\n<!-- memo -->\nold\n<!-- /memo -->\nbetween\n<!-- exec -->\n<!-- /exec -->\n';
  const written = placeBetween(placeBetween(page, 'memo', 'first'), 'memo', 'second');
  expect(written).toBe(page.replace('old', 'second'));
  expect(() => placeBetween(page, 'memo-delay-5', 'text')).toThrow('<!-- memo-delay-5 -->');
});

test('a profile is told by what its time went into, without the time in which there was nothing to do', () => {
  const frame = (functionName: string, url: string) => ({
    functionName,
    url,
    scriptId: '1',
    lineNumber: 6,
    columnNumber: 0,
  });
  const nodes = [
    { id: 1, callFrame: frame('(idle)', '') },
    { id: 2, callFrame: frame('(garbage collector)', '') },
    { id: 3, callFrame: frame('request', 'file:///app/node_modules/undici/lib/client.js') },
    { id: 4, callFrame: frame('execute', new URL('../../gateway/execution/executor.ts', import.meta.url).href) },
  ];
  const profile = {
    nodes,
    startTime: 0,
    endTime: 9000,
    samples: [1, 2, 3, 4, 3],
    timeDeltas: [1000, 2000, 1000, 4000, 1000],
  };
  const { busyMs, idleMs, categories, functions } = reportOf(profile);
  expect({ busyMs, idleMs }).toEqual({ busyMs: 8, idleMs: 1 });
  expect(categories).toEqual([
    { name: 'jeden gateway/execution', share: 0.5 },
    { name: 'garbage collection', share: 0.25 },
    { name: 'HTTP client', share: 0.25 },
  ]);
  expect(functions[0]).toEqual({ name: 'execute gateway/execution/executor.ts:7', share: 0.5 });
});
