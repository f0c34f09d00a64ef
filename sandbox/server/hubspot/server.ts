import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../common/clock.ts';
import type { HubspotStore } from '../../data/records.ts';
import type { ChangeBus } from '../changes.ts';
import { createVendorServer, patternOf, rawPath, type ServerParts } from '../vendor-server.ts';
import { useAccountRoutes } from './account-routes.ts';
import { useAssociationRoutes } from './association-routes.ts';
import { createAssociationReader } from './associations.ts';
import { createCrm } from './crm.ts';
import { HubspotError, invalid, missingScopes, unauthorized } from './errors.ts';
import { objectTypeOf } from './object-types.ts';
import { useRateLimits } from './rate-limits.ts';
import { useReadRoutes } from './read-routes.ts';
import { createObjectRenderer } from './render.ts';
import { ALL_SCOPES, neededScope } from './scopes.ts';
import { useSearchRoutes } from './search-routes.ts';
import { toNumberedVersion } from './versions.ts';
import { useWriteRoutes } from './write-routes.ts';
import { createCrmWriter } from './writer.ts';

export interface HubspotServerOptions extends ServerParts {
  store: HubspotStore;
  clock: Clock;
  changes: ChangeBus;
  token: string;
  /** What the token may see; default: all that the product reads. */
  scopes?: readonly string[];
}

/** HubSpot's CRM API (v3 objects, v4 associations) over a store. */
export function createHubspotServer(options: HubspotServerOptions): FastifyInstance {
  const { store, clock, changes, token, faults } = options;
  const scopes = options.scopes ?? ALL_SCOPES;
  const app = createVendorServer({
    ...options,
    vendor: 'hubspot',
    sendFailure,
    routeName,
    rewriteUrl: (request) => toNumberedVersion(request.url ?? '/'),
  });
  const usage = useRateLimits(app, {
    isLimited: () => faults.get('hubspot').rateLimited,
    speed: options.limitSpeed,
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-hubspot-correlation-id', randomUUID());
    authorize(request, token, scopes);
  });
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send(new HubspotError(404, 'OBJECT_NOT_FOUND', 'resource not found').body),
  );

  const crm = createCrm(store);
  const associations = createAssociationReader(crm);
  const render = createObjectRenderer(associations);
  useReadRoutes(app, crm, render);
  useSearchRoutes(app, crm, render);
  useAssociationRoutes(app, { crm, associations, changes });
  useWriteRoutes(app, { crm, writer: createCrmWriter(crm, clock, changes), render });
  useAccountRoutes(app, { crm, token, scopes, usage });
  return app;
}

/** Asking what a token may do needs no token in the header. */
const OPEN_PATH = '/oauth/v2/private-apps/get/access-token-info';

function authorize(request: FastifyRequest, token: string, scopes: readonly string[]): void {
  const path = rawPath(request);
  if (path === OPEN_PATH) return;
  if (request.headers.authorization !== `Bearer ${token}`) throw unauthorized();
  const needed = neededScope(path);
  if (needed !== null && !scopes.includes(needed)) throw missingScopes([needed]);
}

/** Patterns with the object types filled in: `/crm/v3/objects/contacts/batch/read`. */
function routeName(request: FastifyRequest): string {
  const params = (request.params ?? {}) as Record<string, string>;
  return patternOf(request).replace(/:(objectType|fromType|toType)/g, (whole, name: string) => {
    return objectTypeOf(params[name] ?? '')?.name ?? whole;
  });
}

function sendError(error: FastifyError | HubspotError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof HubspotError) return reply.code(error.status).send(error.body);
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(invalid('Invalid input JSON on line 1, column 1').body);
  request.log.error({ err: error }, 'Sandbox route failed');
  return sendFailure(reply, 500);
}

function sendFailure(reply: FastifyReply, status: number): FastifyReply {
  const { body } = new HubspotError(status, 'INTERNAL_ERROR', 'internal error');
  return reply.code(status).send(body);
}
