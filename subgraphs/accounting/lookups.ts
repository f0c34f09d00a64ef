import { CodedError } from '../../common/errors.ts';
import { keepSeen } from '../shared/party-rows.ts';
import type { Context } from './context.ts';
import { invoiceParties } from './document-parties.ts';
import { parseKsefNumber } from './ksef-number.ts';
import type { Invoice } from './model.ts';

/** By the number as printed, in one accounting system or in all. */
export async function invoiceByNumber(
  number: string,
  sourceName: string | null,
  context: Context,
): Promise<Invoice | null> {
  const sources = context.sources.filter(({ name }) => sourceName === null || name === sourceName);
  if (sourceName !== null && sources.length === 0) {
    throw new CodedError('BAD_USER_INPUT', 'Expected "source" to be the name of a configured accounting system');
  }
  const wanted = number.trim();
  if (wanted === '') return null;
  return oneOf(context, async () => {
    const found = await Promise.all(sources.map((source) => source.invoicesByNumbers([wanted], context)));
    return found.flat(2);
  });
}

/** A number without its right checksum is nobody's: it was mistyped. */
export async function invoiceByKsefNumber(raw: string, context: Context): Promise<Invoice | null> {
  const number = parseKsefNumber(raw);
  if (!number) {
    throw new CodedError('BAD_USER_INPUT', 'Expected a KSeF number, NIP-YYYYMMDD-12HEX-CRC8, with its right checksum');
  }
  return oneOf(context, async () => {
    const found = await Promise.all(context.sources.map((source) => source.invoiceByKsefNumber(number.text, context)));
    return found.filter((invoice) => invoice !== null);
  });
}

/** Of several hits one may be the only one that the caller may know of. */
async function oneOf({ rows }: Context, find: () => Promise<readonly Invoice[]>): Promise<Invoice | null> {
  if (rows.kind === 'none') return null;
  const [found] = await Promise.all([find(), rows.records()]);
  const hits = await keepSeen(rows, found, invoiceParties);
  if (hits.length < 2) return hits[0] ?? null;
  const sources = [...new Set(hits.map(({ source }) => source.source))];
  throw new CodedError('AMBIGUOUS', `${hits.length} documents have this number`, { details: { sources } });
}
