import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CALLER_HEADER, type CallerVerifier } from '../../common/caller-header.ts';
import { CodedError } from '../../common/errors.ts';
import { readCaller } from './caller.ts';
import type { AllowedRecords, CustomerAnswer, IdentityPort, SignedCaller } from './identity-port.ts';
import { requestSignal } from './request-signal.ts';
import { createUpstreamClient, type UpstreamClientDeps } from './upstream/client.ts';
import type { CallContext } from './upstream/context.ts';

/** The shapes of identity-port.ts on the wire between a domain that runs as its own service and identity. */
const references = z.array(z.string());
const missing = z.object({ source: z.string(), code: z.string() });

const allowedRecords: z.ZodType<AllowedRecords> = z.object({
  references: references.nullable(),
  missing: z.array(missing),
});

const customerAnswers: z.ZodType<CustomerAnswer[]> = z.array(
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('seen'), references }),
    z.object({ state: z.literal('none') }),
    missing.extend({ state: z.literal('unknown') }),
  ]),
);

const recordsQuery = z.object({ domain: z.string(), statement: z.string() });
const customersQuery = recordsQuery.extend({ references: references.max(10_000) });

/**
 * Identity's answers to the domains. What proves who asks is the gateway's statement that came to the domain: so the
 * domains hold no private key, and one that was taken over asks only for callers whom the gateway just sent it.
 * `verifierOf` knows the statements addressed to each domain.
 */
export function addIdentityRoutes(
  server: FastifyInstance,
  port: IdentityPort,
  verifierOf: (domain: string) => CallerVerifier | undefined,
): void {
  const callerOf = async ({ domain, statement }: z.infer<typeof recordsQuery>): Promise<SignedCaller> => {
    const verify = verifierOf(domain);
    if (!verify) throw new CodedError('UNAUTHENTICATED', 'Expected the name of a domain');
    return readCaller({ [CALLER_HEADER]: statement }, verify);
  };
  server.post('/internal/records-of', async (request, reply) => {
    const caller = await callerOf(readBody(recordsQuery, request.body));
    return port.recordsOf(caller, toContext(request, reply));
  });
  server.post('/internal/customers-of', async (request, reply) => {
    const query = readBody(customersQuery, request.body);
    const context = toContext(request, reply);
    return port.customersOf(await callerOf(query), query.references, context);
  });
}

function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CodedError('BAD_USER_INPUT', 'The question has another shape than expected');
}

/** There is no selection, so there is no field that a source could fail to provide. */
function toContext(request: FastifyRequest, reply: FastifyReply): CallContext {
  const { id: requestId, span } = request;
  return { requestId, span, signal: requestSignal(request, reply), notProvided: () => {} };
}

export interface IdentityClient extends IdentityPort {
  close(): Promise<void>;
}

/** A domain's way to identity as its own service. `domain` is the domain's name, to which the statements are addressed. */
export function createIdentityClient(
  config: { url: string; domain: string; timeoutMs?: number },
  deps: UpstreamClientDeps = {},
): IdentityClient {
  const { url, domain, timeoutMs = 30_000 } = config;
  const client = createUpstreamClient(
    {
      source: 'identity',
      vendor: 'jeden',
      isOurs: true,
      baseUrl: url,
      timeoutMs,
      concurrency: 32,
      retries: 1,
      authorize: (request) => ({ ...request, headers: { ...request.headers, 'x-deadline-ms': String(timeoutMs) } }),
    },
    deps,
  );
  const ask = async <T>(
    operation: string,
    body: Readonly<Record<string, unknown>>,
    schema: z.ZodType<T>,
    context: CallContext,
  ): Promise<T> => {
    const path = `/internal/${operation}`;
    return (await client.request({ operation, method: 'POST', path, body, schema, idempotent: true }, context)).data;
  };
  return {
    recordsOf: ({ statement }, context) => ask('records-of', { domain, statement }, allowedRecords, context),
    customersOf: ({ statement }, asked, context) =>
      ask('customers-of', { domain, statement, references: asked }, customerAnswers, context),
    close: client.close,
  };
}
