import type { LifetimeRule } from '../../../common/cache/lifetimes.ts';
import { parseDuration } from '../../../common/duration.ts';

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
