import { randomInt } from 'node:crypto';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { sealRecords } from '../../subgraphs/shared/customer-records.ts';
import { sealer } from '../unit/identity-world.ts';
import type { Ask, RowsWorld, SubgraphName } from './rows-fixture.ts';

/** One customer with a row of each kind that it has, as somebody with all rights sees them. */
export interface Subject {
  id: string;
  references: string[];
  claim: string;
  records: string;
  /** Of the CRM's users. */
  owners: string[];
  email: string | null;
  phone: string | null;
  taxId: string | null;
  order: { id: string; number: string; channel: string; orderRef: string; isInvoiced: boolean } | null;
  returned: string | null;
  invoice: { id: string; number: string; ksefNumber: string | null; invoiceRef: string | null } | null;
  /** Of an invoice that has corrections. */
  corrected: string | null;
  payment: string | null;
  contact: string | null;
  deal: string | null;
  ticket: string | null;
  activity: string | null;
  /** What must stand in no answer to somebody who may not see the customer. */
  canaries: string[];
}

const IDENTITY = `claim records displayName firstName lastName legalName emails phones
  taxIdentifiers { value } sources { reference }`;
const SHOP = `orders { nodes { id number channel { code } orderRef returns { id } } } returns { nodes { id } }`;
const ACCOUNTING = `
  invoices(first: 100) { nodes { id number kind ksef { number } corrections { id } orders { invoiceRef } orderNumbers } }
  payments { nodes { id } }`;
const CRM =
  'contacts { nodes { id } } deals { nodes { id } } tickets { nodes { id } } activities { nodes { id } } owner { id }';

// biome-ignore lint/suspicious/noExplicitAny: answers are read by the selections above.
type Answer = any;

/** Customers of all three systems, whom somebody looks after: between them they have rows of every kind, most at least twice. */
export async function readSubjects(
  world: RowsWorld,
  { limit, isWanted = () => true }: { limit?: number; isWanted?: (id: string) => boolean } = {},
): Promise<Subject[]> {
  const { customers } = world.dataset.truth();
  const isIn = (references: readonly string[], type: string) => references.some((one) => one.startsWith(type));
  const known = customers.filter(
    ({ id, references }) =>
      isWanted(id) &&
      ['woo:customer:', 'fakturownia:client:'].every((type) => isIn(references, type)) &&
      ownersOf(world, references).length > 0,
  );
  const byOrders = known.toSorted((left, right) => right.orderNumbers.length - left.orderNumbers.length);
  return Promise.all(byOrders.slice(0, limit).map(({ id }) => readSubject(world, id)));
}

async function readSubject(world: RowsWorld, id: string): Promise<Subject> {
  const all = world.as('all');
  const customer = await entity(all, 'identity', { id }, `id ${IDENTITY}`);
  const { records } = customer;
  const [shop, accounting, crm] = await Promise.all([
    entity(all, 'shop', { records }, SHOP),
    entity(all, 'accounting', { records }, ACCOUNTING),
    entity(all, 'crm', { records }, CRM),
  ]);
  const truth = world.dataset.truth().customers.find((one) => one.references.includes(id))!;
  const invoices: Answer[] = accounting.invoices.nodes;
  const orders: Answer[] = shop.orders.nodes;
  const invoiced = orders.find(({ number }) => invoices.some(({ orderNumbers }) => orderNumbers.includes(number)));
  const order = invoiced ?? orders[0] ?? null;
  const { invoicesByNumber } = world.dataset.fakturownia;
  const alone = invoices.filter(({ number }) => invoicesByNumber.get(number)?.length === 1);
  const invoice = alone.find(({ ksef, orders }) => ksef?.number && orders[0]?.invoiceRef) ?? alone[0] ?? null;
  const { emails, phones, taxIdentifiers } = customer;
  return {
    id: customer.id,
    references: customer.sources.map(({ reference }: Answer) => reference),
    claim: customer.claim,
    records,
    owners: ownersOf(
      world,
      customer.sources.map(({ reference }: Answer) => reference),
    ),
    email: truth.emails[0] ?? null,
    phone: truth.phone,
    taxId: truth.taxId,
    order: order && { ...order, channel: order.channel.code, isInvoiced: invoiced !== undefined },
    returned: shop.returns.nodes[0]?.id ?? null,
    invoice: invoice && {
      id: invoice.id,
      number: invoice.number,
      ksefNumber: invoice.ksef?.number ?? null,
      invoiceRef: invoice.orders[0]?.invoiceRef ?? null,
    },
    corrected: invoices.find(({ corrections }) => corrections.length > 0)?.id ?? null,
    payment: accounting.payments.nodes[0]?.id ?? null,
    contact: crm.contacts.nodes[0]?.id ?? null,
    deal: crm.deals.nodes[0]?.id ?? null,
    ticket: crm.tickets.nodes[0]?.id ?? null,
    activity: crm.activities.nodes[0]?.id ?? null,
    canaries: [
      ...[customer.displayName, customer.lastName, customer.legalName].filter((name) => name?.length > 3),
      ...[...emails, ...phones, ...taxIdentifiers.map(({ value }: Answer) => value)],
      ...customer.sources.map(({ reference }: Answer) => reference),
      ...invoices.map(({ number }) => number),
      customer.claim,
      records,
    ],
  };
}

async function entity(
  ask: Ask,
  subgraph: SubgraphName,
  key: Record<string, string>,
  selection: string,
): Promise<Answer> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { ${selection} } } }`;
  const answer = await ask(subgraph, query, { of: [{ __typename: 'Customer', ...key }] });
  const [found] = (answer.data?._entities ?? []) as Answer[];
  if (answer.errors || !found) throw new Error(`${subgraph} ${JSON.stringify(key)}: ${JSON.stringify(answer.errors)}`);
  return found;
}

/** From the records themselves: who looks after any of the customer's. */
function ownersOf({ dataset: { hubspot } }: RowsWorld, references: readonly string[]): string[] {
  const ids = references.flatMap((reference) => {
    const [, type, id] = reference.split(':');
    if (type === 'company') return [hubspot.companies.get(Number(id))?.ownerId];
    return type === 'contact' ? [hubspot.contacts.get(Number(id))?.ownerId] : [];
  });
  return [...new Set(ids.filter((id) => id != null).map((id) => `hubspot:owner:${id}`))];
}

/** Somebody who has never been: what nobody has must be answered as this one's things are. */
export function absentSubject(): Subject {
  const id = `woo:customer:${randomInt(900_000_000, 999_999_999)}`;
  return {
    id,
    references: [id],
    claim: sealer.seal('claim', [id]),
    records: sealRecords(sealer, { id, references: [id], gaps: [] }),
    owners: [],
    email: 'nobody@nowhere.example',
    phone: '+48500999111',
    taxId: '1060000062',
    order: {
      id: 'woo:order:999999999',
      number: '999999999',
      channel: 'web',
      orderRef: sealer.seal('orderRef', ['woo', '999999999', '', '', '1.00', 'PLN', 'single']),
      isInvoiced: true,
    },
    returned: 'woo:return:999999999-1',
    invoice: {
      id: 'fakturownia:invoice:999999999',
      number: 'FV/0/1900',
      ksefNumber: '5265877635-20250826-0100001AF629-AF',
      invoiceRef: sealer.seal('invoiceRef', ['fakturownia', '999999999', '', '', '', 'PLN']),
    },
    corrected: 'fakturownia:invoice:999999999',
    payment: 'fakturownia:payment:999999999',
    contact: 'hubspot:contact:999999999',
    deal: 'hubspot:deal:999999999',
    ticket: 'hubspot:ticket:999999999',
    activity: 'hubspot:note:999999999',
    canaries: [],
  };
}

/** Without what differs between two readings of one thing. */
export function stable({ data, errors }: ExecutionResultBody): unknown {
  const withoutTimes = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && 'fetchedAt' in value ? { ...value, fetchedAt: '' } : value;
  const codes = errors?.map(({ message, extensions }) => ({ message, code: extensions?.code }));
  return JSON.parse(JSON.stringify({ data, errors: codes ?? null }, withoutTimes));
}
