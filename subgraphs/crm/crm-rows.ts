import { keepSeen, type PartyRows, readSeen } from '../shared/party-rows.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { createReferenceLoader } from './loaders.ts';
import type { CrmSource } from './source.ts';

/** As references call them. */
export const ACTIVITY_TYPES = ['note', 'call', 'email', 'meeting', 'task'];

/** Those that the caller may see, in the order given. */
export type Keep = <T extends { id: string }>(records: readonly T[]) => Promise<T[]>;

/**
 * Rows of a CRM. A contact is its own party; what happens belongs to the company or, without one, the person it is
 * about. What several are about, none before the others, is shown to whom may see all of them.
 */
export function createCrmRows(rows: PartyRows, sources: readonly CrmSource[], call: CallContext) {
  const parties = createReferenceLoader<string[]>(sources, ['deal', 'ticket', ...ACTIVITY_TYPES], (source, type, ids) =>
    source.partiesOf(type, ids, call),
  );
  // No deal, ticket or activity: a contact.
  const partiesOf = async ({ id }: { id: string }) => (await parties.load(id)) ?? [id];
  const keep: Keep = (records) => keepSeen(rows, records, partiesOf);
  return {
    keep,
    read: <T extends { id: string }>(loader: { load(reference: string): Promise<T | null> }) => ({
      load: (reference: string) => readSeen(rows, () => loader.load(reference), partiesOf),
    }),
  };
}
