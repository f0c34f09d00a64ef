import { z } from 'zod';
import type { WooCustomer, WooStore } from '../../data/records.ts';
import { addressChangeSchema, changeAddress, changeMeta, metaChangeSchema } from './address-change.ts';
import { pageParams } from './collection.ts';
import { invalidParams, WooError } from './errors.ts';
import type { ParamReader } from './params.ts';
import { renderCustomer } from './render-customer.ts';
import { API, answerPage, type IdParams, idOf, paramsOf, type Routes, type Shop, shaped } from './shop.ts';

const ROLES = [
  'all',
  'administrator',
  'editor',
  'author',
  'contributor',
  'subscriber',
  'customer',
  'shop_manager',
] as const;
const ORDER_BY = ['id', 'include', 'name', 'registered_date'] as const;

const changeSchema = z
  .object({
    email: z.email(),
    first_name: z.string(),
    last_name: z.string(),
    billing: addressChangeSchema,
    shipping: addressChangeSchema,
    meta_data: metaChangeSchema,
  })
  .partial();

export const useCustomerRoutes: Routes = (app, shop) => {
  const { store } = shop;

  app.get(`${API}/customers`, async (request, reply) => {
    const { params, fields } = paramsOf(request);
    const page = pageParams(params);
    const list = customerList(store, params);
    params.check();
    const render = (customer: WooCustomer) => renderCustomer(customer, store);
    return answerPage(request, reply, { records: list(), page, path: 'customers', fields, render });
  });

  app.get<{ Params: IdParams }>(`${API}/customers/:id`, async (request) => {
    const customer = existing(request.params.id);
    return shaped(request, 'customers', renderCustomer(customer, store), paramsOf(request).fields);
  });

  for (const method of ['PUT', 'POST', 'PATCH'] as const) {
    app.route<{ Params: IdParams }>({
      method,
      url: `${API}/customers/:id`,
      handler: async (request) => {
        const customer = updateCustomer(shop, existing(request.params.id), request.body);
        return shaped(request, 'customers', renderCustomer(customer, store), paramsOf(request).fields);
      },
    });
  }

  function existing(id: string): WooCustomer {
    const customer = store.customers.get(idOf(id) ?? -1);
    if (customer === undefined) throw new WooError(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
    return customer;
  }
};

/** Reads the parameters now and lists later, when they are known to be right. */
function customerList(store: WooStore, params: ParamReader): () => WooCustomer[] {
  const email = params.email('email');
  const search = params.text('search')?.trim().toLowerCase() ?? '';
  const role = params.oneOf('role', ROLES) ?? 'customer';
  const include = params.ids('include');
  const exclude = params.ids('exclude') ?? [];
  const orderBy = params.oneOf('orderby', ORDER_BY) ?? 'name';
  const isDescending = (params.oneOf('order', ['asc', 'desc']) ?? 'asc') === 'desc';

  return () => {
    if (role !== 'customer' && role !== 'all') return [];
    const found = candidates(store, email, include)
      .filter((customer) => !exclude.includes(customer.id))
      .filter((customer) => include === null || include.length === 0 || include.includes(customer.id))
      .filter((customer) => search === '' || searchedText(customer).includes(search));
    const sorted = found.sort(comparison(orderBy, include ?? []));
    return isDescending ? sorted.reverse() : sorted;
  };
}

function candidates(store: WooStore, email: string | null, include: readonly number[] | null): WooCustomer[] {
  if (email !== null) {
    const customer = store.customers.get(store.customerByEmail.get(email.toLowerCase()) ?? -1);
    return customer === undefined ? [] : [customer];
  }
  if (include === null || include.length === 0) return [...store.customers.values()];
  return [...new Set(include)].flatMap((id) => store.customers.get(id) ?? []);
}

function searchedText({ email, username, firstName, lastName }: WooCustomer): string {
  return [email, username, firstName, lastName].join(' ').toLowerCase();
}

function comparison(orderBy: (typeof ORDER_BY)[number], include: readonly number[]) {
  const position = new Map(include.map((id, index) => [id, index]));
  return (a: WooCustomer, b: WooCustomer): number => {
    if (orderBy === 'include') return (position.get(a.id) ?? 0) - (position.get(b.id) ?? 0);
    if (orderBy === 'registered_date') return a.createdAt - b.createdAt || a.id - b.id;
    // By code units: a locale's order would cost seconds over 100,000 names.
    if (orderBy === 'name' && a.username !== b.username) return a.username < b.username ? -1 : 1;
    return a.id - b.id;
  };
}

function updateCustomer({ store, clock, changes }: Shop, customer: WooCustomer, body: unknown): WooCustomer {
  const parsed = changeSchema.safeParse(body ?? {});
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(
      ({ path, message }) => [path.join('.'), { code: 'rest_invalid_type' as const, message }] as const,
    );
    throw invalidParams(Object.fromEntries(wrong));
  }
  const change = parsed.data;
  if (change.email !== undefined) changeEmail(store, customer, change.email);
  customer.firstName = change.first_name ?? customer.firstName;
  customer.lastName = change.last_name ?? customer.lastName;
  customer.billing = changeAddress(customer.billing, change.billing);
  customer.shipping = changeAddress(customer.shipping, change.shipping);
  customer.meta = changeMeta(customer.meta, change.meta_data ?? [], (key, value) => ({
    id: store.nextId(),
    key,
    value,
  }));
  customer.modifiedAt = Math.max(clock.now().getTime(), customer.modifiedAt + 1000);
  changes.publish({ vendor: 'woo', resource: 'customer', event: 'updated', id: customer.id });
  return customer;
}

function changeEmail(store: WooStore, customer: WooCustomer, email: string): void {
  const taken = store.customerByEmail.get(email.toLowerCase());
  if (taken !== undefined && taken !== customer.id) {
    throw new WooError(400, 'woocommerce_rest_customer_invalid_email', 'Email address is invalid.');
  }
  store.customerByEmail.delete(customer.email.toLowerCase());
  store.customerByEmail.set(email.toLowerCase(), customer.id);
  customer.email = email;
}
