import { allTags, type StoredRecord } from '../../../common/cache/record-store.ts';
import { type ErrorCode, UpstreamError } from '../../../common/errors.ts';
import { markStale } from './mark-stale.ts';

/** A record as it is handed out. */
export interface Copy<T> {
  value: T | null;
  fetchedAtMs: number;
  freshUntilMs: number;
  isStale: boolean;
  /** What invalidates it. */
  tags: readonly string[];
}

export function copyOf(record: StoredRecord, isStale: boolean): Copy<unknown> {
  const { value, fetchedAtMs, freshUntilMs } = record;
  return { value, fetchedAtMs, freshUntilMs, isStale, tags: allTags(record) };
}

/** With the mark on it where it is stale. */
export function handedOut<T>({ value, isStale }: Copy<T>): T | null {
  return isStale ? markStale(value) : value;
}

export function isFresh({ freshUntilMs }: StoredRecord, nowMs: number): boolean {
  return nowMs < freshUntilMs;
}

/** May be served while a newer one is read. */
export function hasRefresh({ revalidateUntilMs }: StoredRecord, nowMs: number): boolean {
  return nowMs < revalidateUntilMs;
}

/** A refused call or wrong credentials would stay hidden behind an old copy. */
const STAND_IN_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_BUDGET_EXHAUSTED',
  'UPSTREAM_BAD_RESPONSE',
  'UPSTREAM_BUDGET_EXHAUSTED',
]);

/** Whether an old copy may stand in for what this error kept from us. */
export function canStandIn(error: unknown): boolean {
  return error instanceof UpstreamError && !error.cancelled && STAND_IN_CODES.has(error.code);
}
