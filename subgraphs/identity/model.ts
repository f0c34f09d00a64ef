import type { Party } from '../shared/party.ts';
import type { Unavailable } from './domains.ts';
import type { Judgement, Rejection } from './rules.ts';

/** One customer: its records, and why they are one. */
export interface IdentifiedCustomer {
  /** The reference of the strongest record. */
  id: string;
  /** The strongest first. */
  records: readonly Party[];
  links: readonly Judgement[];
  /** What looked related and was kept apart. */
  rejected: readonly Rejection[];
  /** A source could not be asked, or a limit was hit, so records may be missing. */
  incomplete: boolean;
  unavailable: readonly Unavailable[];
  /** Of these sources records may be missing. None where the records are the last known ones. */
  gaps: readonly Unavailable[];
}

/** All references that lead to this customer. */
export function referencesOf({ records }: IdentifiedCustomer): string[] {
  return records.flatMap(({ reference, aliases }) => [reference, ...aliases]);
}
