import { expect, test } from '@jest/globals';
import { Big } from '../../subgraphs/shared/money.ts';
import type { CallContext } from '../../subgraphs/shared/upstream/context.ts';
import type { Order } from '../../subgraphs/shop/model.ts';
import { NO_FILTER, type OrderQuery, type ShopSource } from '../../subgraphs/shop/source.ts';

/** A running shop and what is known to be in it. */
export interface ShopFixture extends AsyncDisposable {
  source: ShopSource;
  /** The same shop with credentials that it refuses. */
  refused: ShopSource;
  /** An account with all its orders, the newest first; three at least, no two of one instant. */
  account: { id: string; email: string; orderIds: readonly string[] };
  other: { id: string; email: string; orderIds: readonly string[] };
  /** Two at least. */
  skus: readonly string[];
  /** Well-formed ids of nothing. */
  unknown: { orderId: string; customerId: string };
  /** Calls that reached the shop since it was last asked. */
  takeCalls(): number;
}

export function callContext(): CallContext {
  return { requestId: 'test', signal: AbortSignal.timeout(20_000), notProvided: () => {} };
}

const NEWEST_FIRST: OrderQuery = {
  customerId: null,
  filter: NO_FILTER,
  orderBy: { field: 'PLACED_AT', direction: 'DESC' },
  first: 100,
  after: null,
};

/** What every shop connector promises, whatever its vendor. */
export function describeShopSource(vendor: string, start: () => Promise<ShopFixture>): void {
  const claim = (what: string, check: (fixture: ShopFixture) => Promise<void>) =>
    test(`${vendor}: ${what}`, async () => {
      await using fixture = await start();
      fixture.takeCalls();
      await check(fixture);
    });

  claim('answers orders in the order asked, null for an unknown one, in one call', async (fixture) => {
    const { source, account, other, unknown } = fixture;
    const ids = [other.orderIds[0]!, unknown.orderId, account.orderIds[0]!];
    const orders = await source.ordersByIds(ids, callContext());
    expect(orders.map((order) => order?.source.remoteId ?? null)).toEqual([ids[0], null, ids[2]]);
    expect(orders[0]?.id).toBe(`${source.name}:order:${ids[0]}`);
    expect(fixture.takeCalls()).toBe(1);
  });

  claim('writes sums that add up, as decimal text', async ({ source, account }) => {
    const orders = await source.ordersByIds(account.orderIds, callContext());
    for (const order of orders as Order[]) {
      const { net, tax, gross, refunded, current } = order.totals;
      expect(plus(net.amount, tax.amount)).toBe(new Big(gross.amount).toFixed());
      expect(plus(current.amount, refunded.amount)).toBe(new Big(gross.amount).toFixed());
      expect(order.lines.length).toBeGreaterThan(0);
      for (const line of order.lines) {
        expect(plus(line.net.amount, line.vat.amount)).toBe(new Big(line.gross.amount).toFixed());
        expect(line.gross.currency).toBe(order.currency);
      }
      expect(order.currency).toMatch(/^[A-Z]{3}$/);
      expect(new Date(order.placedAt).toISOString()).toBe(order.placedAt);
    }
  });

  claim('finds an order by its number, and nothing by a number that none has', async ({ source, account }) => {
    const [order] = await source.ordersByIds([account.orderIds[0]!], callContext());
    const [hits, none] = await source.ordersByNumbers([order!.number, '987654321'], callContext());
    expect(hits?.map(({ id }) => id)).toEqual([order!.id]);
    expect(none).toEqual([]);
  });

  claim('lists the orders of one account alone, page by page, each once', async ({ source, account }) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const query: OrderQuery = { ...NEWEST_FIRST, customerId: account.id, first: 1, after };
      const page = await source.listOrders(query, callContext());
      expect(page.totalCount).toBe(account.orderIds.length);
      seen.push(...page.items.map(({ node }) => node.source.remoteId));
      after = page.hasNextPage ? (page.items.at(-1)?.position ?? null) : null;
    } while (after !== null);
    expect(seen).toEqual(account.orderIds);
  });

  claim('lists the oldest first, and by the last change', async ({ source, account }) => {
    const list = async (query: Partial<OrderQuery>) => {
      const page = await source.listOrders({ ...NEWEST_FIRST, customerId: account.id, ...query }, callContext());
      return page.items.map(({ node }) => node);
    };
    const oldest = await list({ orderBy: { field: 'PLACED_AT', direction: 'ASC' } });
    expect(oldest.map((order) => order.source.remoteId)).toEqual([...account.orderIds].reverse());
    const changed = await list({ orderBy: { field: 'UPDATED_AT', direction: 'ASC' } });
    const instants = changed.map(({ updatedAt }) => updatedAt);
    expect(instants).toEqual([...instants].sort());
  });

  claim('filters by the day of placing, both ends as asked', async ({ source, account }) => {
    const all = (await source.ordersByIds(account.orderIds, callContext())) as Order[];
    const [newest, second, third] = all;
    const filter = { ...NO_FILTER, placedFrom: third!.placedAt, placedBefore: newest!.placedAt };
    const page = await source.listOrders({ ...NEWEST_FIRST, customerId: account.id, filter }, callContext());
    expect(page.items.map(({ node }) => node.id)).toEqual([second!.id, third!.id]);
  });

  claim('filters by status, or says that it cannot', async ({ source, account }) => {
    const all = (await source.ordersByIds(account.orderIds, callContext())) as Order[];
    const { status, financialStatus } = all[0]!;
    const list = (filter: Partial<OrderQuery['filter']>) => {
      const query = { ...NEWEST_FIRST, customerId: account.id, filter: { ...NO_FILTER, ...filter } };
      return idsOrRefusal(source.listOrders(query, callContext()));
    };
    const withStatus = all.filter((order) => order.status === status).map(({ id }) => id);
    expect(['FILTER_NOT_SUPPORTED', withStatus]).toContainEqual(await list({ status: [status] }));
    const paidSo = all.filter((order) => order.financialStatus === financialStatus).map(({ id }) => id);
    expect(['FILTER_NOT_SUPPORTED', paidSo]).toContainEqual(await list({ financialStatus: [financialStatus] }));
    expect(await list({ status: [] })).toEqual([]);
  });

  claim('finds accounts by id in one call, and by exact e-mail', async (fixture) => {
    const { source, account, other, unknown } = fixture;
    const byId = await source.customersByIds([other.id, unknown.customerId, account.id], callContext());
    expect(byId.map((customer) => customer?.id ?? null)).toEqual([other.id, null, account.id]);
    expect(fixture.takeCalls()).toBe(1);
    const byEmail = await source.customersByEmails([account.email, `x${account.email}`], callContext());
    expect(byEmail.map((list) => list.map(({ id }) => id))).toEqual([[account.id], []]);
  });

  claim('lists accounts, each once', async ({ source, account, other }) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await source.listCustomers({ search: null, first: 1, after }, callContext());
      seen.push(...page.items.map(({ node }) => node.id));
      after = page.hasNextPage ? (page.items.at(-1)?.position ?? null) : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([account.id, other.id]));
  });

  claim('answers products by SKU in one call, null for an unknown one', async (fixture) => {
    const { source, skus } = fixture;
    const products = await source.productsBySkus([skus[1]!, 'NO-SUCH-SKU', skus[0]!], callContext());
    expect(products.map((product) => product?.sku ?? null)).toEqual([skus[1], null, skus[0]]);
    expect(fixture.takeCalls()).toBe(1);
    const page = await source.listProducts({ search: null, first: 100, after: null }, callContext());
    expect(page.items.map(({ node }) => node.sku)).toEqual(expect.arrayContaining([...skus]));
  });

  claim('makes no call for nothing', async (fixture) => {
    const { source } = fixture;
    expect(await source.ordersByIds([], callContext())).toEqual([]);
    expect(await source.customersByIds([], callContext())).toEqual([]);
    expect(await source.productsBySkus([], callContext())).toEqual([]);
    expect(await source.aftermath([], callContext())).toEqual([]);
    expect(fixture.takeCalls()).toBe(0);
  });

  claim('refuses a cursor that is none of its own', async ({ source, account }) => {
    const query: OrderQuery = { ...NEWEST_FIRST, customerId: account.id, after: 'nonsense' };
    await expect(source.listOrders(query, callContext())).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  claim('tells refused credentials apart', async ({ refused, account }) => {
    await expect(refused.ordersByIds([account.orderIds[0]!], callContext())).rejects.toMatchObject({
      code: 'UPSTREAM_AUTH',
    });
  });
}

function plus(left: string, right: string): string {
  return new Big(left).plus(right).toFixed();
}

async function idsOrRefusal(page: ReturnType<ShopSource['listOrders']>): Promise<string[] | string> {
  try {
    return (await page).items.map(({ node }) => node.id);
  } catch (error) {
    return (error as { code: string }).code;
  }
}
