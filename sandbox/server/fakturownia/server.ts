import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../common/clock.ts';
import type { FakturowniaStore } from '../../data/records.ts';
import type { ChangeBus } from '../changes.ts';
import { hostErrorPage } from '../host-pages.ts';
import { createRateWindow } from '../rate-window.ts';
import { createVendorServer, type ServerParts } from '../vendor-server.ts';
import type { Accounting } from './accounting.ts';
import { useClientRoutes } from './client-routes.ts';
import { FakturowniaError, notFound, unauthorized, unprocessable } from './errors.ts';
import { createSortedInvoices } from './invoice-list.ts';
import { useInvoiceRoutes } from './invoice-routes.ts';
import { useOtherRoutes } from './other-routes.ts';
import { usePaymentRoutes } from './payment-routes.ts';
import { queryOf } from './query.ts';

export interface FakturowniaServerOptions extends ServerParts {
  store: FakturowniaStore;
  clock: Clock;
  changes: ChangeBus;
  apiToken: string;
}

/** The vendor's limits are not documented; a guess that a careful client stays under. */
const LIMIT = { requests: 10, windowMs: 1_000 };

/** Fakturownia's API over a store. */
export function createFakturowniaServer(options: FakturowniaServerOptions): FastifyInstance {
  const { store, clock, changes, faults, apiToken } = options;
  const app = createVendorServer({ ...options, vendor: 'fakturownia', sendFailure });
  useLimit(app, () => faults.get('fakturownia').rateLimited, options.limitSpeed);
  // After the body is read: writes carry the token in it.
  app.addHook('preHandler', async (request) => {
    if (!hasToken(request, apiToken)) throw unauthorized();
  });
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(async (request, reply) => sendError(notFound(), request, reply));

  const accounting: Accounting = { store, clock, changes, sorted: createSortedInvoices(store) };
  for (const useRoutes of [useInvoiceRoutes, useClientRoutes, usePaymentRoutes, useOtherRoutes])
    useRoutes(app, accounting);
  return app;
}

function hasToken(request: FastifyRequest, apiToken: string): boolean {
  if (queryOf(request).get('api_token') === apiToken) return true;
  const { body } = request;
  return typeof body === 'object' && body !== null && 'api_token' in body && body.api_token === apiToken;
}

function useLimit(app: FastifyInstance, isLimited: () => boolean, speed: number): void {
  const window = createRateWindow(LIMIT.requests * speed, LIMIT.windowMs);
  app.addHook('onRequest', async (_request, reply) => {
    if (!isLimited() || window.take()) return;
    return reply.code(429).send(new FakturowniaError(429, 'Too many requests').body);
  });
}

function sendError(error: FastifyError | FakturowniaError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof FakturowniaError) return reply.code(error.status).send(error.body);
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(unprocessable('The body could not be read').body);
  request.log.error({ err: error }, 'Sandbox route failed');
  return sendFailure(reply, 500);
}

function sendFailure(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).type('text/html; charset=UTF-8').send(hostErrorPage(status));
}
