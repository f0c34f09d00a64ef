import type { FinancialStatus, FulfillmentStatus, OrderStatus } from '../../model.ts';
import type { OrderFilter } from '../../source.ts';
import type { OrderPayload } from './payloads.ts';

/** Medusa's own words for orders that are not cancelled. */
const LIVE = ['pending', 'completed', 'archived', 'requires_action'];

/** Medusa keeps an order "pending" until somebody closes it: where its goods are says more. */
export function toStatus({ status, fulfillment_status }: OrderPayload, isReturned: boolean): OrderStatus {
  if (status === 'canceled') return 'CANCELLED';
  if (!LIVE.includes(status)) return 'OTHER';
  if (isReturned) return 'RETURNED';
  if (fulfillment_status === 'delivered' || status === 'completed') return 'DELIVERED';
  if (/shipped|delivered/.test(fulfillment_status)) return 'SHIPPED';
  return /fulfilled/.test(fulfillment_status) && fulfillment_status !== 'not_fulfilled' ? 'PICKING' : 'RECEIVED';
}

/** "fulfilled" is packed: the goods have left when they are "shipped". */
const FULFILLMENT: Readonly<Record<string, FulfillmentStatus>> = {
  not_fulfilled: 'UNFULFILLED',
  partially_fulfilled: 'UNFULFILLED',
  fulfilled: 'UNFULFILLED',
  partially_shipped: 'PARTIALLY_FULFILLED',
  partially_delivered: 'PARTIALLY_FULFILLED',
  shipped: 'FULFILLED',
  delivered: 'FULFILLED',
  canceled: 'UNFULFILLED',
};

export function toFulfillmentStatus({ fulfillment_status }: OrderPayload): FulfillmentStatus {
  return FULFILLMENT[fulfillment_status] ?? 'OTHER';
}

const FINANCIAL: Readonly<Record<string, FinancialStatus>> = {
  not_paid: 'PENDING',
  awaiting: 'PENDING',
  requires_action: 'PENDING',
  authorized: 'AUTHORIZED',
  partially_authorized: 'AUTHORIZED',
  captured: 'PAID',
  partially_captured: 'PARTIALLY_PAID',
  partially_refunded: 'PARTIALLY_REFUNDED',
  refunded: 'REFUNDED',
  canceled: 'VOIDED',
};

export function toFinancialStatus({ status, payment_status }: OrderPayload, isFree: boolean): FinancialStatus {
  const financial = FINANCIAL[payment_status] ?? 'OTHER';
  if (financial !== 'PENDING') return financial;
  if (status === 'canceled') return 'VOIDED';
  return isFree ? 'PAID' : 'PENDING';
}

export interface VendorFilter {
  /** Null = any. */
  statuses: readonly string[] | null;
  isExact: boolean;
}

/** Only "cancelled" is a status of Medusa's; the others follow from fulfilments and payments, which no filter knows. */
export function toVendorFilter({ status, financialStatus }: OrderFilter): VendorFilter {
  if (status?.length === 0 || financialStatus?.length === 0) return { statuses: [], isExact: true };
  const byMoney = financialStatus === null;
  if (status === null) return { statuses: null, isExact: byMoney };
  if (status.every((one) => one === 'CANCELLED')) return { statuses: ['canceled'], isExact: byMoney };
  return { statuses: status.includes('CANCELLED') || status.includes('OTHER') ? null : LIVE, isExact: false };
}
