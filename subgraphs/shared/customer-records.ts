import { LRUCache } from 'lru-cache';
import { CodedError, ERROR_CODES, type ErrorCode } from '../../common/errors.ts';
import type { Sealer } from './seal.ts';

/** A source that identity could not ask: it may have records of the customer that are not among the references. */
export interface Gap {
  /** A source's name, or a domain's when the whole domain did not answer. */
  source: string;
  code: string;
}

/** What identity hands to the domains of one customer. */
export interface CustomerRecords {
  id: string;
  /** Of all records in all systems, the strongest first. */
  references: readonly string[];
  gaps: readonly Gap[];
}

/** No reference begins so. */
const GAP = '?';

/** For how long a seal is remembered: one answer about a customer needs it several times, and so does the next one. */
const REMEMBERED_MS = 10_000;
/** Characters of all seals that are remembered. */
const MAX_REMEMBERED = 8_000_000;

interface Remembered {
  /** By what stands in it. */
  seals: LRUCache<string, string>;
  /** By the seal. */
  opened: LRUCache<string, CustomerRecords>;
}

const remembered = new WeakMap<Sealer, Remembered>();

function rememberedOf(sealer: Sealer): Remembered {
  const known = remembered.get(sealer);
  if (known) return known;
  const limits = { ttl: REMEMBERED_MS, maxSize: MAX_REMEMBERED };
  const sizeCalculation = (_value: unknown, text: string) => text.length;
  const fresh = {
    seals: new LRUCache<string, string>({ ...limits, sizeCalculation }),
    opened: new LRUCache<string, CustomerRecords>({ ...limits, sizeCalculation }),
  };
  remembered.set(sealer, fresh);
  return fresh;
}

export function sealRecords(sealer: Sealer, { id, references, gaps }: CustomerRecords): string {
  const parts = [id, ...references, ...gaps.map(({ source, code }) => `${GAP}${source} ${code}`)];
  const { seals } = rememberedOf(sealer);
  const text = JSON.stringify(parts);
  const known = seals.get(text);
  if (known !== undefined) return known;
  const sealed = sealer.seal('records', parts);
  seals.set(text, sealed);
  return sealed;
}

/** Throws BAD_USER_INPUT for what identity has not sealed. */
export function openRecords(sealer: Sealer, records: string): CustomerRecords {
  const { opened } = rememberedOf(sealer);
  const known = opened.get(records);
  if (known) return known;
  const customer = toCustomer(sealer.open('records', records));
  opened.set(records, customer);
  return customer;
}

function toCustomer([id = '', ...parts]: readonly string[]): CustomerRecords {
  const gaps = parts.filter((part) => part.startsWith(GAP)).map((part) => part.slice(GAP.length).split(' ', 2));
  return {
    id,
    references: parts.filter((part) => !part.startsWith(GAP)),
    gaps: gaps.map(([source = '', code = '']) => ({ source, code })),
  };
}

/**
 * Throws where a domain can't tell what it has of a customer: identity could not ask one of its own sources, or could
 * not ask another one and so has found none of ours. An empty list would then read like "nothing", or "no debt".
 */
export function checkGaps(
  { gaps }: Pick<CustomerRecords, 'gaps'>,
  own: { domain: string; sources: readonly { name: string; vendor: string }[]; isKnown: boolean },
): void {
  const isOwn = (gap: Gap) => gap.source === own.domain || own.sources.some(({ name }) => name === gap.source);
  const gap = gaps.find(isOwn) ?? (own.isKnown ? undefined : gaps[0]);
  if (!gap) return;
  const code: ErrorCode = Object.hasOwn(ERROR_CODES, gap.code) ? (gap.code as ErrorCode) : 'UPSTREAM_UNAVAILABLE';
  const vendor = own.sources.find(({ name }) => name === gap.source)?.vendor;
  const why = code === 'OPERATION_TOO_LARGE' ? 'there are too many' : `${gap.source} does not answer`;
  throw new CodedError(code, `Which records are the customer's can't be told while ${why}`, {
    details: { source: gap.source, ...(vendor ? { vendor } : {}) },
  });
}
