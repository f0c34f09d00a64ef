import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createCompany, readCompanySources } from '../../gateway/all-in-one/company.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import type { Authorization } from '../../gateway/authorization.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { createLinks } from '../../subgraphs/shared/links/links.ts';
import { type GraphQLAnswer, post } from '../contract/gateway-fixture.ts';
import { callContext } from '../contract/shop-contract.ts';
import { log, support } from '../security/audit-fixture.ts';
import { sealer } from '../unit/identity-world.ts';
import { startProduct } from './product.ts';

/** The whole product over a company, with its orders and documents read ahead. */
async function startCompany({ isReadAhead }: { isReadAhead: boolean }) {
  const sandbox = await startSandbox({ customers: 150 });
  const operations: string[] = [];
  const company = createCompany(readCompanySources(sandboxEnvironment(sandbox)), {
    sealer,
    clock: sandbox.clock,
    log,
    publicUrl: 'http://graph.test',
    onCall: ({ operation }) => operations.push(operation),
    linksOf: (cache) => (isReadAhead ? createLinks({ cache, redis: null, hashKey: Buffer.alloc(32, 1) }) : null),
  });
  const authorization: Authorization = {
    authenticate: async () => support,
    undeclaredFields: 'authenticated',
    policies: new Map(),
    sign: null,
  };
  const supergraphSdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
  const transportOf = ({ name }: { name: string }) => company.transportOf(name);
  const gateway = await createGateway({ supergraphSdl, transportOf, log, authorization });
  const { url } = await gateway.listen({ port: 0 });
  await company.links?.catchUp();
  const ask = async (query: string) => {
    const response = await post(`${url}/graphql`, { query });
    // Cast: the gateway answers GraphQL.
    return (await response.json()) as GraphQLAnswer;
  };
  const callsOf = async <T>(task: () => Promise<T>) => {
    sandbox.control.resetCalls();
    operations.length = 0;
    const answer = await task();
    const { hubspot, woo, fakturownia } = sandbox.control.calls();
    const made = [...operations];
    return {
      answer,
      operations: made,
      calls: { hubspot: hubspot.byRoute, woo: woo.byRoute, fakturownia: fakturownia.byRoute },
    };
  };
  return {
    sandbox,
    company,
    ask,
    callsOf,
    [Symbol.asyncDispose]: async () => {
      await gateway.close();
      await company.close();
      await sandbox.close();
    },
  };
}

const PAGE =
  '{ customers(first: 50) { nodes { id orders(first: 5) { nodes { number } } invoices(first: 5) { nodes { number } } } } }';

interface Page {
  nodes: { orders: { nodes: unknown[] }; invoices: { nodes: unknown[] } }[];
}

test('a page of 50 customers with orders and invoices lists them without a call', async () => {
  await using product = await startCompany({ isReadAhead: true });
  const { orders } = product.sandbox.dataset.woo;
  const [shop] = await product.company.ports.shop.sources!(callContext());
  expect(shop!.sync).toMatchObject({ phase: 'WAITING', recordsSeen: orders.size, recordsTotal: orders.size });

  const cold = await product.callsOf(() => product.ask(PAGE));
  const { nodes } = cold.answer.data!.customers as Page;
  expect(nodes.flatMap(({ orders }) => orders.nodes).length).toBeGreaterThan(50);
  expect(nodes.flatMap(({ invoices }) => invoices.nodes).length).toBeGreaterThan(50);
  // Who the customers are is asked as ever: accounts and clients by address, buyers by a part of a firm's name.
  expect(cold.operations).not.toContain('orders.of_customer');
  expect(cold.operations.filter((operation) => operation.startsWith('invoices.'))).toEqual([]);

  const warm = await product.callsOf(() => product.ask(PAGE));
  expect(warm.answer).toEqual(cold.answer);
  expect(warm.calls).toEqual({ hubspot: {}, woo: {}, fakturownia: {} });
});

test('answers are the same as without reading ahead', async () => {
  const everything = `{ customers(first: 50) { nodes {
    id names: displayName sources { reference }
    orders(first: 50) { totalCount nodes { id status totals { gross { amount } } } }
    oldest: orders(first: 3, orderBy: { field: PLACED_AT, direction: ASC }, filter: { status: [DELIVERED, CANCELLED] }) { nodes { id } }
    returns(first: 5) { nodes { id } }
    invoices(first: 50) { totalCount nodes { id kind balance { amount } } }
  } } }`;
  const [ahead, plain] = await Promise.all(
    [true, false].map(async (isReadAhead) => {
      await using product = await startCompany({ isReadAhead });
      return await product.ask(everything);
    }),
  );
  expect(plain!.errors).toBeUndefined();
  expect(ahead).toEqual(plain);
});

test('SYNC=true reads ahead by itself, and operators see how far it is', async () => {
  await using product = await startProduct({ sandbox: { customers: 60 }, env: { SYNC: 'true' } });
  const syncs = async () => {
    const { sources } = await product.data<{ sources: { name: string; sync: { phase: string } | null }[] }>(
      '{ sources { name sync { phase recordsSeen recordsTotal lastSuccessAt } } }',
    );
    return new Map(sources.map(({ name, sync }) => [name, sync]));
  };
  while ([...(await syncs()).values()].some((sync) => sync !== null && sync.phase !== 'WAITING')) await wait(100);
  const { orders } = product.dataset.woo;
  expect((await syncs()).get('woo')).toMatchObject({ recordsSeen: orders.size, recordsTotal: orders.size });
  expect((await syncs()).get('fakturownia')).toMatchObject({ phase: 'WAITING', lastSuccessAt: expect.any(String) });
  expect((await syncs()).get('hubspot')).toBeNull();
});
