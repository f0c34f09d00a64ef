import { isIPv4, isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../common/clock.ts';
import type { SandboxControl } from './control.ts';
import { faultsSchema } from './faults.ts';
import { isVendor, perVendor, type Vendor } from './vendors.ts';
import { webhookTargetSchemas } from './webhooks/webhooks.ts';

interface Options {
  control: SandboxControl;
  clock: Clock;
  urls(): Record<Vendor, string>;
}

const clockSchema = z.strictObject({ asOf: z.iso.datetime({ offset: true }).nullable() });

/** The control object over HTTP, for loopback alone. */
export function createControlServer({ control, clock, urls }: Options): FastifyInstance {
  const app: FastifyInstance = Fastify({ forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    if (!isLocal(request)) return reply.code(403).send({ error: 'The sandbox is steered from this machine alone' });
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ error: error.message }),
  );

  app.get('/sandbox', async () => ({
    urls: urls(),
    asOf: clock.now().toISOString(),
    faults: perVendor(control.faults),
  }));

  app.put<{ Params: { vendor: string } }>('/sandbox/faults/:vendor', async (request, reply) => {
    const vendor = vendorOf(request.params.vendor);
    const change = parsed(faultsSchema.partial(), request.body, reply);
    if (change === null) return reply;
    control.set(vendor, change);
    return control.faults(vendor);
  });

  app.delete<{ Params: { vendor: string } }>('/sandbox/faults/:vendor', async (request) => {
    const vendor = vendorOf(request.params.vendor);
    control.reset(vendor);
    return control.faults(vendor);
  });

  app.get('/sandbox/calls', async () => control.calls());

  app.delete('/sandbox/calls', async (_request, reply) => {
    control.resetCalls();
    return reply.code(204).send();
  });

  app.put('/sandbox/clock', async (request, reply) => {
    const body = parsed(clockSchema, request.body, reply);
    if (body === null) return reply;
    control.setAsOf(body.asOf === null ? null : new Date(body.asOf));
    return { asOf: clock.now().toISOString() };
  });

  app.put<{ Params: { vendor: string } }>('/sandbox/webhooks/:vendor', async (request, reply) => {
    const vendor = vendorOf(request.params.vendor);
    const schema: z.ZodType<unknown> = webhookTargetSchemas[vendor];
    const target = parsed(schema, request.body, reply);
    if (target === null) return reply;
    // Cast: the schema was picked by the same vendor.
    control.setWebhookTarget(vendor, target as never);
    return reply.code(204).send();
  });

  app.delete<{ Params: { vendor: string } }>('/sandbox/webhooks/:vendor', async (request, reply) => {
    control.setWebhookTarget(vendorOf(request.params.vendor), null);
    return reply.code(204).send();
  });

  return app;
}

/** By address, and by name too: a page in a browser may point its own name at 127.0.0.1. */
function isLocal(request: FastifyRequest): boolean {
  const host = request.hostname.replace(/^\[|\]$/g, '');
  return isLoopback(request.ip) && (host === 'localhost' || isLoopback(host));
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return (isIPv4(plain) && plain.startsWith('127.')) || (isIPv6(plain) && plain === '::1');
}

function vendorOf(name: string): Vendor {
  if (isVendor(name)) return name;
  throw Object.assign(new Error(`Unknown vendor; expected ${Object.keys(webhookTargetSchemas).join(', ')}`), {
    statusCode: 404,
  });
}

function parsed<T>(schema: z.ZodType<T>, body: unknown, reply: FastifyReply): T | null {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  reply.code(400).send({ error: problems.join('; ') });
  return null;
}
