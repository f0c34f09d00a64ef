import type { SourcePage } from '../shared/connection.ts';
import type { ChangeFeed } from '../shared/links/change-feed.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type {
  FinancialStatus,
  Order,
  OrderAftermath,
  OrderStatus,
  OrderStatusChange,
  ReturnHint,
  ShopCustomer,
  ShopProduct,
} from './model.ts';

/** Which orders, in which order. Instants are ISO in UTC. */
export interface OrderQuery {
  /** Orders of one account; null = of all. */
  customerId: string | null;
  filter: OrderFilter;
  orderBy: OrderOrder;
  first: number;
  after: string | null;
}

export interface OrderFilter {
  status: readonly OrderStatus[] | null;
  financialStatus: readonly FinancialStatus[] | null;
  /** From this instant, included. */
  placedFrom: string | null;
  /** Up to this instant, not included. */
  placedBefore: string | null;
}

export const NO_FILTER: OrderFilter = { status: null, financialStatus: null, placedFrom: null, placedBefore: null };

export interface OrderOrder {
  field: 'PLACED_AT' | 'UPDATED_AT';
  direction: 'ASC' | 'DESC';
}

/** What an order says of its buyer, normalised as in a GuestTuple; NAME is a surname or a firm, COMPANY a part of a firm's. */
export interface BuyerKey {
  by: 'EMAIL' | 'PHONE' | 'NAME' | 'COMPANY';
  value: string;
  /** Leave out the orders of accounts. */
  guestsOnly: boolean;
}

/** A page of products or customers. */
interface ListQuery {
  search: string | null;
  first: number;
  after: string | null;
}

/**
 * One shop, in the domain's own words. Answers come in the order of what was asked, null or empty for what does not
 * exist. What is called complete is complete, or the call fails with FILTER_NOT_SUPPORTED.
 */
export interface ShopSource {
  readonly name: string;
  readonly vendor: string;
  /** What this shop never knows, by coordinate: `Order.shipments`. */
  readonly notProvided: ReadonlySet<string>;
  /** Where the shop can't list the orders of many accounts in one call, so that an index of them pays. */
  readonly orderChanges?: ChangeFeed<Order>;

  ordersByIds(ids: readonly string[], context: CallContext): Promise<(Order | null)[]>;
  /** For each number all orders that have it. */
  ordersByNumbers(numbers: readonly string[], context: CallContext): Promise<Order[][]>;
  listOrders(query: OrderQuery, context: CallContext): Promise<SourcePage<Order>>;
  /** All orders whose buyer fits; complete. A shop whose guests have records of their own need not find these. */
  findOrders(key: BuyerKey, context: CallContext): Promise<Order[]>;
  /** What may be returns among all orders of an account; complete. */
  returnHints(customerId: string, context: CallContext): Promise<ReturnHint[]>;
  aftermath(orders: readonly Order[], context: CallContext): Promise<OrderAftermath[]>;
  statusHistory(orderIds: readonly string[], context: CallContext): Promise<OrderStatusChange[][]>;

  customersByIds(ids: readonly string[], context: CallContext): Promise<(ShopCustomer | null)[]>;
  customersByEmails(emails: readonly string[], context: CallContext): Promise<ShopCustomer[][]>;
  /** Accounts with this number of their own (E.164), where the shop can look for it; others are found by their orders. */
  customersByPhones(phones: readonly string[], context: CallContext): Promise<ShopCustomer[][]>;
  /** Accounts, the latest first where the shop can. */
  listCustomers(query: ListQuery, context: CallContext): Promise<SourcePage<ShopCustomer>>;

  productsBySkus(skus: readonly string[], context: CallContext): Promise<(ShopProduct | null)[]>;
  listProducts(query: ListQuery, context: CallContext): Promise<SourcePage<ShopProduct>>;
  close(): Promise<void>;
}
