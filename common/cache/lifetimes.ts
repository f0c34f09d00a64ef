import type { RecordKey, StoredRecord } from './record-store.ts';

/** How long a record counts, in milliseconds, one time after the other. */
export interface Lifetime {
  /** It is served as it is. */
  freshMs: number;
  /** It is served, and a newer one is read behind. */
  revalidateMs: number;
  /** From its fetch on: it is served when its system fails. */
  onErrorMs: number;
}

/** One line of the configuration. "*" stands for any. */
export interface LifetimeRule {
  source: string;
  type: string;
  lifetime: Lifetime;
}

export interface LifetimeConfig {
  rules?: readonly LifetimeRule[];
  /** Of what neither a rule nor its reader says more about. Default 30 s. */
  freshMs?: number;
  /** Of what does not exist. */
  negativeMs?: number;
  /** No record about a person is kept longer, whatever else is said, stale or not. */
  personalMaxMs?: number;
  random?: () => number;
}

/** What a caller knows of its records; the configuration wins over it. */
export interface LifetimeWishes {
  ttlMs?: number;
  staleWhileRevalidateMs?: number;
  staleIfErrorMs?: number;
}

type Instants = Pick<StoredRecord, 'fetchedAtMs' | 'freshUntilMs' | 'revalidateUntilMs' | 'staleUntilMs'>;

/**
 * Nothing tells of a change where no webhooks are set up, so half a minute it is: what one office call takes. Re-reading
 * what nobody may ask for again costs calls, so that is for whoever wants it. A stale
 * copy that stands in for a system that failed says that it is one.
 */
const DEFAULT: Lifetime = { freshMs: 30_000, revalidateMs: 0, onErrorMs: 10 * 60_000 };
const DEFAULT_NEGATIVE_MS = 10_000;
const DEFAULT_PERSONAL_MAX_MS = 24 * 60 * 60_000;
/** Records written together must not all go together. */
const JITTER = 0.1;

/** Types that hold nothing about people. Whatever is not listed may. */
const IMPERSONAL: ReadonlySet<string> = new Set(['product', 'pipelines']);

/** Decides for each record until when it counts. */
export function createLifetimes(config: LifetimeConfig = {}) {
  const { rules = [], negativeMs = DEFAULT_NEGATIVE_MS, personalMaxMs = DEFAULT_PERSONAL_MAX_MS } = config;
  const { random = Math.random } = config;

  function lifetimeOf(key: RecordKey, wishes: LifetimeWishes): Lifetime {
    const configured = mostSpecific(rules, key);
    if (configured) return configured;
    const freshMs = wishes.ttlMs ?? config.freshMs ?? DEFAULT.freshMs;
    return {
      freshMs,
      revalidateMs: wishes.staleWhileRevalidateMs ?? DEFAULT.revalidateMs,
      onErrorMs: wishes.staleIfErrorMs ?? DEFAULT.onErrorMs,
    };
  }

  return {
    instants: (key: RecordKey, isThere: boolean, fetchedAtMs: number, wishes: LifetimeWishes): Instants => {
      const { freshMs, revalidateMs, onErrorMs } = lifetimeOf(key, wishes);
      const maxMs = IMPERSONAL.has(key.type) ? Number.POSITIVE_INFINITY : personalMaxMs;
      const wantedMs = isThere ? freshMs : Math.min(freshMs, negativeMs);
      const keptMs = Math.min(wantedMs * (1 - JITTER * random()), maxMs);
      // "It does not exist" is never served stale: it may exist by now.
      const staleMs = isThere ? Math.min(Math.max(keptMs + revalidateMs, onErrorMs), maxMs) : keptMs;
      const revalidateUntilMs = isThere ? Math.min(keptMs + revalidateMs, maxMs) : keptMs;
      return {
        fetchedAtMs,
        freshUntilMs: fetchedAtMs + keptMs,
        revalidateUntilMs: fetchedAtMs + revalidateUntilMs,
        staleUntilMs: fetchedAtMs + staleMs,
      };
    },
  };
}

export type Lifetimes = ReturnType<typeof createLifetimes>;

/** What is ours and no system's: who was who, which must outlive the systems' records to serve while one is down. */
const OWN_SOURCES: ReadonlySet<string> = new Set(['identity']);

/** The source counts more than the type. "*" stands for any of the systems. */
function mostSpecific(rules: readonly LifetimeRule[], { source, type }: RecordKey): Lifetime | null {
  const sources = OWN_SOURCES.has(source) ? [source] : [source, '*'];
  const fitting = rules.filter((rule) => sources.includes(rule.source) && [type, '*'].includes(rule.type));
  const weight = (rule: LifetimeRule) => (rule.source === '*' ? 0 : 2) + (rule.type === '*' ? 0 : 1);
  const [best] = fitting.sort((left, right) => weight(right) - weight(left));
  return best?.lifetime ?? null;
}
