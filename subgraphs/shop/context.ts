import DataLoader from 'dataloader';
import type { Clock } from '../../common/clock.ts';
import type { IdentityPort } from '../shared/identity-port.ts';
import { parseReference, type Reference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
import type { RequestCall } from '../shared/subgraph.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { Order, OrderAftermath, OrderStatusChange, Product } from './model.ts';
import { createOrderRows, type OrderRows } from './order-rows.ts';
import type { ShopSource } from './source.ts';

/** What every request of the shop subgraph has at hand; loaders live as long as the request. */
export interface Context extends RequestCall {
  sources: readonly ShopSource[];
  sealer: Sealer;
  clock: Clock;
  /** What the caller may see. Every order that is handed out went through it. */
  rows: OrderRows;
  /** By reference; null for what the caller may not see. */
  orders: { load(reference: string): Promise<Order | null> };
  /** By number, in all shops, whoever may see them. */
  ordersByNumber: DataLoader<string, NumberHits>;
  aftermath: DataLoader<Order, OrderAftermath, string>;
  /** By order. */
  statusHistory: DataLoader<Order, OrderStatusChange[], string>;
  /** By SKU, in all shops. */
  products: DataLoader<string, Product | null>;
}

/** The orders of one number, by the name of their shop; an Error where the shop could not tell. */
type NumberHits = ReadonlyMap<string, Order[] | Error>;

export interface ContextDeps {
  sources: readonly ShopSource[];
  sealer: Sealer;
  clock: Clock;
  /** Null where no caller's rules are known. */
  identity: IdentityPort | null;
}

export function createContext({ identity, ...deps }: ContextDeps, call: RequestCall): Context {
  const { sources, sealer } = deps;
  const rows = createOrderRows({ caller: call.caller, identity, sealer }, call);
  const orders = new DataLoader<string, Order | null>((references) => loadOrders(sources, references, call));
  const sourceOf = (order: Order) => sources.find(({ name }) => name === order.source.source)!;
  const byOrder = { cacheKeyFn: (order: Order) => order.id };
  return {
    ...call,
    ...deps,
    rows,
    orders: { load: (reference) => rows.read(() => orders.load(reference)) },
    ordersByNumber: new DataLoader((numbers) => loadByNumbers(sources, numbers, call)),
    aftermath: new DataLoader((orders) => {
      const load = (source: ShopSource, own: readonly Order[]) => source.aftermath(own, call);
      return eachSource(orders, sourceOf, load, { refunds: [], returns: [] });
    }, byOrder),
    statusHistory: new DataLoader((orders) => {
      const load = (source: ShopSource, own: readonly Order[]) =>
        source.statusHistory(
          own.map((order) => order.source.remoteId),
          call,
        );
      return eachSource<Order, OrderStatusChange[]>(orders, sourceOf, load, []);
    }, byOrder),
    products: new DataLoader((skus) => loadProducts(sources, skus, call)),
  };
}

async function loadOrders(
  sources: readonly ShopSource[],
  references: readonly string[],
  call: CallContext,
): Promise<(Order | null | Error)[]> {
  const parsed = references.map((text) => {
    const reference = parseReference(text);
    return reference?.type === 'order' ? reference : null;
  });
  const known = parsed.filter((reference) => reference !== null);
  const sourceOf = ({ source }: Reference) => sources.find(({ name }) => name === source) ?? null;
  const load = (source: ShopSource, own: readonly Reference[]) =>
    source.ordersByIds(
      own.map(({ remoteId }) => remoteId),
      call,
    );
  const orders = await eachSource<Reference, Order | null>(known, sourceOf, load, null);
  const byReference = new Map(known.map((reference, index) => [reference, orders[index] ?? null]));
  return parsed.map((reference) => (reference === null ? null : (byReference.get(reference) ?? null)));
}

async function loadByNumbers(
  sources: readonly ShopSource[],
  numbers: readonly string[],
  call: CallContext,
): Promise<NumberHits[]> {
  const answers = await Promise.all(
    sources.map(async (source) => ({ source, hits: await settle(source.ordersByNumbers(numbers, call)) })),
  );
  return numbers.map(
    (_, index) =>
      new Map(answers.map(({ source, hits }) => [source.name, hits instanceof Error ? hits : (hits[index] ?? [])])),
  );
}

async function loadProducts(
  sources: readonly ShopSource[],
  skus: readonly string[],
  call: CallContext,
): Promise<(Product | null)[]> {
  const lists = await Promise.all(sources.map((source) => source.productsBySkus(skus, call)));
  return skus.map((sku, index) => {
    const offers = lists.map((list) => list[index] ?? null).filter((offer) => offer !== null);
    return offers.length > 0 ? { sku, offers } : null;
  });
}

/** Splits the keys by source and asks each once; a source that fails fails its own keys alone. */
async function eachSource<K, V>(
  keys: readonly K[],
  sourceOf: (key: K) => ShopSource | null,
  load: (source: ShopSource, keys: readonly K[]) => Promise<readonly V[]>,
  absent: V,
): Promise<(V | Error)[]> {
  const values = new Map<K, V | Error>();
  await Promise.all(
    [...Map.groupBy(keys, sourceOf)].map(async ([source, own]) => {
      const loaded = source === null ? [] : await settle(load(source, own));
      own.forEach((key, index) => {
        values.set(key, loaded instanceof Error ? loaded : (loaded[index] ?? absent));
      });
    }),
  );
  return keys.map((key) => values.get(key) ?? absent);
}

/** DataLoader takes an Error as the answer for a key. */
async function settle<T>(promise: Promise<T>): Promise<T | Error> {
  try {
    return await promise;
  } catch (error) {
    return error instanceof Error ? error : new Error('Unknown failure');
  }
}
