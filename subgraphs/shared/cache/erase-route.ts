import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkSharedKey } from '../../../common/cache/operator-auth.ts';
import { HttpError } from '../../../common/http.ts';
import type { Identifier } from '../party.ts';
import type { RecordCache } from '../record-cache.ts';
import { parseReference } from '../reference.ts';
import { childrenTag, lookupTag } from '../tags.ts';
import { type CallContext, createBackgroundContext } from '../upstream/context.ts';
import { subjectTag } from './subjects.ts';

/** By what records of a person can be recognised. */
interface Traces {
  references: readonly string[];
  identifiers: readonly Pick<Identifier, 'kind' | 'value'>[];
}

export interface EraseDeps {
  cache: RecordCache;
  key: string;
  /** How long nothing of the person is kept again. */
  tombstoneMs: number;
  sources: readonly string[];
  /** Where it is known who is who. */
  tracesOf?: (reference: string, call: CallContext) => Promise<Traces>;
}

const kind = z.enum(['EMAIL', 'PHONE', 'TAX_ID']);
const reference = z
  .string()
  .max(1000)
  .refine((text) => parseReference(text) !== null, 'expected source:type:remoteId');
const tracesSchema = z.strictObject({
  references: z.array(reference).min(1).max(10_000),
  identifiers: z.array(z.strictObject({ kind, value: z.string().min(1).max(1000) })).max(10_000),
});
const bodySchema = z.union([z.strictObject({ customer: reference }), tracesSchema]);
const EXPECTED = 'Expected {"customer": reference}, or {"references": [...], "identifiers": [{"kind", "value"}]}';
const TIMEOUT_MS = 30_000;

/**
 * `POST /cache/erase`: removes every record that tells of a person, and keeps none again until the tombstones end. What
 * the systems themselves hold is still read and answered: erasing it there is their owners' affair.
 */
export function addEraseRoute(server: FastifyInstance, deps: EraseDeps): void {
  const { cache, key, tombstoneMs } = deps;
  server.post('/cache/erase', async (request) => {
    checkSharedKey(request.headers.authorization, key);
    const { references, identifiers } = await readTraces(request.body, deps);
    const untilMs = Date.now() + tombstoneMs;
    const removed = await cache.erase(tagsOf({ references, identifiers }, deps.sources), untilMs);
    return { references, identifiers, removed, keptOutUntil: new Date(untilMs).toISOString() };
  });
}

/** Of the person's own records, of whatever tells of them, and of their lists, by which indexes of links know them. */
function tagsOf({ references, identifiers }: Traces, sources: readonly string[]): string[] {
  const subjects = [...references.map((value) => ({ kind: 'REFERENCE' as const, value })), ...identifiers];
  const lists = references.flatMap((text) => {
    const { source, remoteId } = parseReference(text)!;
    return [childrenTag(source, 'orders', remoteId), childrenTag(source, 'invoices', remoteId)];
  });
  const emails = identifiers.filter(({ kind }) => kind === 'EMAIL').map(({ value }) => value);
  const guests = sources.flatMap((source) => emails.map((email) => lookupTag(source, GUEST_ORDERS, email)));
  return [...references, ...subjects.map(subjectTag), ...lists, ...guests];
}

/** The look-up under which a shop's orders without an account are indexed. */
const GUEST_ORDERS = 'order-search.EMAIL.guests';

async function readTraces(body: unknown, { tracesOf }: EraseDeps): Promise<Traces> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new HttpError(400, EXPECTED);
  if (!('customer' in parsed.data)) return parsed.data;
  if (!tracesOf) throw new HttpError(400, 'Who is who is known to identity: ask there for a customer');
  return tracesOf(parsed.data.customer, createBackgroundContext({ priority: 'interactive', timeoutMs: TIMEOUT_MS }));
}
