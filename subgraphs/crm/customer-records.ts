import { checkGaps, openRecords } from '../shared/customer-records.ts';
import { parseReference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CrmSource, RecordRef } from './source.ts';

/** What of one customer stands in one CRM. */
export interface OwnRecords {
  source: CrmSource;
  records: RecordRef[];
}

export interface CustomerRecords {
  /** Of each CRM that knows the customer; none when identity found no record in ours. */
  open(records: string): OwnRecords[];
  /** References of the customer's records in our CRMs, the strongest record's first where it is one of ours. */
  references(records: string): string[];
}

/** Reads the sealed list of a customer's records, which identity has written. */
export function createCustomerRecords(sealer: Sealer, sources: readonly CrmSource[]): CustomerRecords {
  const references = (records: string) => {
    const opened = openRecords(sealer, records);
    const own = [...new Set(opened.references)].filter((text) => toRecord(text, sources) !== null);
    checkGaps(opened, { domain: 'crm', sources, isKnown: own.length > 0 });
    return own;
  };
  return {
    references,
    open: (records) => {
      return recordsBySource(references(records), sources);
    },
  };
}

/** Those of the references that are records of these CRMs. */
export function recordsBySource(references: readonly string[], sources: readonly CrmSource[]): OwnRecords[] {
  const own = references.map((text) => toRecord(text, sources)).filter((one) => one !== null);
  const bySource = Map.groupBy(own, ({ source }) => source);
  return [...bySource].map(([source, list]) => ({ source, records: list.map(({ record }) => record) }));
}

function toRecord(text: string, sources: readonly CrmSource[]): { source: CrmSource; record: RecordRef } | null {
  const reference = parseReference(text);
  const source = sources.find(({ name }) => name === reference?.source);
  if (!reference || !source || !isRecordType(reference.type)) return null;
  return { source, record: { type: reference.type, id: reference.remoteId } };
}

function isRecordType(type: string): type is RecordRef['type'] {
  return type === 'company' || type === 'contact';
}
