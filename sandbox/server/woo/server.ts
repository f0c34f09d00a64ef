import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../common/clock.ts';
import type { WooStore } from '../../data/records.ts';
import type { ChangeBus } from '../changes.ts';
import { hostErrorPage, TOO_MANY_REQUESTS_PAGE } from '../host-pages.ts';
import { createRateWindow } from '../rate-window.ts';
import { createVendorServer, rawPath, type ServerParts } from '../vendor-server.ts';
import { createWooAuth, type WooAuthOptions } from './auth.ts';
import { useCustomerRoutes } from './customer-routes.ts';
import { noRoute, WooError } from './errors.ts';
import { useOrderRoutes } from './order-routes.ts';
import { createOrderSearch } from './order-search.ts';
import { useProductRoutes } from './product-routes.ts';
import type { Shop } from './shop.ts';
import { useSystemRoutes } from './system-routes.ts';

export interface WooServerOptions extends ServerParts, WooAuthOptions {
  store: WooStore;
  clock: Clock;
  changes: ChangeBus;
}

/** WooCommerce has no limits of its own; shared hosts allow about so much. */
const HOST_LIMIT = { requests: 20, windowMs: 1_000 };

/** WooCommerce's REST API v3 over a store. */
export function createWooServer(options: WooServerOptions): FastifyInstance {
  const { store, clock, changes, faults } = options;
  const app = createVendorServer({
    ...options,
    vendor: 'woo',
    sendFailure,
    rewriteUrl: (request) => toPrettyUrl(request.url ?? '/'),
  });
  useHostLimit(app, () => faults.get('woo').rateLimited, options.limitSpeed);
  const authorize = createWooAuth(options);
  app.addHook('onRequest', async (request) => {
    if (needsKey(request)) authorize(request);
  });
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(async (_request, reply) => sendError(noRoute(), _request, reply));

  const shop: Shop = { store, clock, changes, search: createOrderSearch(store) };
  for (const useRoutes of [useOrderRoutes, useCustomerRoutes, useProductRoutes, useSystemRoutes]) useRoutes(app, shop);
  return app;
}

/** The index of the API is public; all else needs a key. */
function needsKey(request: FastifyRequest): boolean {
  return rawPath(request).replace(/\/$/, '') !== '/wp-json';
}

/** Shops without pretty permalinks are asked by `/?rest_route=/wc/v3/orders`. */
function toPrettyUrl(url: string): string {
  const [path = '/', query = ''] = url.split('?', 2);
  const parts = query.split('&');
  const route = parts.find((part) => part.startsWith('rest_route='));
  if (route === undefined) return url;
  const rest = parts.filter((part) => part !== route).join('&');
  const pretty = `/wp-json${decodeURIComponent(route.slice('rest_route='.length))}`;
  return path.startsWith('/wp-json') ? url : `${pretty}${rest === '' ? '' : `?${rest}`}`;
}

function useHostLimit(app: FastifyInstance, isLimited: () => boolean, speed: number): void {
  const window = createRateWindow(HOST_LIMIT.requests * speed, HOST_LIMIT.windowMs);
  app.addHook('onRequest', async (_request, reply) => {
    if (!isLimited() || window.take()) return;
    return reply.code(429).header('retry-after', '1').type('text/html').send(TOO_MANY_REQUESTS_PAGE);
  });
}

function sendError(error: FastifyError | WooError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof WooError) return reply.code(error.status).send(error.body);
  const status = error.statusCode ?? 500;
  if (status < 500) {
    const { body } = new WooError(status, 'rest_invalid_json', 'Invalid JSON body passed.', { json_error_code: 4 });
    return reply.code(status).send(body);
  }
  request.log.error({ err: error }, 'Sandbox route failed');
  return sendFailure(reply, 500);
}

function sendFailure(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).type('text/html; charset=UTF-8').send(hostErrorPage(status));
}
