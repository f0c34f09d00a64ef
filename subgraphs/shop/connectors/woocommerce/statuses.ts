import { Big } from '../../../shared/money.ts';
import type { FinancialStatus, FulfillmentStatus, OrderStatus } from '../../model.ts';
import type { OrderFilter } from '../../source.ts';

/**
 * WooCommerce's own statuses. "completed" is where Polish shops put an order whose parcel is gone or delivered: it is the
 * last status there is. "refunded" means all money back, the nearest to "sent back whole".
 */
const BUILT_IN: Readonly<Record<string, OrderStatus>> = {
  pending: 'RECEIVED',
  'on-hold': 'RECEIVED',
  processing: 'PICKING',
  completed: 'DELIVERED',
  refunded: 'RETURNED',
  cancelled: 'CANCELLED',
  failed: 'CANCELLED',
};

export interface Statuses {
  /** `hasParcel`: a tracking number exists, so the goods have left although the shop still says "processing". */
  toStatus(raw: string, hasParcel: boolean): OrderStatus;
  /** What to ask WooCommerce for, so that no fitting order is left out; and whether it asks for nothing else. */
  toVendorFilter(filter: OrderFilter): VendorFilter;
}

/** `statuses` null = any. */
export interface VendorFilter {
  statuses: readonly string[] | null;
  isExact: boolean;
}

export function createStatuses(own: Readonly<Record<string, OrderStatus>>): Statuses {
  const known: Readonly<Record<string, OrderStatus>> = { ...BUILT_IN, ...own };
  const rawOf = (status: OrderStatus) => Object.keys(known).filter((raw) => known[raw] === status);
  return {
    toStatus: (raw, hasParcel) => {
      const status = known[raw] ?? 'OTHER';
      return status === 'PICKING' && hasParcel ? 'SHIPPED' : status;
    },
    toVendorFilter: (filter) => {
      const byStatus = ofStatus(filter.status, rawOf);
      const byMoney = ofFinancialStatus(filter.financialStatus);
      const isExact = byStatus.isExact && byMoney.isExact;
      if (!byStatus.statuses || !byMoney.statuses) {
        return { statuses: byStatus.statuses ?? byMoney.statuses, isExact };
      }
      const both = byStatus.statuses.filter((raw) => byMoney.statuses?.includes(raw));
      return { statuses: both, isExact };
    },
  };
}

const ANY: VendorFilter = { statuses: null, isExact: true };

function ofStatus(wanted: OrderFilter['status'], rawOf: (status: OrderStatus) => string[]): VendorFilter {
  if (!wanted) return ANY;
  // OTHER is every status that we have no name for, and so can't ask by.
  if (wanted.includes('OTHER')) return { statuses: null, isExact: false };
  const statuses = new Set(wanted.flatMap(rawOf));
  const [picking, shipped] = [wanted.includes('PICKING'), wanted.includes('SHIPPED')];
  if (shipped) for (const raw of rawOf('PICKING')) statuses.add(raw);
  return { statuses: [...statuses], isExact: picking === shipped };
}

/** Whether and how an order is paid is no status of WooCommerce; only two of ours follow from one. */
function ofFinancialStatus(wanted: OrderFilter['financialStatus']): VendorFilter {
  if (!wanted) return ANY;
  const raws = wanted.map((status) => RAW_OF_FINANCIAL[status]);
  if (raws.includes(undefined)) return { statuses: null, isExact: false };
  return { statuses: raws.filter((raw) => raw !== undefined), isExact: false };
}

/** Each comes from this raw status alone, though not every such order has it. */
const RAW_OF_FINANCIAL: Partial<Record<FinancialStatus, string>> = { VOIDED: 'cancelled', EXPIRED: 'failed' };

interface MoneyFacts {
  raw: string;
  isPaid: boolean;
  total: string;
  /** Not negative. */
  refunded: string;
}

/** WooCommerce has no payment status: it follows from the status, the date of payment and the refunds. */
export function toFinancialStatus({ raw, isPaid, total, refunded }: MoneyFacts): FinancialStatus {
  const [sum, back] = [new Big(total), new Big(refunded)];
  if (raw === 'refunded' || (back.gt('0') && back.gte(sum))) return 'REFUNDED';
  if (back.gt('0')) return 'PARTIALLY_REFUNDED';
  if (isPaid || sum.eq('0')) return 'PAID';
  if (raw === 'cancelled') return 'VOIDED';
  return raw === 'failed' ? 'EXPIRED' : 'PENDING';
}

/** `wasCompleted`: the shop once closed the order, so its goods had left before whatever came later. */
export function toFulfillmentStatus(status: OrderStatus, raw: string, wasCompleted: boolean): FulfillmentStatus {
  if (status === 'SHIPPED' || status === 'DELIVERED' || wasCompleted) return 'FULFILLED';
  if (raw === 'on-hold') return 'ON_HOLD';
  return status === 'OTHER' || status === 'RETURNED' ? 'OTHER' : 'UNFULFILLED';
}
