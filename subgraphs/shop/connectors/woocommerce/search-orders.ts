import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { readAllPages } from '../../all-pages.ts';
import { toEmailKey, toNameKey, toPhoneKey } from '../../guests.ts';
import type { BuyerKey } from '../../source.ts';
import { PAGE_SIZE, type WooApi } from './api.ts';
import { VENDOR } from './mapping-context.ts';
import { ORDER_FIELDS, type OrderPayload, orderPayload } from './payloads.ts';

/** Hits of one search that are read at most: 1,000. More means that the text is no key at all. */
const MAX_PAGES = 10;

export interface SearchDeps {
  api: WooApi;
  source: string;
}

/**
 * WooCommerce can't filter orders by e-mail, telephone or name: it searches texts. So each hit is checked, and a search
 * with too many hits is refused, because its end would be unknown.
 */
export async function findByBuyer(deps: SearchDeps, key: BuyerKey, context: CallContext): Promise<OrderPayload[]> {
  const texts = key.by === 'PHONE' ? phoneSpellings(key.value) : [key.value];
  const found = await Promise.all(texts.map((text) => searchAll(deps, text, key.guestsOnly, context)));
  const unique = new Map(found.flat().map((order) => [order.id, order]));
  return [...unique.values()].filter((order) => isOf(order, key));
}

/** All orders with this number: a search finds it inside other texts as well. */
export async function findByNumber(deps: SearchDeps, number: string, context: CallContext): Promise<OrderPayload[]> {
  const found = await searchAll(deps, number, false, context);
  return found.filter((order) => order.number === number);
}

async function searchAll(
  { api, source }: SearchDeps,
  text: string,
  guestsOnly: boolean,
  context: CallContext,
): Promise<OrderPayload[]> {
  const params = {
    search: text,
    // A guest's orders have the customer 0: thus a firm's thousand orders by account don't come along.
    customer: guestsOnly ? 0 : undefined,
    orderby: 'id',
    order: 'asc',
    per_page: PAGE_SIZE,
    _fields: ORDER_FIELDS,
  };
  const call = { operation: 'orders.search', path: 'orders' as const, item: orderPayload };
  return readAllPages({
    source,
    vendor: VENDOR,
    filter: 'search',
    pageSize: PAGE_SIZE,
    maxPages: MAX_PAGES,
    read: (page) => api.list({ ...call, params: { ...params, page } }, context),
  });
}

function isOf({ customer_id, billing }: OrderPayload, { by, value, guestsOnly }: BuyerKey): boolean {
  if (guestsOnly && customer_id !== 0) return false;
  if (by === 'EMAIL') return toEmailKey(billing.email) === value;
  if (by === 'PHONE') return toPhoneKey(billing.phone) === value;
  if (by === 'COMPANY') return toNameKey(billing.company).includes(value);
  return [billing.last_name, billing.company].some((name) => toNameKey(name) === value);
}

/** The search compares texts: "600100200" also finds "+48600100200", but not "600 100 200". */
function phoneSpellings(phone: string): string[] {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed) return [phone];
  const national = parsed.formatNational();
  return [...new Set([parsed.nationalNumber, national, national.replaceAll(' ', '-')])];
}
