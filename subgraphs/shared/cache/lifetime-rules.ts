import type { LifetimeRule } from '../../../common/cache/lifetimes.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "30s", "5m"; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  return amount && unit ? Number(amount) * UNITS[unit]! : null;
}

/**
 * "woo:order=60s/5m/1h": fresh for 60 seconds, then for 5 minutes served while a newer one is read, and up to an hour
 * after its fetch when the system fails. What is left out is none at all. Null for anything else.
 */
export function parseLifetimeRules(text: string): LifetimeRule[] | null {
  const entries = text.split(',').filter((entry) => entry.trim() !== '');
  const rules = entries.map(parseRule);
  return rules.includes(null) ? null : rules.filter((rule) => rule !== null);
}

function parseRule(text: string): LifetimeRule | null {
  const [, source, type, times] = /^([\w*]+):([\w.*-]+)=([\w/]+)$/.exec(text.trim()) ?? [];
  const [freshMs, revalidateMs = 0, onErrorMs = 0, ...rest] = (times ?? '').split('/').map(parseDuration);
  if (!source || !type || rest.length > 0) return null;
  if (freshMs === undefined || freshMs === null || revalidateMs === null || onErrorMs === null) return null;
  return { source, type, lifetime: { freshMs, revalidateMs, onErrorMs } };
}
