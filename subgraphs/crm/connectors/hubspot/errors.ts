import { z } from 'zod';
import type { ErrorCode } from '../../../../common/errors.ts';

const errorBody = z.object({
  category: z.string().optional(),
  errorType: z.string().optional(),
  policyName: z.string().optional(),
  correlationId: z.string().optional(),
  errors: z.array(z.object({ context: z.record(z.string(), z.unknown()).optional() })).optional(),
});

/**
 * HubSpot's category, limit and correlation id, by which its support finds the call. Never the message: it quotes
 * what was asked for.
 */
export function describeHubspotError(_status: number, body: unknown): string | null {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return null;
  const { category, errorType, policyName, correlationId } = parsed.data;
  const words = [category ?? errorType, policyName, ...missingScopes(parsed.data)].filter(isPlainWord);
  const said = correlationId !== undefined && isPlainWord(correlationId) ? [`correlation id ${correlationId}`] : [];
  return [...words, ...said].join(', ') || null;
}

const batchBody = z.object({
  status: z.string().optional(),
  errors: z.array(z.object({ category: z.string().optional(), subCategory: z.unknown().optional() })).optional(),
});

/**
 * A batch answers 207 with results beside errors. "Not found" and "has no associations" are answers; anything else
 * would make a record that exists look like one that does not.
 */
export function checkBatch(body: unknown): { code: ErrorCode; message: string } | null {
  const parsed = batchBody.safeParse(body);
  if (!parsed.success) return null;
  const { status, errors = [] } = parsed.data;
  const failure = errors.find(({ category }) => category !== 'OBJECT_NOT_FOUND');
  if (failure)
    return { code: codeOf(failure.category), message: `a part of the batch failed: ${word(failure.category)}` };
  if (status === undefined || status === 'COMPLETE') return null;
  return { code: 'UPSTREAM_BAD_RESPONSE', message: `the batch is not complete: ${word(status)}` };
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  MISSING_SCOPES: 'UPSTREAM_AUTH',
  INVALID_AUTHENTICATION: 'UPSTREAM_AUTH',
  EXPIRED_AUTHENTICATION: 'UPSTREAM_AUTH',
  BANNED: 'UPSTREAM_AUTH',
  RATE_LIMIT: 'UPSTREAM_RATE_LIMITED',
  RATE_LIMITS: 'UPSTREAM_RATE_LIMITED',
  VALIDATION_ERROR: 'UPSTREAM_REFUSED',
};

function codeOf(category: string | undefined): ErrorCode {
  return CODES[category ?? ''] ?? 'UPSTREAM_UNAVAILABLE';
}

function word(text: string | undefined): string {
  return text !== undefined && isPlainWord(text) ? text : 'no known reason';
}

function missingScopes({ errors = [] }: z.infer<typeof errorBody>): string[] {
  const scopes = errors.map(({ context }) => context?.requiredGranularScopes);
  return scopes.flatMap((list) => (Array.isArray(list) ? list.filter((scope) => typeof scope === 'string') : []));
}

function isPlainWord(text: string | undefined): text is string {
  return text !== undefined && /^[\w.-]{1,80}$/.test(text);
}
