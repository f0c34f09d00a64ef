import { expect, test } from '@jest/globals';
import { createClock } from '../../common/clock.ts';
import { createDataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import type { FakturowniaInvoice, WooOrder } from '../../sandbox/data/records.ts';
import { parseTaxId } from '../../subgraphs/shared/normalise.ts';
import { factsOf, isInvoice } from './sandbox-data-facts.ts';

const dataset = createDataset({ asOf: DEFAULT_AS_OF });
const { hubspot, woo, fakturownia } = dataset;
const truth = dataset.truth();
const facts = factsOf(dataset);
const clock = createClock({ asOf: DEFAULT_AS_OF });
const today = clock.today();

const DAY_MS = 86_400_000;

function labelled(kind: string): string[] {
  return truth.discrepancies
    .filter((discrepancy) => discrepancy.kind === kind)
    .map(({ references }) => [...references].sort().join(' '))
    .sort();
}

const orderRef = ({ id }: WooOrder) => `woo:order:${id}`;
const invoiceRef = ({ id }: FakturowniaInvoice) => `fakturownia:invoice:${id}`;
const rows = (list: readonly (readonly string[])[]) =>
  list.map((references) => [...references].sort().join(' ')).sort();

/** Invoices that name exactly one order, with it. */
const pairs = facts.invoices
  .filter((invoice) => isInvoice(invoice) && !invoice.cancelled)
  .flatMap((invoice) => {
    const [order, ...others] = facts.ordersOf(invoice);
    return order === undefined || others.length > 0 ? [] : [{ order, invoice }];
  });
/** Without advances and what settles them: these are for parts of an order. */
const wholePairs = pairs.filter(({ invoice }) => invoice.kind !== 'advance' && invoice.kind !== 'final');
const pairRows = (list: typeof pairs) => rows(list.map(({ order, invoice }) => [orderRef(order), invoiceRef(invoice)]));

const KINDS = [
  'ORDER_WITHOUT_INVOICE',
  'INVOICE_WITHOUT_ORDER',
  'INVOICE_TOTAL_MISMATCH',
  'INVOICE_VAT_MISMATCH',
  'CURRENCY_MISMATCH',
  'PAID_IN_SHOP_UNPAID_IN_ACCOUNTING',
  'PAID_IN_ACCOUNTING_UNPAID_IN_SHOP',
  'REFUND_WITHOUT_CORRECTION',
  'CORRECTION_WITHOUT_RETURN',
  'DUPLICATE_INVOICE',
  'DUPLICATE_CUSTOMER',
  'TAX_ID_MISMATCH',
  'TAX_ID_INVALID',
  'CUSTOMER_UNLINKED',
  'PRICE_MISMATCH',
  'STOCK_MISMATCH',
  'VAT_RATE_MISMATCH',
  'OVERPAYMENT',
  'UNALLOCATED_PAYMENT',
  'KSEF_MISSING',
  'KSEF_REJECTED',
  'MPP_MISSING',
  'SHIPMENT_DELAYED',
];

test('has every kind of discrepancy that three such systems show, and no other', () => {
  expect([...new Set(truth.discrepancies.map(({ kind }) => kind))].sort()).toEqual([...KINDS].sort());
});

test('labels the shipped orders that have no document, and those alone', () => {
  const without = facts.orders.filter((order) => order.completedAt !== null && facts.documentsOf(order).length === 0);
  // Orders that wait for a collective invoice are not late yet.
  const late = without.filter(({ completedAt }) => completedAt! < DEFAULT_AS_OF.getTime() - 60 * DAY_MS);
  const all = labelled('ORDER_WITHOUT_INVOICE');
  expect(all).toEqual(expect.arrayContaining(late.map(orderRef)));
  expect(without.map(orderRef)).toEqual(expect.arrayContaining(all));
});

test('labels the invoices that no order of the shop stands behind', () => {
  const without = facts.invoices.filter((invoice) => isInvoice(invoice) && facts.ordersOf(invoice).length === 0);
  expect(labelled('INVOICE_WITHOUT_ORDER')).toEqual(rows(without.map((invoice) => [invoiceRef(invoice)])));
});

test('labels the invoices whose sum, tax or currency is not the order’s', () => {
  const foreign = wholePairs.filter(({ order, invoice }) => order.currency !== invoice.currency);
  const same = wholePairs.filter(({ order, invoice }) => order.currency === invoice.currency);
  const total = same.filter(({ order, invoice }) => order.totalMinor !== invoice.grossMinor);
  const vat = same.filter(
    ({ order, invoice }) => order.totalMinor === invoice.grossMinor && order.totalTaxMinor !== invoice.vatMinor,
  );
  expect(labelled('CURRENCY_MISMATCH')).toEqual(pairRows(foreign));
  expect(labelled('INVOICE_TOTAL_MISMATCH')).toEqual(pairRows(total));
  expect(labelled('INVOICE_VAT_MISMATCH')).toEqual(pairRows(vat));
});

test('lets advances, final and collective invoices add up to their orders', () => {
  const parts = pairs.filter(({ invoice }) => invoice.kind === 'advance' || invoice.kind === 'final');
  for (const [order, list] of Map.groupBy(parts, (pair) => pair.order)) {
    expect(list.reduce((sum, { invoice }) => sum + invoice.grossMinor, 0)).toBe(order.totalMinor);
  }
  const collective = facts.invoices.filter((invoice) => isInvoice(invoice) && facts.ordersOf(invoice).length > 1);
  for (const invoice of collective) {
    expect(facts.ordersOf(invoice).reduce((sum, order) => sum + order.totalMinor, 0)).toBe(invoice.grossMinor);
  }
});

test('labels what shop and accounting tell differently about payment', () => {
  const byOrder = Map.groupBy(pairs, ({ order }) => order);
  const open = (list: typeof pairs) => list.filter(({ invoice }) => facts.balance(invoice) > 0);
  const paidInShop = [...byOrder].filter(([order, list]) => order.paidAt !== null && open(list).length > 0);
  const paidInAccounting = [...byOrder].filter(([order, list]) => order.paidAt === null && open(list).length === 0);
  expect(labelled('PAID_IN_SHOP_UNPAID_IN_ACCOUNTING')).toEqual(pairRows(paidInShop.flatMap(([, list]) => open(list))));
  expect(labelled('PAID_IN_ACCOUNTING_UNPAID_IN_SHOP')).toEqual(pairRows(paidInAccounting.flatMap(([, list]) => list)));
});

test('labels what was overpaid and what nobody has allocated', () => {
  const overpaid = pairs.filter(({ invoice }) => facts.balance(invoice) < 0);
  expect(labelled('OVERPAYMENT')).toEqual(pairRows(overpaid));
  expect([...facts.families.keys()].filter((invoice) => facts.balance(invoice) < 0)).toHaveLength(overpaid.length);
  const strays = [...fakturownia.payments.values()].filter(({ invoiceIds }) => invoiceIds.length === 0);
  expect(labelled('UNALLOCATED_PAYMENT')).toEqual(rows(strays.map(({ id }) => [`fakturownia:payment:${id}`])));
});

test('labels refunds that no correction follows, and corrections that no return stands behind', () => {
  const uncorrected = pairs.filter(
    ({ order, invoice }) => order.refundIds.length > 0 && facts.families.get(invoice)!.length === 1,
  );
  expect(labelled('REFUND_WITHOUT_CORRECTION')).toEqual(pairRows(uncorrected));
  const takesBack = facts.invoices.filter(
    ({ kind, positions }) =>
      kind === 'correction' && positions.some((each) => each.after!.quantity < each.before!.quantity),
  );
  const unexplained = takesBack.flatMap((invoice) =>
    facts.ordersOf(invoice).flatMap((order) => (order.refundIds.length === 0 ? [{ order, invoice }] : [])),
  );
  expect(labelled('CORRECTION_WITHOUT_RETURN')).toEqual(pairRows(unexplained));
});

test('labels orders that were invoiced twice', () => {
  const twice = [...Map.groupBy(wholePairs, ({ order }) => order)].filter(([, list]) => list.length > 1);
  const expected = twice.map(([order, list]) => [orderRef(order), ...list.map(({ invoice }) => invoiceRef(invoice))]);
  expect(labelled('DUPLICATE_INVOICE')).toEqual(rows(expected));
});

test('labels tax ids that are wrong, or not the same on order and invoice', () => {
  const value = (taxNumber: string | null) => parseTaxId(taxNumber?.replace(/-\d{5}$/, ''))?.value ?? null;
  const different = pairs.filter(({ order, invoice }) => {
    const [ordered, invoiced] = [value(order.nip), value(invoice.buyer.taxNumber)];
    return ordered !== null && invoiced !== null && ordered !== invoiced;
  });
  expect(labelled('TAX_ID_MISMATCH')).toEqual(pairRows(different));

  const isWrong = (taxNumber: string | null) => parseTaxId(taxNumber?.replace(/-\d{5}$/, ''))?.valid === false;
  const companies = [...hubspot.companies.values()].filter(({ nip }) => isWrong(nip));
  const clients = [...fakturownia.clients.values()].filter(({ taxNumber }) => isWrong(taxNumber));
  const accounts = [...woo.customers.values()].filter(({ nip }) => isWrong(nip));
  const expected = [
    ...companies.map(({ id }) => [`hubspot:company:${id}`]),
    ...clients.map(({ id }) => [`fakturownia:client:${id}`]),
    ...accounts.map(({ id }) => [`woo:customer:${id}`]),
  ];
  expect(labelled('TAX_ID_INVALID')).toEqual(rows(expected));
  expect(facts.orders.some(({ nip }) => isWrong(nip))).toBe(false);
});

test('labels every customer that stands in one system more than once', () => {
  const several = truth.customers.flatMap(({ references }) => {
    const ofType = (type: string) => references.filter((reference) => reference.startsWith(`${type}:`));
    const contacts = ofType('hubspot:company').length > 0 ? [] : ofType('hubspot:contact');
    return [ofType('hubspot:company'), contacts, ofType('fakturownia:client')].filter((list) => list.length > 1);
  });
  expect(labelled('DUPLICATE_CUSTOMER')).toEqual(rows(several));
});

test('labels few customers as joined by nothing in their records', () => {
  const unlinked = labelled('CUSTOMER_UNLINKED');
  const linkable = truth.customers.filter(({ references }) => references.length > 1);
  expect(unlinked.length).toBeLessThan(linkable.length / 50);
});

test('labels invoices that are missing in KSeF or rejected there', () => {
  const settled = new Date(DEFAULT_AS_OF.getTime() - 3 * DAY_MS).toISOString().slice(0, 10);
  const due = facts.invoices.filter(
    (invoice) =>
      !['proforma', 'receipt'].includes(invoice.kind) &&
      !invoice.cancelled &&
      invoice.issueDate >= '2026-04-01' &&
      invoice.buyer.isCompany,
  );
  const withStatus = (status: FakturowniaInvoice['govStatus']) => due.filter(({ govStatus }) => govStatus === status);
  expect(labelled('KSEF_MISSING')).toEqual(rows(withStatus(null).map((invoice) => [invoiceRef(invoice)])));
  expect(labelled('KSEF_REJECTED')).toEqual(rows(withStatus('send_error').map((invoice) => [invoiceRef(invoice)])));
  expect(withStatus('processing').every(({ issueDate }) => issueDate > settled)).toBe(true);
  expect(due.filter(({ govStatus }) => !['ok', 'processing', 'send_error', null].includes(govStatus))).toEqual([]);
});

test('labels invoices that should bear the split payment mechanism and do not', () => {
  const due = facts.invoices.filter(
    ({ kind, buyer, currency, grossMinor, positions }) =>
      ['vat', 'advance', 'final'].includes(kind) &&
      buyer.isCompany &&
      buyer.country === 'PL' &&
      currency === 'PLN' &&
      grossMinor > 1_500_000 &&
      positions.some(({ productId }) => productId !== null && fakturownia.products.get(productId)!.splitPayment),
  );
  const missing = due.filter(({ splitPayment }) => !splitPayment);
  expect(labelled('MPP_MISSING')).toEqual(rows(missing.map((invoice) => [invoiceRef(invoice)])));
  expect(due.length).toBeGreaterThan(missing.length * 5);
});

test('labels parcels that left after the promised day, or have not left although it has passed', () => {
  const late = facts.orders.filter(({ promisedDate, shipments }) => {
    const [first] = shipments;
    const left = first === undefined ? today : clock.dateOf(new Date(first.shippedAt));
    return promisedDate !== null && promisedDate < left;
  });
  expect(labelled('SHIPMENT_DELAYED')).toEqual(rows(late.map((order) => [orderRef(order)])));
  expect(late.some(({ shipments }) => shipments.length === 0)).toBe(true);
});

test('labels products that differ between shop and accounting in price, tax or stock', () => {
  const byCode = new Map([...fakturownia.products.values()].map((product) => [product.code, product]));
  const both = [...woo.products.values()].map((shop) => ({ shop, accounting: byCode.get(shop.sku)! }));
  const expected = (differs: (pair: (typeof both)[number]) => boolean) =>
    rows(
      both
        .filter(differs)
        .map(({ shop, accounting }) => [`woo:product:${shop.id}`, `fakturownia:product:${accounting.id}`]),
    );
  expect(labelled('VAT_RATE_MISMATCH')).toEqual(expected(({ shop, accounting }) => shop.vat !== accounting.vat));
  expect(labelled('STOCK_MISMATCH')).toEqual(
    expected(({ shop, accounting }) => shop.stockQuantity !== accounting.quantity),
  );
  expect(labelled('PRICE_MISMATCH')).toEqual(
    expected(({ shop, accounting }) => shop.regularPriceMinor !== accounting.netMinor),
  );
});

test('makes about one in twenty wrong', () => {
  const share = (kind: string, population: number) => labelled(kind).length / population;
  const completed = facts.orders.filter(({ completedAt, id }) => completedAt !== null && id > 0);
  const required = facts.invoices.filter(({ govStatus }) => govStatus === 'ok' || govStatus === 'send_error');
  const shares = {
    INVOICE_TOTAL_MISMATCH: share('INVOICE_TOTAL_MISMATCH', wholePairs.length),
    INVOICE_VAT_MISMATCH: share('INVOICE_VAT_MISMATCH', wholePairs.length),
    INVOICE_WITHOUT_ORDER: share('INVOICE_WITHOUT_ORDER', facts.families.size),
    KSEF_REJECTED: share('KSEF_REJECTED', required.length),
    PRICE_MISMATCH: share('PRICE_MISMATCH', woo.products.size),
    SHIPMENT_DELAYED: share('SHIPMENT_DELAYED', completed.filter(({ promisedDate }) => promisedDate !== null).length),
  };
  for (const [kind, value] of Object.entries(shares)) {
    expect([kind, value > 0.025 && value < 0.075]).toEqual([kind, true]);
  }
});
