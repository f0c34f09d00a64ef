import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../../common/clock.ts';
import type { FakturowniaStore } from '../../data/records.ts';
import type { ChangeBus } from '../changes.ts';
import type { SortedInvoices } from './invoice-list.ts';

/** What every file of routes is given. */
export interface Accounting {
  store: FakturowniaStore;
  clock: Clock;
  changes: ChangeBus;
  sorted: SortedInvoices;
}

export type Routes = (app: FastifyInstance, accounting: Accounting) => void;

/** When a record is written: now, and later than its last change also when the clock stands still. */
export function writtenAt(clock: Clock, record: { updatedAt: number }): number {
  return Math.max(clock.now().getTime(), record.updatedAt + 1);
}
