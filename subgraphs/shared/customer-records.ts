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

export function sealRecords(sealer: Sealer, { id, references, gaps }: CustomerRecords): string {
  return sealer.seal('records', [id, ...references, ...gaps.map(({ source, code }) => `${GAP}${source} ${code}`)]);
}

/** Throws BAD_USER_INPUT for what identity has not sealed. */
export function openRecords(sealer: Sealer, records: string): CustomerRecords {
  const [id = '', ...parts] = sealer.open('records', records);
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
