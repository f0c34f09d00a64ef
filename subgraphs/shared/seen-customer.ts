import { openRecords } from './customer-records.ts';
import type { PartyRows } from './party-rows.ts';
import type { Sealer } from './seal.ts';

/** Whether the caller may see the customer whom identity has sealed. It was asked before, when it sealed; this asks again. */
export async function seesRecords(rows: PartyRows, sealer: Sealer, records: string): Promise<boolean> {
  return rows.kind === 'all' || rows.sees([openRecords(sealer, records).id]);
}
