import type { FastifyRequest } from 'fastify';
import type { WooOrder, WooOrderNote } from '../../data/records.ts';
import { pageParams } from './collection.ts';
import { WooError } from './errors.ts';
import { dateTwins, moneyFormat } from './formats.ts';
import { listOrders, orderListQuery } from './order-list.ts';
import { orderNotes } from './order-notes.ts';
import { parseOrderChange, updateOrder } from './order-update.ts';
import { refundsOf, renderOrder } from './render-order.ts';
import { renderRefund } from './render-refund.ts';
import { API, answerPage, type IdParams, idOf, paramsOf, type Routes, shaped } from './shop.ts';

export const useOrderRoutes: Routes = (app, shop) => {
  const { store, search } = shop;

  app.get(`${API}/orders`, async (request, reply) => {
    const { params, query, fields } = paramsOf(request);
    const listQuery = orderListQuery(params, query.list);
    const money = moneyOf(request);
    params.check();
    const records = listOrders(store, search, listQuery);
    const render = (order: WooOrder) => renderOrder(order, store, money);
    return answerPage(request, reply, { records, page: listQuery.page, path: 'orders', fields, render });
  });

  app.get<{ Params: IdParams }>(`${API}/orders/:id`, async (request) => {
    const order = existing(request.params.id);
    const money = moneyOf(request);
    return shaped(request, 'orders', renderOrder(order, store, money), paramsOf(request).fields);
  });

  for (const method of ['PUT', 'POST', 'PATCH'] as const) {
    app.route<{ Params: IdParams }>({
      method,
      url: `${API}/orders/:id`,
      handler: async (request) => {
        const order = updateOrder(shop, existing(request.params.id), parseOrderChange(request.body));
        return shaped(request, 'orders', renderOrder(order, store), paramsOf(request).fields);
      },
    });
  }

  app.get<{ Params: IdParams }>(`${API}/orders/:id/notes`, async (request) => {
    const order = existing(request.params.id);
    const { params, fields } = paramsOf(request);
    const type = params.oneOf('type', ['any', 'customer', 'internal']) ?? 'any';
    params.check();
    const fits = (note: WooOrderNote) => type === 'any' || note.customerNote === (type === 'customer');
    const notes = [...orderNotes(order, store)].filter(fits).sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
    return notes.map((note) => shaped(request, `orders/${order.id}/notes`, renderNote(note), fields));
  });

  app.get<{ Params: IdParams }>(`${API}/orders/:id/refunds`, async (request, reply) => {
    const order = existing(request.params.id);
    const { params, fields } = paramsOf(request);
    const page = pageParams(params);
    params.check();
    const records = refundsOf(order, store).sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
    const path = `orders/${order.id}/refunds`;
    return answerPage(request, reply, { records, page, path, fields, render: (refund) => renderRefund(refund) });
  });

  // All refunds of the shop: WooCommerce has no filter by order here.
  app.get(`${API}/refunds`, async (request, reply) => {
    const { params, fields } = paramsOf(request);
    const page = pageParams(params);
    params.check();
    const records = [...store.refunds.values()].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
    return answerPage(request, reply, {
      records,
      page,
      path: 'refunds',
      fields,
      render: (refund) => renderRefund(refund),
    });
  });

  function existing(id: string): WooOrder {
    const order = store.orders.get(idOf(id) ?? -1);
    if (order === undefined) throw new WooError(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
    return order;
  }
};

/** `dp`: how many decimals the sums have. */
function moneyOf(request: FastifyRequest): ReturnType<typeof moneyFormat> {
  const { params } = paramsOf(request);
  const decimals = params.integer('dp', { min: 0, max: 8 });
  params.check();
  return moneyFormat(decimals ?? 2);
}

function renderNote(note: WooOrderNote): Record<string, unknown> {
  return {
    id: note.id,
    author: note.author,
    ...dateTwins('date_created', note.createdAt),
    note: note.note,
    customer_note: note.customerNote,
    added_by_user: note.author !== 'WooCommerce' && note.author !== 'system',
  };
}
