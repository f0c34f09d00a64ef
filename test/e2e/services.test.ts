import { expect, test } from '@jest/globals';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { type Answer, startProduct } from './product.ts';
import { NAMES, newKeys, type Services, startServices } from './services.ts';

/** Without times of fetching, which differ between two runs. */
const CUSTOMER = `
  query ($id: ID!) {
    customer(id: $id) {
      id kind displayName email phone
      identity { incomplete links { rule from to evidence } unavailable { source code } }
      sources { system reference stale }
      lifecycleStage
      deals { nodes { id name } }
      tickets { nodes { id subject } }
      orders { nodes { id number status lines { sku quantity } totals { gross { amount currency } } invoices { id } customer { id } } }
      invoices { nodes { id number kind totals { gross { amount currency } } payments { amount { amount } } orders { id } } }
      receivables { total { amount currency } openInvoiceCount }
    }
  }
`;

/** A customer that all three systems know. */
function knownToAll({ dataset }: Sandbox): TruthCustomer {
  const knows = ({ references }: TruthCustomer, type: string) => references.some((one) => one.startsWith(type));
  const types = ['hubspot:', 'woo:customer:', 'fakturownia:'];
  return dataset
    .truth()
    .customers.find((one) => types.every((type) => knows(one, type)) && one.orderNumbers.length > 0)!;
}

interface Customer extends Record<string, unknown> {
  orders: { nodes: Record<string, unknown>[] };
}

async function ask({ gateway, token }: Services, id: string): Promise<Answer<{ customer: Customer | null }>> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: CUSTOMER, variables: { id } }),
  });
  return (await response.json()) as Answer<{ customer: Customer | null }>;
}

test('five processes answer as one process does, and end cleanly when asked to', async () => {
  const keys = newKeys();
  await using product = await startProduct({ sandbox: { customers: 80 }, env: { IDENTITY_KEYS: keys } });
  await using services = await startServices(product.sandbox, { identityKeys: keys });
  const { id } = knownToAll(product.sandbox);
  const answer = await ask(services, id);
  expect(answer.errors).toBeUndefined();
  expect(answer.data?.customer).toMatchObject({ orders: expect.anything(), identity: { incomplete: false } });
  expect(answer.data).toEqual(await product.data(CUSTOMER, { id }));
  for (const name of NAMES) expect({ name, code: await services[name].stop() }).toEqual({ name, code: 0 });
}, 60_000);

test('a service that is gone costs its own fields, with an error that names it and where', async () => {
  await using sandbox = await startSandbox({ customers: 80 });
  await using services = await startServices(sandbox);
  const { id } = knownToAll(sandbox);
  const whole = (await ask(services, id)).data?.customer;
  await services.accounting.kill();
  const { data, errors = [] } = await ask(services, id);
  const lost = whole && { ...whole, invoices: null, receivables: null, orders: withoutInvoices(whole.orders) };
  expect(data?.customer).toEqual(lost);
  expect(new Set(errors.map(({ extensions }) => `${extensions.code} ${extensions.service}`))).toEqual(
    new Set(['SUBGRAPH_UNAVAILABLE accounting']),
  );
  const places = errors.map(({ path = [] }) => path.filter((part) => typeof part === 'string').join('.'));
  expect(new Set(places)).toEqual(
    new Set(['customer.invoices', 'customer.receivables', 'customer.orders.nodes.invoices']),
  );
}, 60_000);

function withoutInvoices({ nodes }: Customer['orders']): Customer['orders'] {
  return { nodes: nodes.map((order) => ({ ...order, invoices: null })) };
}
