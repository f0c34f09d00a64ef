import { z } from 'zod';
import type { CallerFacts } from '../../common/caller.ts';
import type { Reads } from './survey-reads.ts';
import type { TouchedRecords } from './touched-records.ts';

/** One request as the audit keeps it: who asked for which fields of which records. Never a value of any. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;

const texts = z.array(z.string());

export const auditEntrySchema = z.object({
  /** ISO 8601, UTC. */
  time: z.string(),
  requestId: z.string(),
  /** Null: no token. */
  client: z.string().nullable(),
  issuer: z.string().nullable(),
  subject: z.string().nullable(),
  /** The person behind the call, as the issuer named them. */
  actor: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  operation: z.string().nullable(),
  /** Refused: nothing was executed. */
  outcome: z.enum(['executed', 'refused']),
  /** Coordinates. */
  allowed: texts,
  denied: texts,
  /** References that the request named. */
  asked: texts,
  /** References by type of what the answer was made from. */
  touched: z.record(z.string(), texts),
  /** There were more. */
  touchedCut: z.boolean(),
});

/** What the gateway knows of one request when its answer is ready. */
export interface AuditedRequest {
  caller: CallerFacts & { issuer: string | null };
  requestId: string;
  operationName: string | null;
  reads: Reads;
  /** Nothing was executed: a mutation of which a part is denied, or a forbidden argument. */
  isRefused: boolean;
  touched: TouchedRecords;
}

/** Null for a request that asks for nothing personal or financial. */
export function toEntry(request: AuditedRequest, now: Date): AuditEntry | null {
  const { caller, requestId, operationName, reads, isRefused, touched } = request;
  if (reads.allowed.length + reads.denied.length === 0) return null;
  const { clientId, issuer, subject, actor } = caller;
  return {
    time: now.toISOString(),
    requestId,
    client: clientId,
    issuer,
    subject,
    actor,
    operation: operationName?.slice(0, MAX_NAME_CHARS) ?? null,
    outcome: isRefused ? 'refused' : 'executed',
    allowed: isRefused ? [] : [...reads.allowed],
    denied: isRefused ? [...new Set([...reads.allowed, ...reads.denied])].sort() : [...reads.denied],
    asked: [...reads.asked],
    touched: mapToArrays(touched.toJson()),
    touchedCut: touched.isCut(),
  };
}

const MAX_NAME_CHARS = 128;

function mapToArrays(record: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(record).map(([name, list]) => [name, [...list]]));
}

/** No reference: what an entry is found by that does not hold all it touched. */
export const CUT = '*';

/** What an entry is found by: the customers whose data it read, and whomever it asked for. */
export function foundBy({ touched, asked, touchedCut }: AuditEntry): string[] {
  return [...new Set([...(touched.Customer ?? []), ...asked, ...(touchedCut ? [CUT] : [])])];
}

export function byTime(left: AuditEntry, right: AuditEntry): number {
  return left.time < right.time ? -1 : Number(left.time > right.time);
}
