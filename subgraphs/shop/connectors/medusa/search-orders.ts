import type { CallContext } from '../../../shared/upstream/context.ts';
import { toEmailKey, toNameKey, toPhoneKey } from '../../guests.ts';
import type { Order } from '../../model.ts';
import type { BuyerKey } from '../../source.ts';
import type { MedusaApi, Query } from './api.ts';
import type { FullMedusaConfig } from './config.ts';
import { toOrder } from './mapping.ts';
import type { MappingContext } from './mapping-context.ts';
import {
  ORDER_FIELDS,
  ORDER_NUMBER_FIELDS,
  type OrderNumberPayload,
  type OrderPayload,
  orderNumberPayload,
  orderPayload,
} from './payloads.ts';
import { phoneWords, spellings } from './search-text.ts';

/** A search reads at most 1,000 hits: more means that the text is no key at all. */
const SEARCH_BOUNDS = { filter: 'search', maxPages: 10 };

/** No search finds numbers in metadata: at most 5,000 orders are looked through for them. */
const SCAN_BOUNDS = { filter: 'number', maxPages: 10, pageSize: 500 };

export interface SearchDeps {
  api: MedusaApi;
  config: FullMedusaConfig;
  mapping(): MappingContext;
}

/**
 * Medusa can't filter orders by e-mail, telephone or name (it ignores such filters): `q` finds them inside e-mails and
 * addresses. So each hit is checked.
 */
export async function findByBuyer(deps: SearchDeps, key: BuyerKey, context: CallContext): Promise<Order[]> {
  const texts = key.by === 'PHONE' ? [phoneWords(key.value)] : spellings(key.value);
  const found = await Promise.all(texts.map((text) => search(deps, text, context)));
  const unique = new Map(found.flat().map((payload) => [payload.id, payload]));
  return [...unique.values()]
    .filter((payload) => isOf(payload, key))
    .map((payload) => toOrder(payload, deps.mapping()))
    .filter(({ buyer }) => !key.guestsOnly || buyer.type === 'guest');
}

/** Medusa's own numbers, `display_id` and `custom_display_id`, are among what `q` looks through. */
export async function searchByNumber(deps: SearchDeps, number: string, context: CallContext): Promise<Order[]> {
  const found = await search(deps, number, context);
  return found.map((payload) => toOrder(payload, deps.mapping())).filter((order) => order.number === number);
}

/** Ids of the orders whose number fits, where numbers stand in metadata. */
export async function scanForNumbers(
  { api }: SearchDeps,
  fits: (payload: OrderNumberPayload) => boolean,
  context: CallContext,
): Promise<string[]> {
  const query: Query = [['fields', ORDER_NUMBER_FIELDS]];
  const call = { operation: 'orders.scan_numbers', path: 'orders' as const, item: orderNumberPayload, query };
  return (await api.listAll(call, SCAN_BOUNDS, context)).filter(fits).map(({ id }) => id);
}

function search({ api }: SearchDeps, text: string, context: CallContext): Promise<OrderPayload[]> {
  const query: Query = [
    ['q', text],
    ['fields', ORDER_FIELDS],
  ];
  return api.listAll({ operation: 'orders.search', path: 'orders', item: orderPayload, query }, SEARCH_BOUNDS, context);
}

function isOf({ email, billing_address }: OrderPayload, { by, value }: BuyerKey): boolean {
  if (by === 'EMAIL') return toEmailKey(email ?? '') === value;
  if (by === 'PHONE') return toPhoneKey(billing_address?.phone ?? '') === value;
  if (by === 'COMPANY') return toNameKey(billing_address?.company ?? null).includes(value);
  return [billing_address?.last_name, billing_address?.company].some((name) => toNameKey(name ?? null) === value);
}
