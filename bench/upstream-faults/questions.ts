import type { Dataset } from '../../sandbox/data/dataset.ts';
import type { Vendor } from '../../sandbox/server/vendors.ts';

/** Asked for a record, or for one system's part of a customer who is known already. */
export type Kind = 'record' | 'customer';

/** What asks one vendor alone. */
export interface Question {
  vendor: Vendor;
  kind: Kind;
  query: string;
  ids: readonly string[];
}

const CUSTOMERS = 40;
const RECORDS = 200;

export function questionsOf(dataset: Dataset): Question[] {
  const { hubspot, woo, fakturownia } = dataset;
  const customers = dataset
    .truth()
    .customers.filter(({ references }) =>
      ['hubspot:', 'woo:customer:', 'fakturownia:'].every((prefix) => references.some((one) => one.startsWith(prefix))),
    )
    .slice(0, CUSTOMERS)
    .map(({ references }) => references[0]!);
  const record = (vendor: Vendor, type: string, records: ReadonlyMap<unknown, unknown>, fields: string): Question => ({
    vendor,
    kind: 'record',
    query: `query ($id: ID!) { ${type}(id: $id) { ${fields} } }`,
    ids: [...records.keys()].slice(0, RECORDS).map((id) => `${vendor}:${type}:${id}`),
  });
  const part = (vendor: Vendor, fields: string): Question => ({
    vendor,
    kind: 'customer',
    query: `query ($id: ID!) { customer(id: $id) { ${fields} } }`,
    ids: customers,
  });
  return [
    record('hubspot', 'deal', hubspot.deals, 'id name'),
    record('woo', 'order', woo.orders, 'id number lines { sku }'),
    record('fakturownia', 'invoice', fakturownia.invoices, 'id number totals { gross { amount } }'),
    part('hubspot', 'deals(first: 5) { nodes { id } }'),
    part('woo', 'orders(first: 5) { nodes { id } }'),
    part('fakturownia', 'invoices(first: 5) { nodes { id } }'),
  ];
}
