/** Payloads as a Medusa 2.21 server wrote them, shortened; tests change what they need. */
type Json = Record<string, unknown>;

export function medusaAddress(values: Json = {}): Json {
  const person = { first_name: 'Anna', last_name: 'Nowak', company: null, phone: '600 100 200' };
  const place = { address_1: 'Długa 1', address_2: null, city: 'Gdańsk', postal_code: '80-001', country_code: 'pl' };
  return { id: 'ordaddr_1', ...person, ...place, province: null, ...values };
}

/** Three pieces at 49.99 net. */
export function medusaItem(values: Json = {}): Json {
  return {
    id: 'ordli_1',
    title: 'Kawa ziarnista',
    subtitle: '250 g',
    variant_sku: 'KAWA-250',
    is_tax_inclusive: false,
    tax_lines: [{ code: '23', description: 'VAT 23%', rate: 23 }],
    adjustments: [],
    unit_price: 49.99,
    quantity: 3,
    detail: { return_received_quantity: 0, return_dismissed_quantity: 0, written_off_quantity: 0 },
    subtotal: 149.97,
    total: 184.4631,
    discount_subtotal: 0,
    tax_total: 34.4931,
    ...values,
  };
}

/** The line above and postage, placed by a guest. */
export function medusaOrder(id: string, values: Json = {}): Json {
  return {
    id,
    display_id: 1,
    custom_display_id: null,
    status: 'pending',
    payment_status: 'not_paid',
    fulfillment_status: 'not_fulfilled',
    email: 'anna@dom.pl',
    customer_id: 'cus_1',
    customer: medusaBuyer(),
    currency_code: 'pln',
    created_at: '2026-06-01T10:00:00.000Z',
    updated_at: '2026-06-02T10:00:00.000Z',
    canceled_at: null,
    metadata: null,
    total: 202.9131,
    tax_total: 37.9431,
    shipping_total: 18.45,
    shipping_tax_total: 3.45,
    items: [medusaItem()],
    credit_lines: [],
    billing_address: medusaAddress(),
    shipping_address: medusaAddress(),
    payment_collections: [],
    fulfillments: [],
    returns: [],
    sales_channel: { name: 'Default Sales Channel' },
    ...values,
  };
}

/** As an order has it; that of a guest unless something is filled in. */
export function medusaBuyer(values: Json = {}): Json {
  const details = { company_name: null, first_name: null, last_name: null, phone: null, metadata: null };
  return { has_account: false, ...details, ...values };
}

export function medusaCustomer(id: string, values: Json = {}): Json {
  const stamps = { created_at: '2026-06-01T10:00:00.000Z', updated_at: '2026-06-02T10:00:00.000Z' };
  const named = { has_account: true, first_name: 'Anna', last_name: 'Nowak' };
  return { ...medusaBuyer(named), id, email: 'anna@firma.pl', addresses: [], ...stamps, ...values };
}

/** One payment of the whole sum, captured, with a refund of each of the amounts. */
export function medusaPayment(amount: number, refunds: readonly number[] = []): Json {
  const created_at = '2026-06-01T10:05:00.000Z';
  const back = refunds.map((sum, index) => ({ id: `ref_${index + 1}`, amount: sum, note: 'Zwrot', created_at }));
  const captures = [{ id: 'capt_1', amount, created_at }];
  const payment = { id: 'pay_1', amount, provider_id: 'pp_system_default', created_at, canceled_at: null };
  return { payments: [{ ...payment, captures, refunds: back }] };
}

export function medusaFulfillment(values: Json = {}): Json {
  const instants = { packed_at: '2026-06-02T08:00:00.000Z', shipped_at: null, delivered_at: null, canceled_at: null };
  return { id: 'ful_1', provider_id: 'manual_manual', labels: [], ...instants, ...values };
}

export function medusaVariant(id: string, values: Json = {}): Json {
  return {
    id,
    title: '250 g',
    sku: id,
    ean: null,
    upc: null,
    barcode: null,
    allow_backorder: false,
    manage_inventory: true,
    inventory_quantity: 7,
    updated_at: '2026-06-02T10:00:00.000Z',
    product_id: 'prod_1',
    product: { title: 'Kawa ziarnista', status: 'published', categories: [{ name: 'Kawa' }] },
    prices: [{ amount: 49.99, currency_code: 'pln', min_quantity: null, rules: {} }],
    inventory_items: [
      {
        required_quantity: 1,
        inventory: { location_levels: [{ available_quantity: 7, stock_locations: [{ name: 'Magazyn' }] }] },
      },
    ],
    ...values,
  };
}
