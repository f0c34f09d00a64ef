import type { SubgraphName } from './rows-fixture.ts';
import type { Subject } from './rows-subjects.ts';

/** One way to a row: a query of one subgraph, as the gateway may send it. */
export interface Path {
  name: string;
  subgraph: SubgraphName;
  query: string;
  /** Null where the subject has no such row. */
  variables(subject: Subject): Record<string, unknown> | null;
  /** Whose rules on channels count: orders have one, nothing else has. */
  isOfOrder?: boolean;
}

const MONEY = '{ amount currency }';
const ADDRESS = '{ name street city postalCode country }';
const SOURCE = '{ system source remoteId url fetchedAt stale }';

const CUSTOMER = `id claim records kind displayName initials firstName lastName legalName email emailMasked emails phone
  phoneMasked phones addresses ${ADDRESS} taxIdentifiers { scheme value unit valid } taxIdMasked
  identity { links { rule from to evidence } aliases incomplete unavailable { source } }
  sources { system source reference remoteId url }`;

const RETURN = `id createdAt reason lines { sku name quantity } refunded ${MONEY} source ${SOURCE}`;
const ORDER = `id orderRef number placedAt channel { code } status billingAddress ${ADDRESS} shippingAddress ${ADDRESS}
  billingEmail billingTaxId { value } lines { sku name quantity gross ${MONEY} } totals { gross ${MONEY} refunded ${MONEY} }
  transactions { id amount ${MONEY} } refunds { id amount ${MONEY} } statusHistory { at to } shipments { trackingNumber }
  customerNote returns { ${RETURN} order { id } } customer { claim } source ${SOURCE}`;

const PARTY = `{ name taxId { value } address ${ADDRESS} email }`;
const PAYMENT = `id amount ${MONEY} valueDate method title unallocated ${MONEY} customer { claim }`;
const INVOICE = `id number kind status paymentStatus issueDate buyer ${PARTY} orderNumbers lines { sku name gross ${MONEY} }
  totals { gross ${MONEY} paid ${MONEY} } balance ${MONEY} ksef { number } customer { claim } orders { invoiceRef }
  corrects { id number } corrections { id number totals { gross ${MONEY} } }
  payments { amount ${MONEY} invoice { id } payment { ${PAYMENT} } } source ${SOURCE}`;

const OWNER = '{ id name }';
const CONTACT = `id firstName lastName email phone jobTitle customer { claim } source ${SOURCE}`;
const DEAL = `id name amount ${MONEY} status owner ${OWNER} customer { claim } source ${SOURCE}`;
const TICKET = `id subject body kind orderNumber owner ${OWNER} customer { claim } source ${SOURCE}`;
const ACTIVITY = `id type subject body at owner ${OWNER} source ${SOURCE}`;

/** What belongs to nobody in particular: no row rule is about these. */
export const WITHOUT_ROWS = ['Product', 'Employee'];

export const PATHS: readonly Path[] = [
  root('identity', 'customer', '$id: ID!', 'id: $id', CUSTOMER, ({ id }) => ({ id })),
  named('by another reference', root('identity', 'customer', '$id: ID!', 'id: $id', CUSTOMER, weakest)),
  named(
    'by an invoice',
    root('identity', 'customer', '$id: ID!', 'id: $id', CUSTOMER, ({ invoice }) => invoice && { id: invoice.id }),
  ),
  root('identity', 'customerByEmail', '$email: EmailAddress!', 'email: $email', CUSTOMER, ({ email }) =>
    have({ email }),
  ),
  root('identity', 'customerByPhone', '$phone: PhoneNumber!', 'phone: $phone', CUSTOMER, ({ phone }) =>
    have({ phone }),
  ),
  root('identity', 'customerByTaxId', '$taxId: String!', 'taxId: $taxId', CUSTOMER, ({ taxId }) => have({ taxId })),
  root('identity', 'customerCandidates', '$email: EmailAddress!', 'email: $email', CUSTOMER, ({ email }) =>
    have({ email }),
  ),
  reference('identity', 'Customer', CUSTOMER, ({ id }) => ({ id })),
  reference('identity', 'Customer', CUSTOMER, ({ claim }) => ({ claim }), 'claim'),

  reference(
    'crm',
    'Customer',
    `owner ${OWNER} lifecycleStage lifecycleStageRaw consents { purpose granted }
     contacts { nodes { ${CONTACT} } edges { node { id } } }
     deals { nodes { ${DEAL} } edges { node { id } } }
     activities { nodes { ${ACTIVITY} } edges { node { id } } }
     tickets { nodes { ${TICKET} } edges { node { id } } }`,
    ({ records }) => ({ records }),
    'records',
  ),
  root('crm', 'deal', '$id: ID!', 'id: $id', DEAL, ({ deal }) => have({ id: deal })),
  root('crm', 'ticket', '$id: ID!', 'id: $id', TICKET, ({ ticket }) => have({ id: ticket })),
  reference('crm', 'Contact', CONTACT, ({ contact }) => have({ id: contact })),
  reference('crm', 'Deal', DEAL, ({ deal }) => have({ id: deal })),
  reference('crm', 'Ticket', TICKET, ({ ticket }) => have({ id: ticket })),
  reference('crm', 'Activity', ACTIVITY, ({ activity }) => have({ id: activity })),

  reference(
    'shop',
    'Customer',
    `orders { totalCount nodes { ${ORDER} } edges { node { id } } }
     returns { totalCount nodes { ${RETURN} } edges { node { id } } }`,
    ({ records }) => ({ records }),
    'records',
  ),
  ofOrder(root('shop', 'order', '$id: ID!', 'id: $id', ORDER, ({ order }) => order && { id: order.id })),
  ofOrder(
    root('shop', 'orderByNumber', '$number: String!', 'number: $number', ORDER, ({ order }) =>
      have({ number: order?.number }),
    ),
  ),
  ofOrder(
    named(
      'in one shop',
      root('shop', 'orderByNumber', '$number: String!', 'number: $number, source: "woo"', ORDER, ({ order }) =>
        have({ number: order?.number }),
      ),
    ),
  ),
  ofOrder(reference('shop', 'Order', ORDER, ({ order }) => have({ id: order?.id }))),
  ofOrder(reference('shop', 'Order', ORDER, ({ invoice }) => have({ invoiceRef: invoice?.invoiceRef }), 'invoiceRef')),
  ofOrder(reference('shop', 'Return', `${RETURN} order { id number }`, ({ returned }) => have({ id: returned }))),

  reference(
    'accounting',
    'Customer',
    `invoices { totalCount nodes { ${INVOICE} } edges { node { id } } }
     payments { totalCount nodes { ${PAYMENT} } edges { node { id } } }
     receivables { total ${MONEY} overdue ${MONEY} aging { bucket amount ${MONEY} } worstBucket oldestDueDate openInvoiceCount }`,
    ({ records }) => ({ records }),
    'records',
  ),
  root('accounting', 'invoice', '$id: ID!', 'id: $id', INVOICE, ({ invoice }) => invoice && { id: invoice.id }),
  named(
    'of one that was corrected',
    root('accounting', 'invoice', '$id: ID!', 'id: $id', INVOICE, ({ corrected }) => have({ id: corrected })),
  ),
  root('accounting', 'invoiceByNumber', '$number: String!', 'number: $number', INVOICE, ({ invoice }) =>
    have({ number: invoice?.number }),
  ),
  root('accounting', 'invoiceByKsefNumber', '$number: String!', 'number: $number', INVOICE, ({ invoice }) =>
    have({ number: invoice?.ksefNumber }),
  ),
  root(
    'accounting',
    'payment',
    '$id: ID!',
    'id: $id',
    `${PAYMENT} allocations { amount ${MONEY} invoice { id number } payment { id } }`,
    ({ payment }) => have({ id: payment }),
  ),
  reference('accounting', 'Invoice', INVOICE, ({ invoice }) => invoice && { id: invoice.id }),
  reference('accounting', 'Payment', PAYMENT, ({ payment }) => have({ id: payment })),
  reference(
    'accounting',
    'Order',
    `invoices { ${INVOICE} }`,
    ({ order }) => (order?.isInvoiced ? { id: order.id, orderRef: order.orderRef } : null),
    'id and orderRef',
  ),
];

/** Root lists, which are read whole by tests of their own. */
export const LISTS: readonly Pick<Path, 'subgraph' | 'query'>[] = [
  { subgraph: 'shop', query: listQuery('orders', 'id number customer { claim } channel { code }') },
  { subgraph: 'accounting', query: listQuery('invoices', 'id number customer { claim }') },
  { subgraph: 'identity', query: listQuery('customers', 'id displayName') },
];

export function listQuery(field: string, selection: string): string {
  return `query ($first: Int, $after: String) { ${field}(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id } } nodes { ${selection} } } }`;
}

function root(
  subgraph: SubgraphName,
  field: string,
  declared: string,
  args: string,
  selection: string,
  variables: Path['variables'],
): Path {
  const query = `query (${declared}) { ${field}(${args}) { ${selection} } }`;
  return { name: `${subgraph}: ${field}`, subgraph, query, variables };
}

/** What the gateway sends for an entity. */
function reference(subgraph: SubgraphName, type: string, selection: string, key: Path['variables'], by = 'id'): Path {
  return {
    name: `${subgraph}: reference of ${type} by ${by}`,
    subgraph,
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
    variables: (subject) => {
      const fields = key(subject);
      return fields && { of: [{ __typename: type, ...fields }] };
    },
  };
}

function named(how: string, path: Path): Path {
  return { ...path, name: `${path.name} ${how}` };
}

function ofOrder(path: Path): Path {
  return { ...path, isOfOrder: true };
}

function weakest({ references }: Subject): Record<string, unknown> {
  return { id: references.at(-1) };
}

function have(variables: Record<string, string | null | undefined>): Record<string, unknown> | null {
  return Object.values(variables).some((value) => value == null) ? null : variables;
}
