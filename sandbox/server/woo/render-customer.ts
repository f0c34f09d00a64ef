import type { WooCustomer, WooStore } from '../../data/records.ts';
import { dateTwins, renderAddress, renderMeta } from './formats.ts';

export function renderCustomer(customer: WooCustomer, store: WooStore): Record<string, unknown> {
  return {
    id: customer.id,
    ...dateTwins('date_created', customer.createdAt),
    ...dateTwins('date_modified', customer.modifiedAt),
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    role: 'customer',
    username: customer.username,
    billing: renderAddress(customer.billing, 'billing'),
    shipping: renderAddress(customer.shipping, 'shipping'),
    is_paying_customer: isPaying(customer, store),
    avatar_url: '',
    meta_data: renderMeta(customer.id, [[customer.nipKey, customer.nip]], customer.meta),
  };
}

function isPaying(customer: WooCustomer, store: WooStore): boolean {
  const orders = store.ordersByCustomer.get(customer.id) ?? [];
  return orders.some((id) => typeof store.orders.get(id)?.paidAt === 'number');
}
