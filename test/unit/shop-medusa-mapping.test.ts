import { expect, test } from '@jest/globals';
import { medusaConfigSchema } from '../../subgraphs/shop/connectors/medusa/config.ts';
import { toOrder } from '../../subgraphs/shop/connectors/medusa/mapping.ts';
import { toCustomer } from '../../subgraphs/shop/connectors/medusa/mapping-party.ts';
import { toProduct } from '../../subgraphs/shop/connectors/medusa/mapping-product.ts';
import { customerPayload, orderPayload, variantPayload } from '../../subgraphs/shop/connectors/medusa/payloads.ts';
import { toStatusHistory } from '../../subgraphs/shop/connectors/medusa/status-history.ts';
import {
  medusaAddress,
  medusaBuyer,
  medusaCustomer,
  medusaFulfillment,
  medusaItem,
  medusaOrder,
  medusaPayment,
  medusaVariant,
} from '../contract/medusa-payloads.ts';

type Values = Record<string, unknown>;

const context = {
  config: medusaConfigSchema.parse({ name: 'medusa', url: 'https://shop.example/', apiKey: 'sk_1' }),
  fetchedAt: '2026-11-02T09:00:00.000Z',
};

const order = (values: Values = {}, config: Values = {}) =>
  toOrder(orderPayload.parse(losslessly(medusaOrder('order_1', values))), {
    ...context,
    config: { ...context.config, ...config },
  });

/** As the client hands numbers on: decimals as text. */
function losslessly(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, one) =>
    typeof one === 'number' && !Number.isSafeInteger(one) ? String(one) : one,
  );
}

const amounts = (totals: object) =>
  Object.fromEntries(Object.entries(totals).map(([name, { amount }]) => [name, amount]));

test('sums of an order are those that the customer was asked for, to the hundredth', () => {
  expect(amounts(order().totals)).toEqual({
    subtotal: '149.97',
    discount: '0.00',
    shipping: '15.00',
    fees: '0.00',
    net: '164.97',
    tax: '37.94',
    gross: '202.91',
    refunded: '0.00',
    current: '202.91',
  });
});

test('goods that came back stay in the lines and in the total', () => {
  const detail = { return_received_quantity: 1, return_dismissed_quantity: 0, written_off_quantity: 0 };
  const item = medusaItem({ detail, subtotal: 99.98, total: 122.9754, tax_total: 22.9954 });
  const after = order({ items: [item], total: 141.4254, tax_total: 26.4454 });
  expect(amounts(after.totals)).toEqual(amounts(order().totals));
  expect(after.lines).toEqual(order().lines);
});

test('so do they with a discount, at prices with tax', () => {
  const detail = { return_received_quantity: 1, return_dismissed_quantity: 0, written_off_quantity: 0 };
  const adjustments = [{ code: 'KAWA10', description: null, amount: 12.3, is_tax_inclusive: true }];
  const item = medusaItem({
    unit_price: 61.5,
    quantity: 2,
    is_tax_inclusive: true,
    adjustments,
    detail,
    total: 55.35,
    tax_total: 10.35,
  });
  const [line] = order({ items: [item] }).lines;
  expect(line).toMatchObject({ net: { amount: '90.00' }, vat: { amount: '20.70' }, discount: { amount: '10.00' } });
  expect(line).toMatchObject({ quantity: '2', unitPriceNet: '45.00', unitPriceGross: '55.35' });
});

test('a refund does not lower what was asked for, although Medusa writes a credit line', () => {
  const refunded = order({
    total: 182.9131,
    credit_lines: [{ amount: 20, reference: 'payment_collection' }],
    payment_status: 'partially_refunded',
    payment_collections: [medusaPayment(202.9131, [20])],
  });
  expect(amounts(refunded.totals)).toMatchObject({ gross: '202.91', refunded: '20.00', current: '182.91' });
  expect(refunded.refunds).toMatchObject([{ id: 'ref_1', amount: { amount: '20.00' }, reason: 'Zwrot' }]);
  expect(refunded.transactions.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
    ['PAYMENT', '202.91'],
    ['REFUND', '20.00'],
  ]);
  expect(refunded.financialStatus).toBe('PARTIALLY_REFUNDED');
});

test('a credit that was granted lowers it', () => {
  const credited = order({ total: 182.9131, credit_lines: [{ amount: 20, reference: 'order' }] });
  expect(credited.totals.gross.amount).toBe('182.91');
});

test('all money back leaves nothing, not a fraction of a hundredth', () => {
  const refunded = order({ payment_collections: [medusaPayment(202.9131, [20, 182.9131])] });
  expect(refunded.totals.current.amount).toBe('0.00');
});

test.each([
  ['pending', 'not_fulfilled', 'RECEIVED', 'UNFULFILLED'],
  ['pending', 'partially_fulfilled', 'PICKING', 'UNFULFILLED'],
  ['pending', 'fulfilled', 'PICKING', 'UNFULFILLED'],
  ['pending', 'partially_shipped', 'SHIPPED', 'PARTIALLY_FULFILLED'],
  ['pending', 'shipped', 'SHIPPED', 'FULFILLED'],
  ['pending', 'partially_delivered', 'SHIPPED', 'PARTIALLY_FULFILLED'],
  ['pending', 'delivered', 'DELIVERED', 'FULFILLED'],
  ['completed', 'not_fulfilled', 'DELIVERED', 'UNFULFILLED'],
  ['canceled', 'not_fulfilled', 'CANCELLED', 'UNFULFILLED'],
  ['on_holiday', 'lost', 'OTHER', 'OTHER'],
])('an order that is %s and %s is %s', (status, fulfillment_status, expected, fulfillment) => {
  const mapped = order({ status, fulfillment_status });
  expect([mapped.status, mapped.fulfillmentStatus]).toEqual([expected, fulfillment]);
  expect(mapped.statusRaw).toBe(`${status} / ${fulfillment_status}`);
});

test('an order is returned when all of its goods came back', () => {
  const detail = (received: number) => ({
    return_received_quantity: received,
    return_dismissed_quantity: 0,
    written_off_quantity: 0,
  });
  const status = (received: number) =>
    order({ fulfillment_status: 'delivered', items: [medusaItem({ detail: detail(received) })] }).status;
  expect([status(2), status(3)]).toEqual(['DELIVERED', 'RETURNED']);
});

test.each([
  ['not_paid', {}, 'PENDING'],
  ['awaiting', {}, 'PENDING'],
  ['authorized', {}, 'AUTHORIZED'],
  ['captured', {}, 'PAID'],
  ['partially_captured', {}, 'PARTIALLY_PAID'],
  ['refunded', {}, 'REFUNDED'],
  ['canceled', {}, 'VOIDED'],
  ['not_paid', { status: 'canceled' }, 'VOIDED'],
  ['not_paid', { items: [], total: 0, tax_total: 0 }, 'PAID'],
  ['gone_fishing', {}, 'OTHER'],
])('a payment that is %s with %j is %s', (payment_status, values, expected) => {
  expect(order({ payment_status, ...values }).financialStatus).toBe(expected);
});

test('the bare row of an e-mail is a guest; a customer that staff wrote down is not', () => {
  const buyer = (customer: Values | null) => order({ customer }).buyer;
  expect(buyer(medusaBuyer())).toEqual({
    type: 'guest',
    guest: {
      email: 'anna@dom.pl',
      phone: '+48600100200',
      taxId: '',
      firstName: 'anna',
      lastName: 'nowak',
      company: '',
    },
  });
  const account = { type: 'customer', customerId: 'cus_1' };
  expect(buyer(medusaBuyer({ has_account: true }))).toEqual(account);
  expect(buyer(medusaBuyer({ company_name: 'Firma Sp. z o.o.' }))).toEqual(account);
  expect(buyer(medusaBuyer({ metadata: { nip: '5252445767' } }))).toEqual(account);
  // Deleted: nobody would be found behind its id.
  expect(buyer(null).type).toBe('guest');
});

test('the number is the custom one, else the running one, or what stands in metadata where that is set', () => {
  const values = { display_id: 42, metadata: { shop_number: ' 2026/7 ' } };
  expect(order(values).number).toBe('42');
  expect(order({ ...values, custom_display_id: 'A-1' }).number).toBe('A-1');
  expect(order(values, { orderNumberMetadataKey: 'shop_number' }).number).toBe('2026/7');
  expect(order({ display_id: 42 }, { orderNumberMetadataKey: 'shop_number' }).number).toBe('42');
});

test('the tax id stands in metadata, under the first key that is filled', () => {
  expect(order({ metadata: { nip: '', tax_id: 'PL 525-244-57-67' } }).billingTaxId).toMatchObject({
    value: '5252445767',
    valid: true,
  });
  expect(order({ metadata: { nip: 5252445767 } }).billingTaxId).toMatchObject({ value: '5252445767' });
  expect(order({ metadata: { nip: { raw: '5252445767' } } }).billingTaxId).toBeNull();
});

test('each label is a parcel; a carrier’s page is linked only where the web knows it', () => {
  const label = (id: string, tracking_url: string | null) => ({ id, tracking_number: '620001', tracking_url });
  const fulfillments = [
    medusaFulfillment({
      provider_id: 'inpost',
      shipped_at: '2026-06-02T09:00:00.123456Z',
      labels: [label('l1', 'https://inpost.pl/x'), label('l2', 'javascript:alert(1)')],
    }),
    medusaFulfillment({ id: 'ful_2', canceled_at: '2026-06-03T09:00:00Z' }),
  ];
  expect(order({ fulfillments }).shipments).toMatchObject([
    {
      id: 'l1',
      carrier: 'inpost',
      status: 'SHIPPED',
      shippedAt: '2026-06-02T09:00:00.123Z',
      trackingUrl: 'https://inpost.pl/x',
    },
    { id: 'l2', trackingUrl: 'https://inpost.pl/sledzenie-przesylek?number=620001' },
    { id: 'ful_2', carrier: null, trackingNumber: null, status: 'FAILED', shippedAt: null },
  ]);
});

test('the history of statuses is read off the instants at which goods moved', () => {
  const payload = orderPayload.parse(
    losslessly(
      medusaOrder('order_1', {
        fulfillment_status: 'delivered',
        fulfillments: [
          medusaFulfillment({ shipped_at: '2026-06-03T08:00:00Z', delivered_at: '2026-06-05T08:00:00Z' }),
          medusaFulfillment({ packed_at: '2026-06-01T11:00:00Z', canceled_at: '2026-06-01T12:00:00Z' }),
        ],
      }),
    ),
  );
  expect(toStatusHistory(payload)).toEqual([
    { at: '2026-06-01T10:00:00.000Z', from: null, to: 'RECEIVED', raw: 'placed' },
    { at: '2026-06-02T08:00:00.000Z', from: 'RECEIVED', to: 'PICKING', raw: 'packed' },
    { at: '2026-06-03T08:00:00.000Z', from: 'PICKING', to: 'SHIPPED', raw: 'shipped' },
    { at: '2026-06-05T08:00:00.000Z', from: 'SHIPPED', to: 'DELIVERED', raw: 'delivered' },
  ]);
});

test('a rate is that of the line, foreign where the goods go abroad, and none where two apply', () => {
  const rate = (tax_lines: Values[], country_code = 'pl') =>
    order({ items: [medusaItem({ tax_lines })], shipping_address: medusaAddress({ country_code }) }).lines[0]!.vatRate;
  const line = (value: number, code: string) => ({ code, description: null, rate: value });
  expect(rate([line(5, '5')])).toEqual({ code: '5', kind: 'STANDARD', percent: '5', country: 'PL' });
  expect(rate([line(19, 'DE')], 'de')).toEqual({ code: '19', kind: 'FOREIGN', percent: '19', country: 'DE' });
  expect(rate([line(0, 'zw')])).toEqual({ code: 'zw', kind: 'EXEMPT', percent: null, country: 'PL' });
  expect(rate([line(0, '0')])).toEqual({ code: '0', kind: 'ZERO', percent: '0', country: 'PL' });
  expect(rate([line(5, 'a'), line(3, 'b')])).toBeNull();
  expect(rate([])).toBeNull();
});

test('lines come in one order, whatever order they arrive in', () => {
  const [first, second] = ['ordli_1', 'ordli_2'].map((id) => medusaItem({ id }));
  const ids = (items: Values[]) => order({ items }).lines.map(({ id }) => id);
  expect(ids([second!, first!])).toEqual(ids([first!, second!]));
});

test('an account has the telephones of its addresses, and is found by its e-mail in any case', () => {
  const payload = customerPayload.parse(
    medusaCustomer('cus_1', {
      email: 'Anna@Firma.pl',
      phone: '600 100 200',
      addresses: [medusaAddress({ phone: '+48601200300' }), medusaAddress({ phone: '600100200' })],
    }),
  );
  const customer = (mixedCaseEmails: boolean) =>
    toCustomer(payload, { ...context, config: { ...context.config, mixedCaseEmails } });
  expect(customer(true).details.phones).toEqual(['+48600100200', '+48601200300']);
  expect(customer(true)).toMatchObject({ accountEmail: 'anna@firma.pl', hasAccount: true });
  expect(customer(true).source.url).toBe('https://shop.example/app/customers/cus_1');
  expect(customer(false).accountEmail).toBeNull();
});

const variant = (values: Values = {}) =>
  toProduct({ ...variantPayload.parse(losslessly(medusaVariant('A', values))), sku: 'A' }, context);

test('a variant is priced at its list price in the shop’s currency', () => {
  const price = (more: Values) => ({ amount: 40, currency_code: 'pln', min_quantity: null, rules: {}, ...more });
  const prices = [
    price({ currency_code: 'eur' }),
    price({ rules: { region_id: 'reg_1' } }),
    price({ min_quantity: 10 }),
    price({ amount: 49.99 }),
  ];
  expect(variant({ prices }).price).toEqual({ amount: '49.99', currency: 'PLN' });
  expect(variant({ prices: prices.slice(0, 3) }).price).toBeNull();
});

test.each([
  [{}, 'IN_STOCK'],
  [{ inventory_quantity: 0 }, 'OUT_OF_STOCK'],
  [{ inventory_quantity: 0, allow_backorder: true }, 'BACKORDER'],
  [{ manage_inventory: false, inventory_quantity: null }, 'IN_STOCK'],
  [{ inventory_quantity: null }, 'UNKNOWN'],
  [{ product: { title: 'Kawa', status: 'draft', categories: [] } }, 'UNKNOWN'],
])('a variant with %j is %s', (values, expected) => {
  expect(variant(values).availability).toBe(expected);
});

test('stock stands by place, in whole pieces of what is sold; a kit only as a whole', () => {
  const part = (required_quantity: number, available_quantity: number) => ({
    required_quantity,
    inventory: { location_levels: [{ available_quantity, stock_locations: [{ name: 'Magazyn' }] }] },
  });
  expect(variant({ inventory_items: [part(2, 7)] }).stock).toEqual([
    { source: 'medusa', location: 'Magazyn', quantity: '3' },
  ]);
  const kit = variant({ inventory_items: [part(1, 7), part(1, 2)], inventory_quantity: 2 });
  expect(kit.stock).toEqual([{ source: 'medusa', location: null, quantity: '2' }]);
  expect(variant({ manage_inventory: false }).stock).toBeNull();
});

test('a product with a single variant keeps its own name', () => {
  expect(variant({ title: 'Default variant' }).name).toBe('Kawa ziarnista');
  expect(variant({ title: '1 kg' }).name).toBe('Kawa ziarnista – 1 kg');
});
