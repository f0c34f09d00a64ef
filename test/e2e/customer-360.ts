import type { TruthCustomer, TruthMoney } from '../../sandbox/data/truth-types.ts';
import type { Product } from './product.ts';

const PAGE = 'pageInfo { hasNextPage endCursor }';
const CLOCK = 'source { system source vendor remoteId fetchedAt stale }';

/** Everything about one customer, as a support tool asks. */
export const CUSTOMER_360 = `
  query Customer360($id: ID!, $orders: String, $invoices: String) {
    customer(id: $id) {
      id kind displayName email phone emails phones taxIdentifiers { scheme country value unit valid }
      identity { incomplete aliases links { rule from to evidence confidence } unavailable { source code } }
      sources { system source reference stale }
      owner { id name } lifecycleStage
      deals { totalCount nodes { id name status amount { amount currency } } }
      tickets { totalCount nodes { id subject kind status orderNumber } }
      activities(first: 10) { nodes { id type subject at } }
      orders(first: 100, after: $orders) {
        ${PAGE}
        nodes {
          id number placedAt status financialStatus currency
          lines { id sku name quantity net { amount } vat { amount } gross { amount } vatRate { code kind } }
          totals { gross { amount currency } refunded { amount } current { amount } }
          returns { id lines { sku quantity } refunded { amount currency } }
          shipments { carrier trackingNumber trackingUrl status }
          ${CLOCK}
        }
      }
      returns { nodes { id createdAt } }
      invoices(first: 100, after: $invoices) {
        ${PAGE}
        nodes {
          id number kind status paymentStatus issueDate dueDate isOverdue daysOverdue agingBucket
          totals { net { amount } vat { amount } gross { amount currency } paid { amount } }
          balance { amount currency }
          payments { amount { amount currency } payment { id valueDate } }
          corrects { id } corrections { id }
          ksef { status number }
          ${CLOCK}
        }
      }
      receivables {
        asOf total { amount currency } overdue { amount currency }
        aging { bucket amount { amount currency } } worstBucket oldestDueDate openInvoiceCount
      }
    }
  }
`;

interface Money {
  amount: string;
  currency: string;
}

interface Page<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface Customer360 {
  id: string;
  kind: string;
  emails: string[];
  phones: string[];
  taxIdentifiers: { country: string | null; value: string; unit: string | null; valid: boolean }[];
  identity: { incomplete: boolean; unavailable: unknown[] };
  sources: { reference: string; stale: boolean }[];
  orders: Page<{ id: string; number: string; totals: { gross: Money }; lines: { gross: { amount: string } }[] }>;
  invoices: Page<{ id: string; number: string; isOverdue: boolean; totals: { gross: Money }; balance: Money }>;
  receivables: { asOf: string; total: Money[]; overdue: Money[] };
}

/** The 360 of one customer with all its orders and invoices. */
export async function readCustomer360(product: Product, id: string): Promise<Customer360 | null> {
  const ask = async (variables: Record<string, string | null>) =>
    (await product.data<{ customer: Customer360 | null }>(CUSTOMER_360, { id, ...variables })).customer;
  const customer = await ask({});
  if (customer === null) return null;
  for (const list of ['orders', 'invoices'] as const) {
    while (customer[list].pageInfo.hasNextPage) {
      const next = (await ask({ [list]: customer[list].pageInfo.endCursor }))![list];
      // Cast: the loop's `list` names the same list on both sides, which the compiler cannot follow.
      (customer[list].nodes as unknown[]).push(...next.nodes);
      customer[list].pageInfo = next.pageInfo;
    }
  }
  return customer;
}

/** The customer of a truth, by its strongest reference or, where it is known by guest orders alone, by the first of these. */
export async function idOf(product: Product, { references, orderNumbers }: TruthCustomer): Promise<string | null> {
  const [reference] = references;
  if (reference) {
    return (await product.data<{ customer: { id: string } | null }>(BY_ID, { id: reference })).customer?.id ?? null;
  }
  const { orderByNumber } = await product.data<{ orderByNumber: { customer: { id: string } | null } | null }>(
    'query ($number: String!) { orderByNumber(number: $number) { customer { id } } }',
    { number: orderNumbers[0] },
  );
  return orderByNumber?.customer?.id ?? null;
}

const BY_ID = 'query ($id: ID!) { customer(id: $id) { id } }';

export function byCurrency(sums: readonly (TruthMoney | Money)[]): string[] {
  return sums.map(({ amount, currency }) => `${amount} ${currency}`).sort();
}
