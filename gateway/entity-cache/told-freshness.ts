import type { Freshness } from '../../common/freshness.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { parseAge, parseCacheControl } from './cache-control.ts';

/** How fresh a subgraph's answer is, as it says itself. */
export interface ToldFreshness extends Freshness {
  /** It is for the one who asked alone. */
  isPrivate: boolean;
}

/**
 * A subgraph says it in its extensions, as ours do, or in HTTP's Cache-Control and Age; one that says both means both.
 * `defaultMs` is for a Cache-Control without a time. Null where nothing is said, or that nobody may keep it.
 */
export function toldFreshness(
  { extensions, caching }: ExecutionResultBody,
  defaultMs: number | null = null,
): ToldFreshness | null {
  const own = extensions?.freshness;
  const http = caching === undefined ? null : httpFreshness(caching, defaultMs);
  if (caching !== undefined && http === null) return null;
  if (own === undefined) return http;
  if (!isFreshness(own)) return null;
  const { ageMs, freshMs } = own;
  if (http === null) return { ageMs, freshMs, isPrivate: false };
  return { ...http, ageMs: Math.max(ageMs, http.ageMs), freshMs: Math.min(freshMs, http.freshMs) };
}

function httpFreshness(
  { cacheControl, age }: NonNullable<ExecutionResultBody['caching']>,
  defaultMs: number | null,
): ToldFreshness | null {
  const { isStorable, isPrivate, maxAgeMs } = parseCacheControl(cacheControl);
  const lifetimeMs = maxAgeMs ?? defaultMs;
  if (!isStorable || lifetimeMs === null) return null;
  const ageMs = parseAge(age);
  return { ageMs, freshMs: Math.max(lifetimeMs - ageMs, 0), isPrivate };
}

function isFreshness(value: unknown): value is Freshness {
  if (typeof value !== 'object' || value === null) return false;
  const { ageMs, freshMs } = value as Partial<Record<keyof Freshness, unknown>>;
  return isDuration(ageMs) && isDuration(freshMs);
}

function isDuration(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
