import { CodedError } from '../../common/errors.ts';
import { type CustomerRecords, checkGaps, openRecords } from '../shared/customer-records.ts';
import { parseReference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
import type { Context } from './context.ts';
import type { CustomerNode } from './model.ts';
import type { AccountingSource } from './source.ts';

/** One client among a customer's records. */
export interface OwnClient {
  source: AccountingSource;
  clientId: string;
}

/**
 * Takes the clients of our accounting systems from the sealed references of a customer: several, where one is kept twice.
 * One of a system that is no longer configured can't be asked for: without it "owes nothing" would be a guess.
 */
export function clientsIn(sealer: Sealer, records: string, sources: readonly AccountingSource[]): OwnClient[] {
  return clientsAmong(openRecords(sealer, records), sources);
}

/** The same of references that are not sealed. */
export function clientsAmong(
  records: Pick<CustomerRecords, 'references' | 'gaps'>,
  sources: readonly AccountingSource[],
): OwnClient[] {
  const references = [...new Set(records.references)].map(parseReference);
  const clients = references.flatMap((reference): OwnClient[] => {
    if (reference?.type !== 'client') return [];
    const source = sources.find(({ name }) => name === reference.source);
    if (!source) throw notConfigured(reference.source);
    return [{ source, clientId: reference.remoteId }];
  });
  checkGaps(records, { domain: 'accounting', sources, isKnown: clients.length > 0 });
  return clients;
}

function notConfigured(source: string): CodedError {
  const message = `${source}: no such accounting system is configured, though the customer has a client there`;
  return new CodedError('UPSTREAM_UNAVAILABLE', message, { details: { source } });
}

/** Every field of a customer requires its records; what comes without them was not planned by our gateway. */
export function recordsOf(customer: CustomerNode): string {
  if ('records' in customer) return customer.records;
  throw new CodedError('BAD_USER_INPUT', 'Expected the records of a customer');
}

/** The customer of a client, named in a way only identity can read; null where the caller may not see them. */
export async function customerAt(
  party: string | undefined,
  { rows, sealer }: Pick<Context, 'rows' | 'sealer'>,
): Promise<CustomerNode | null> {
  if (party === undefined || !(await rows.sees([party]))) return null;
  return { __typename: 'Customer', claim: sealer.seal('claim', [party]) };
}
