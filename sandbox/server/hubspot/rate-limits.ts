import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { createRateWindow } from '../rate-window.ts';
import { rawPath } from '../vendor-server.ts';

const DAY_MS = 86_400_000;

/** Requests of the day, as the usage endpoint and the headers tell. */
export interface HubspotUsage {
  readonly dailyLimit: number;
  today(): number;
  /** Midnight of the portal's day; UTC here. */
  resetsAt(): Date;
}

interface Options {
  isLimited(): boolean;
  /** Per app in ten seconds; default 100, a free portal's. */
  tenSecondly?: number;
  /** Searches a second, a limit of their own; default 4. */
  searchesSecondly?: number;
  daily?: number;
  /** So many times higher are the limits. */
  speed: number;
}

/** Counts always, refuses only while the limits are on. */
export function useRateLimits(app: FastifyInstance, options: Options): HubspotUsage {
  const { speed } = options;
  const all = createRateWindow((options.tenSecondly ?? 100) * speed, 10_000);
  const searches = createRateWindow((options.searchesSecondly ?? 4) * speed, 1_000);
  const dailyLimit = options.daily ?? 250_000;
  const dayOf = () => Math.floor(Date.now() / DAY_MS);
  const count = { day: dayOf(), requests: 0 };
  const today = () => (count.day === dayOf() ? count.requests : 0);

  app.addHook('onRequest', async (request, reply) => {
    Object.assign(count, { day: dayOf(), requests: today() + 1 });
    if (!options.isLimited()) return;
    if (rawPath(request).endsWith('/search')) {
      if (searches.take()) return;
      return reply.code(429).send(limitBody('SECONDLY', 'You have reached your secondly limit.'));
    }
    const isAllowed = all.take();
    reply.headers({
      'x-hubspot-ratelimit-daily': String(dailyLimit),
      'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, dailyLimit - today())),
      'x-hubspot-ratelimit-interval-milliseconds': String(all.windowMs),
      'x-hubspot-ratelimit-max': String(all.limit),
      'x-hubspot-ratelimit-remaining': String(all.remaining()),
    });
    if (today() > dailyLimit) return reply.code(429).send(limitBody('DAILY', 'You have reached your daily limit.'));
    if (isAllowed) return;
    return reply.code(429).send(limitBody('TEN_SECONDLY_ROLLING', 'You have reached your ten_secondly_rolling limit.'));
  });

  return { dailyLimit, today, resetsAt: () => new Date((dayOf() + 1) * DAY_MS) };
}

function limitBody(policyName: string, message: string): Record<string, unknown> {
  return {
    status: 'error',
    message,
    errorType: 'RATE_LIMIT',
    correlationId: randomUUID(),
    policyName,
    requestId: randomUUID(),
  };
}
