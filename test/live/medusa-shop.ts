import { z } from 'zod';
import { createMedusaAdmin, type MedusaAdmin } from './medusa-admin.ts';
import type { MedusaServer } from './medusa-server.ts';

const withId = z.object({ id: z.string() });

/** A shop in Poland with one warehouse, one courier, and 23 % VAT unless a product says otherwise. */
export interface MedusaShop {
  server: MedusaServer;
  admin: MedusaAdmin;
  /** By currency in lower case. */
  regions: ReadonlyMap<string, string>;
  channelId: string;
  locationId: string;
  shippingOptionId: string;
  taxRegionId: string;
  shippingProfileId: string;
  /** What the storefront shows to be let in. */
  publishableKey: string;
}

/** Medusa starts with nothing in it: this makes what orders need, through the admin API. */
export async function openShop(server: MedusaServer): Promise<MedusaShop> {
  const admin = createMedusaAdmin(server);
  const { stores } = await admin.get('/admin/stores', z.object({ stores: z.array(withId) }));
  const currencies = [...REGIONS.keys()].map((currency_code) => ({
    currency_code,
    is_default: currency_code === 'pln',
  }));
  await admin.post(`/admin/stores/${stores[0]!.id}`, { supported_currencies: currencies }, z.unknown());
  const channels = await admin.get('/admin/sales-channels', z.object({ sales_channels: z.array(withId) }));
  const channelId = channels.sales_channels[0]!.id;
  const profiles = await admin.get('/admin/shipping-profiles', z.object({ shipping_profiles: z.array(withId) }));
  const shippingProfileId = profiles.shipping_profiles[0]!.id;
  const regions = new Map<string, string>();
  for (const [currency, countries] of REGIONS) regions.set(currency, await createRegion(admin, currency, countries));
  const locationId = await createLocation(admin, channelId);
  return {
    server,
    admin,
    regions,
    channelId,
    locationId,
    shippingProfileId,
    taxRegionId: await createTaxRegion(admin),
    shippingOptionId: await createShippingOption(admin, locationId, shippingProfileId),
    publishableKey: await createPublishableKey(admin, channelId),
  };
}

/** Where each currency is paid in. */
const REGIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['pln', ['pl']],
  ['eur', ['de', 'sk']],
  ['czk', ['cz']],
  ['usd', ['us']],
]);

async function createRegion(admin: MedusaAdmin, currency: string, countries: readonly string[]): Promise<string> {
  const body = { name: currency.toUpperCase(), currency_code: currency, countries, automatic_taxes: true };
  return (await admin.post('/admin/regions', body, z.object({ region: withId }))).region.id;
}

async function createTaxRegion(admin: MedusaAdmin): Promise<string> {
  const default_tax_rate = { name: 'VAT 23%', code: '23', rate: 23 };
  const body = { country_code: 'pl', provider_id: 'tp_system', default_tax_rate };
  return (await admin.post('/admin/tax-regions', body, z.object({ tax_region: withId }))).tax_region.id;
}

async function createLocation(admin: MedusaAdmin, channelId: string): Promise<string> {
  const body = { name: 'Magazyn Gdańsk', address: { address_1: 'Długa 1', city: 'Gdańsk', country_code: 'pl' } };
  const { stock_location } = await admin.post('/admin/stock-locations', body, z.object({ stock_location: withId }));
  const path = `/admin/stock-locations/${stock_location.id}`;
  await admin.post(`${path}/sales-channels`, { add: [channelId] }, z.unknown());
  await admin.post(`${path}/fulfillment-providers`, { add: ['manual_manual'] }, z.unknown());
  return stock_location.id;
}

async function createShippingOption(admin: MedusaAdmin, locationId: string, profileId: string): Promise<string> {
  const set = await admin.post(
    `/admin/stock-locations/${locationId}/fulfillment-sets?fields=*fulfillment_sets`,
    { name: 'Wysyłka', type: 'shipping' },
    z.object({ stock_location: z.object({ fulfillment_sets: z.array(withId) }) }),
  );
  const zones = await admin.post(
    `/admin/fulfillment-sets/${set.stock_location.fulfillment_sets[0]!.id}/service-zones?fields=*service_zones`,
    { name: 'Polska', geo_zones: [{ type: 'country', country_code: 'pl' }] },
    z.object({ fulfillment_set: z.object({ service_zones: z.array(withId) }) }),
  );
  const option = {
    name: 'Kurier',
    service_zone_id: zones.fulfillment_set.service_zones[0]!.id,
    shipping_profile_id: profileId,
    provider_id: 'manual_manual',
    price_type: 'flat',
    type: { label: 'Kurier', description: 'Kurier', code: 'courier' },
    prices: [{ currency_code: 'pln', amount: 15 }],
  };
  const created = await admin.post('/admin/shipping-options', option, z.object({ shipping_option: withId }));
  return created.shipping_option.id;
}

async function createPublishableKey(admin: MedusaAdmin, channelId: string): Promise<string> {
  const { api_key } = await admin.post(
    '/admin/api-keys',
    { title: 'storefront', type: 'publishable' },
    z.object({ api_key: withId.extend({ token: z.string() }) }),
  );
  await admin.post(`/admin/api-keys/${api_key.id}/sales-channels`, { add: [channelId] }, z.unknown());
  return api_key.token;
}

export interface NewProduct {
  title: string;
  sku: string;
  /** Net, in PLN. */
  price: number;
  /** Null: Medusa counts no stock of it, and takes it for something that is not sent. */
  stock?: number | null;
  ean?: string;
  /** Percent; default the country's 23. */
  vat?: { rate: number; code: string };
}

/** A product with a single variant; answers that variant's id. */
export async function addProduct(shop: MedusaShop, product: NewProduct): Promise<string> {
  const { admin } = shop;
  const { title, sku, price, ean, vat, stock = null } = product;
  const variant = {
    title: 'Default variant',
    sku,
    ean,
    manage_inventory: stock !== null,
    options: { 'Default option': 'Default option value' },
    prices: [{ currency_code: 'pln', amount: price }],
  };
  const created = await admin.post(
    '/admin/products',
    {
      title,
      status: 'published',
      shipping_profile_id: shop.shippingProfileId,
      sales_channels: [{ id: shop.channelId }],
      options: [{ title: 'Default option', values: ['Default option value'] }],
      variants: [variant],
    },
    z.object({ product: withId.extend({ variants: z.array(withId) }) }),
  );
  if (vat) await addTaxRate(shop, created.product.id, vat);
  if (stock !== null) await addStock(shop, sku, stock);
  return created.product.variants[0]!.id;
}

async function addTaxRate(shop: MedusaShop, productId: string, { rate, code }: { rate: number; code: string }) {
  const rules = [{ reference: 'product', reference_id: productId }];
  const body = { tax_region_id: shop.taxRegionId, name: `VAT ${code}`, code, rate, rules };
  await shop.admin.post('/admin/tax-rates', body, z.unknown());
}

async function addStock({ admin, locationId }: MedusaShop, sku: string, stocked_quantity: number): Promise<void> {
  const path = `/admin/inventory-items?sku=${encodeURIComponent(sku)}`;
  const { inventory_items } = await admin.get(path, z.object({ inventory_items: z.array(withId) }));
  const levels = `/admin/inventory-items/${inventory_items[0]!.id}/location-levels`;
  await admin.post(levels, { location_id: locationId, stocked_quantity }, z.unknown());
}

export interface NewCustomer {
  email: string;
  first_name?: string;
  last_name?: string;
  company_name?: string;
  phone?: string;
  metadata?: Record<string, unknown>;
  address?: MedusaAddress;
}

export interface MedusaAddress {
  first_name?: string;
  last_name?: string;
  company?: string;
  address_1?: string;
  city?: string;
  postal_code?: string;
  country_code?: string;
  phone?: string;
}

const customerAnswer = z.object({ customer: withId });

/** As staff write one down: a customer without an account. */
export async function addCustomer({ admin }: MedusaShop, { address, ...customer }: NewCustomer): Promise<string> {
  const { id } = (await admin.post('/admin/customers', customer, customerAnswer)).customer;
  if (address) await admin.post(`/admin/customers/${id}/addresses`, address, z.unknown());
  return id;
}

/** As people register in the storefront. */
export async function registerCustomer(shop: MedusaShop, customer: NewCustomer): Promise<string> {
  const { admin, server, publishableKey } = shop;
  const { metadata, address, ...person } = customer;
  const { token } = await post(server, '/auth/customer/emailpass/register', {
    body: { email: person.email, password: 'a password of its own' },
    answer: z.object({ token: z.string() }),
  });
  const registered = await post(server, '/store/customers', {
    body: person,
    headers: { authorization: `Bearer ${token}`, 'x-publishable-api-key': publishableKey },
    answer: customerAnswer,
  });
  const { id } = registered.customer;
  if (metadata) await admin.post(`/admin/customers/${id}`, { metadata }, z.unknown());
  if (address) await admin.post(`/admin/customers/${id}/addresses`, address, z.unknown());
  return id;
}

async function post<T>(
  { url }: MedusaServer,
  path: string,
  { body, headers, answer }: { body: unknown; headers?: Record<string, string>; answer: z.ZodType<T> },
): Promise<T> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Medusa POST ${path}: ${response.status} ${await response.text()}`);
  return answer.parse(await response.json());
}
