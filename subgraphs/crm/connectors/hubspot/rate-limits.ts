import { z } from 'zod';
import type { LimitedAnswer, LimitReading, UpstreamLimit } from '../../../shared/upstream/limits.ts';
import type { ParsedHubspotConfig } from './config.ts';

/** Of the smallest plan; HubSpot tells the larger ones' in its answers. https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
const CALLS_PER_10_SECONDS = 100;
const CALLS_PER_DAY = 250_000;
const INTERVAL_MS = 10_000;

/** HubSpot counts searches apart from other calls, and both in the day. */
export function hubspotLimits(config: ParsedHubspotConfig): UpstreamLimit[] {
  const { callsPer10Seconds, searchesPerSecond, callsPerDay } = config;
  return [
    {
      name: 'calls',
      points: callsPer10Seconds ?? CALLS_PER_10_SECONDS,
      windowMs: INTERVAL_MS,
      costOf: (operation) => (isSearch(operation) ? 0 : 1),
      isDefault: callsPer10Seconds === null,
    },
    {
      name: 'searches',
      points: searchesPerSecond,
      windowMs: 1000,
      costOf: (operation) => (isSearch(operation) ? 1 : 0),
    },
    { name: 'day', points: callsPerDay ?? CALLS_PER_DAY, windowMs: null, isDefault: callsPerDay === null },
  ];
}

function isSearch(operation: string): boolean {
  return operation.endsWith('.search');
}

/** How long each of HubSpot's policies holds, once it refuses. The day's is tried again: its midnight is the portal's. */
const PAUSES: Readonly<Record<string, LimitReading>> = {
  SECONDLY: { limit: 'searches', pauseMs: 1_000 },
  TEN_SECONDLY_ROLLING: { limit: 'calls', pauseMs: 1_000 },
  DAILY: { limit: 'day', pauseMs: 10 * 60_000 },
};

const refusal = z.object({ policyName: z.string() });

export function readHubspotLimits({ status, headers, body }: LimitedAnswer): LimitReading[] {
  const number = (name: string) => numberOf(headers[`x-hubspot-ratelimit-${name}`]);
  const interval = number('interval-milliseconds');
  const calls = { limit: 'calls', max: number('max'), remaining: number('remaining') };
  const left = number('daily-remaining');
  // Never none: whether the day is over is tried with a call, not waited for until our own midnight.
  const day = { limit: 'day', max: number('daily'), remaining: left === undefined ? undefined : Math.max(1, left) };
  const policy = status === 429 ? refusal.safeParse(body).data?.policyName : undefined;
  const pause = policy !== undefined && Object.hasOwn(PAUSES, policy) ? [PAUSES[policy]!] : [];
  return [...(interval === INTERVAL_MS ? [calls] : []), day, ...pause];
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
