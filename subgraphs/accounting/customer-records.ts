import { CodedError } from '../../common/errors.ts';
import { checkGaps, openRecords } from '../shared/customer-records.ts';
import { formatReference, parseReference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
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
  const opened = openRecords(sealer, records);
  const references = [...new Set(opened.references)].map(parseReference);
  const clients = references.flatMap((reference): OwnClient[] => {
    if (reference?.type !== 'client') return [];
    const source = sources.find(({ name }) => name === reference.source);
    if (!source) throw notConfigured(reference.source);
    return [{ source, clientId: reference.remoteId }];
  });
  checkGaps(opened, { domain: 'accounting', sources, isKnown: clients.length > 0 });
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

export function claimOf(sealer: Sealer, source: string, clientId: string): CustomerNode {
  return { __typename: 'Customer', claim: sealer.seal('claim', [formatReference(source, 'client', clientId)]) };
}
