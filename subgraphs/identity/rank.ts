import type { Party } from '../shared/party.ts';
import { parseReference } from '../shared/reference.ts';

/** The strongest kind of record first: the CRM before the accounting before the shop. */
const RECORD_TYPES: readonly Party['recordType'][] = ['COMPANY', 'CONTACT', 'CLIENT', 'CUSTOMER', 'GUEST'];

/** Orders records by strength, then the oldest first, then by id: the first one names the customer. */
export function compareStrength(left: Party, right: Party): number {
  return (
    RECORD_TYPES.indexOf(left.recordType) - RECORD_TYPES.indexOf(right.recordType) ||
    compareText(left.createdAt ?? LAST, right.createdAt ?? LAST) ||
    compareRemoteId(left.reference, right.reference)
  );
}

/** Sorts behind every ISO instant. */
const LAST = '~';

function compareRemoteId(left: string, right: string): number {
  const [a, b] = [parseReference(left)?.remoteId ?? left, parseReference(right)?.remoteId ?? right];
  const bothNumeric = /^\d+$/.test(a) && /^\d+$/.test(b);
  return (bothNumeric ? a.length - b.length : 0) || compareText(a, b) || compareText(left, right);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
