import { expect, test } from '@jest/globals';
import { startProduct } from './product.ts';
import { tokenOf } from './test-client.ts';

const QUERY = `{
  sources { name vendor system status lastSuccessAt lastFailure { code at } errorRate circuit budget { limit remaining resetsAt } sync { phase } }
}`;

interface Status {
  name: string;
  vendor: string;
  system: string;
  status: string;
  lastSuccessAt: string | null;
  lastFailure: { code: string; at: string } | null;
  errorRate: number | null;
  circuit: string;
  budget: { limit: number; remaining: number; resetsAt: string } | null;
}

test('operators see how each system does, before, while and after it is down', async () => {
  await using product = await startProduct({ sandbox: { customers: 100, limits: { hubspot: true } } });
  const operator = await tokenOf(product.url, 'operator');
  const sources = async () => {
    const { data } = await product.ask<{ sources: Status[] }>(QUERY, {}, operator);
    return new Map(data!.sources.map((source) => [source.name, source]));
  };
  const before = await sources();
  expect([...before.values()].map(({ name, vendor, system }) => `${name} ${vendor} ${system}`)).toEqual([
    'hubspot hubspot CRM',
    'fakturownia fakturownia ACCOUNTING',
    'woo woocommerce SHOP',
  ]);
  expect(before.get('woo')).toMatchObject({
    status: 'UNKNOWN',
    lastSuccessAt: null,
    errorRate: null,
    circuit: 'CLOSED',
  });

  const [first, ...others] = product.dataset.truth().customers.filter(({ references }) => references.length > 2);
  const read = (id: string | undefined) =>
    product.ask('query ($id: ID!) { customer(id: $id) { orders { nodes { id } } } }', { id });
  await read(first!.references[0]);
  const asked = await sources();
  expect(asked.get('woo')).toMatchObject({ status: 'UP', errorRate: 0, lastFailure: null });
  const { budget } = asked.get('hubspot')!;
  expect(budget!.remaining).toBeLessThan(budget!.limit);
  expect(Date.parse(budget!.resetsAt)).toBeGreaterThan(Date.now() - 60_000);

  product.sandbox.control.set('woo', { mode: 'outage' });
  for (const { references } of others.slice(0, 12)) await read(references[0]);
  const down = (await sources()).get('woo')!;
  expect(down).toMatchObject({ status: 'DOWN', circuit: 'OPEN', lastFailure: { code: 'UPSTREAM_UNAVAILABLE' } });
  expect(Date.parse(down.lastSuccessAt!)).toBeLessThanOrEqual(Date.parse(down.lastFailure!.at));
  expect((await sources()).get('fakturownia')).toMatchObject({ status: 'UP', circuit: 'CLOSED' });
});

test('nobody else sees them', async () => {
  await using product = await startProduct({ sandbox: { customers: 50 } });
  const { data, errors } = await product.ask(QUERY, {}, await tokenOf(product.url, 'support'));
  expect(data).toEqual({ sources: null });
  expect(errors).toMatchObject([{ path: ['sources'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }]);
});
