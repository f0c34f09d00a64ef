import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "30s", "5m", in milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  return amount && unit ? Number(amount) * UNITS[unit]! : null;
}

/** Of settings. */
export const durationSchema = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  context.addIssue({ code: 'custom', message: 'expected a duration, as 500ms, 30s, 5m, 24h or 7d' });
  return z.NEVER;
});
