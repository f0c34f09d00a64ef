import { chunksOf } from '../../batches.ts';
import { readByOffset } from '../../offset-list.ts';
import type { ShopSource } from '../../source.ts';
import { PAGE_SIZE, type WooApi } from './api.ts';
import { isId } from './ids.ts';
import type { MappingContext } from './mapping-context.ts';
import { toCustomer } from './mapping-party.ts';
import { CUSTOMER_FIELDS, customerPayload } from './payloads.ts';

interface CustomerReadsDeps {
  api: WooApi;
  mapping(): MappingContext;
}

/** Without it WooCommerce answers only users of the role "customer", and not the wholesale roles that plugins add. */
const ANY_ROLE = { role: 'all', _fields: CUSTOMER_FIELDS };

/** People who work in the shop: `/customers?role=all` has them too. */
export const STAFF_ROLES = new Set(['administrator', 'shop_manager', 'editor', 'author', 'contributor']);

export function createCustomerReads({
  api,
  mapping,
}: CustomerReadsDeps): Pick<
  ShopSource,
  'customersByIds' | 'customersByEmails' | 'customersByPhones' | 'listCustomers'
> {
  return {
    customersByIds: async (ids, context) => {
      const pages = await Promise.all(
        chunksOf(ids.filter(isId), PAGE_SIZE).map((chunk) => {
          const params = { ...ANY_ROLE, include: chunk.join(','), per_page: PAGE_SIZE };
          return api.list({ operation: 'customers.by_ids', path: 'customers', item: customerPayload, params }, context);
        }),
      );
      const customers = pages.flatMap(({ items }) => items).map((payload) => toCustomer(payload, mapping()));
      const found = new Map(customers.map((customer) => [customer.id, customer]));
      return ids.map((id) => found.get(id) ?? null);
    },

    /** One call an e-mail: the filter takes a single one, which it compares exactly but for case. */
    customersByEmails: (emails, context) =>
      Promise.all(
        emails.map(async (email) => {
          const params = { ...ANY_ROLE, email, per_page: PAGE_SIZE };
          const call = { operation: 'customers.by_email', path: 'customers' as const, item: customerPayload, params };
          const { items } = await api.list(call, context);
          return items
            .map((payload) => toCustomer(payload, mapping()))
            .filter(({ accountEmail }) => accountEmail === email);
        }),
      ),

    /** WordPress keeps telephone numbers where its search of users does not look. */
    customersByPhones: async (phones) => phones.map(() => []),

    /** By ascending id, so that new accounts come at the end and a cursor by offset stays right. */
    listCustomers: ({ search, first, after }, context) => {
      const params = { ...ANY_ROLE, search: search ?? undefined, orderby: 'id', order: 'asc', per_page: first };
      const call = { operation: 'customers.list', path: 'customers' as const, item: customerPayload };
      return readByOffset({
        first,
        after,
        read: (offset) => api.list({ ...call, params: { ...params, offset } }, context),
        toNode: (payload) => (STAFF_ROLES.has(payload.role) ? null : toCustomer(payload, mapping())),
      });
    },
  };
}
