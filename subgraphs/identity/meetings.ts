import { createHash } from 'node:crypto';
import { CodedError } from '../../common/errors.ts';
import type { Party } from '../shared/party.ts';
import type { IdentifiedCustomer } from './model.ts';

/** Says of each record of a list whether its customer is met there for the first time. */
export interface Meetings {
  isFirst(customer: IdentifiedCustomer, record: Party): boolean;
  /** What the next page must know. */
  met(): string;
}

const MARK_LENGTH = 8;
/** Some 4 KB in a cursor. */
const MAX_MARKS = 500;

/**
 * A list of everything meets each customer at its strongest record: nothing has to be remembered. A search may find
 * other records of it only, so there the customers that could be met again go along in the cursor, as short hashes.
 */
export function createMeetings({ isSearch, met }: { isSearch: boolean; met: string }): Meetings {
  if (!isSearch) return { isFirst: (customer, record) => customer.id === record.reference, met: () => '' };
  const marks = new Set(met.match(new RegExp(`.{${MARK_LENGTH}}`, 'g')) ?? []);
  return {
    isFirst: (customer) => {
      const mark = createHash('sha256').update(customer.id).digest('base64url').slice(0, MARK_LENGTH);
      if (marks.has(mark)) return false;
      if (customer.records.length > 1) marks.add(mark);
      if (marks.size > MAX_MARKS)
        throw new CodedError('OPERATION_TOO_LARGE', 'Expected a search that finds fewer customers');
      return true;
    },
    met: () => [...marks].join(''),
  };
}
