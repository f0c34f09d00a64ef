import type { Arguments } from './matrix-operations.ts';
import type { RecordedProduct } from './recorded-product.ts';

const DETAILS = `query ($id: ID!) {
  customer(id: $id) {
    id emails phones taxIdentifiers { value }
    orders(first: 20) { nodes { id number lines { sku } returns { id } invoices { id } } }
    invoices(first: 20) { nodes { id number ksef { number } } }
    payments(first: 5) { nodes { id } }
    deals(first: 5) { nodes { id } }
    tickets(first: 5) { nodes { id } }
  }
}`;

type Named = { id: string };

interface Details {
  customer: {
    id: string;
    emails: string[];
    phones: string[];
    taxIdentifiers: { value: string }[];
    orders: {
      nodes: (Named & {
        number: string;
        lines: { sku: string | null }[];
        returns: Named[];
        invoices: Named[] | null;
      })[];
    };
    invoices: { nodes: (Named & { number: string; ksef: { number: string | null } | null })[] };
    payments: { nodes: Named[] };
    deals: { nodes: Named[] };
    tickets: { nodes: Named[] };
  };
}

/** What to ask for, for the fields of the root to answer with something: all of one customer whom `token` may see. */
export async function readArguments(product: RecordedProduct, token: string): Promise<Arguments> {
  const everything = await product.token();
  const { data: seen } = await product.ask<{ customers: { nodes: Named[] } }>(
    '{ customers(first: 20) { nodes { id } } }',
    { token },
  );
  const candidates = await Promise.all(
    seen!.customers.nodes.map(async ({ id }) => {
      const { data } = await product.ask<Details>(DETAILS, { token: everything, variables: { id } });
      return argumentsOf(data!);
    }),
  );
  return candidates.toSorted((left, right) => countOf(right) - countOf(left))[0]!;
}

function countOf(args: Arguments): number {
  return Object.keys(args).length;
}

/** What the customer does not have, somebody has never had either: the field is asked for all the same. */
function argumentsOf({ customer }: Details): Arguments {
  const { orders, invoices, payments, deals, tickets, emails, phones, taxIdentifiers } = customer;
  const order = orders.nodes.find(({ returns }) => returns.length > 0) ?? orders.nodes[0];
  const invoice = invoices.nodes.find(({ ksef }) => ksef?.number) ?? invoices.nodes[0];
  const sku = orders.nodes.flatMap(({ lines }) => lines).find((line) => line.sku !== null)?.sku;
  const known = {
    'customer.id': customer.id,
    'customerByEmail.email': emails[0],
    'customerCandidates.email': emails[0],
    'customerByPhone.phone': phones[0],
    'customerByTaxId.taxId': taxIdentifiers[0]?.value,
    'order.id': order?.id,
    'orderByNumber.number': order?.number,
    'product.sku': sku,
    'invoice.id': invoice?.id,
    'invoiceByNumber.number': invoice?.number,
    'invoiceByKsefNumber.number': invoice?.ksef?.number,
    'payment.id': payments.nodes[0]?.id,
    'deal.id': deals.nodes[0]?.id,
    'ticket.id': tickets.nodes[0]?.id,
  };
  return Object.fromEntries(Object.entries(known).filter((entry): entry is [string, string] => entry[1] != null));
}

/** For those that a customer does not have. */
export const ABSENT: Arguments = {
  'customerByEmail.email': 'nobody@nowhere.example',
  'customerCandidates.email': 'nobody@nowhere.example',
  'customerByPhone.phone': '+48500999111',
  'customerByTaxId.taxId': '1060000062',
  'order.id': 'woo:order:999999999',
  'orderByNumber.number': '999999999',
  'product.sku': 'NONE',
  'invoice.id': 'fakturownia:invoice:999999999',
  'invoiceByNumber.number': 'FV/0/1900',
  'invoiceByKsefNumber.number': '5265877635-20250826-0100001AF629-AF',
  'payment.id': 'fakturownia:payment:999999999',
  'deal.id': 'hubspot:deal:999999999',
  'ticket.id': 'hubspot:ticket:999999999',
};
