import type { Identifier } from '../../../shared/party.ts';
import { type RecordCache, recordTag } from '../../../shared/record-cache.ts';
import type { RecordRef } from '../../source.ts';
import { type Associated, associationKey } from './associations.ts';
import { lookupKey } from './lookups.ts';
import { type ObjectType, SINGULARS } from './object-types.ts';

const TYPE_OF = { company: 'companies', contact: 'contacts' } as const;
const ASSOCIATED: readonly ObjectType[] = [
  ...(['companies', 'contacts', 'deals', 'tickets'] as const),
  ...(['notes', 'calls', 'emails', 'meetings', 'tasks'] as const),
];

/** Forgets what is cached of some records: these, their lists of deals, tickets and the like, and what stands in those. */
export function createForget({ cache, source }: { cache: RecordCache; source: string }) {
  return async (records: readonly RecordRef[], identifiers: readonly Identifier[]): Promise<void> => {
    const lists = records.flatMap(({ type, id }) => ASSOCIATED.map((to) => ({ from: TYPE_OF[type], id, to })));
    const keys = lists.map((list) => associationKey(source, list));
    const known = await cache.peekMany<Associated>(keys);
    const items = lists.flatMap(({ to }, index) =>
      (known[index]?.ids ?? []).map((id) => recordTag({ source, type: SINGULARS[to], id })),
    );
    const own = records.map(({ type, id }) => recordTag({ source, type, id }));
    const lookups = identifiers.map((identifier) => recordTag(lookupKey(source, identifier)));
    await cache.invalidate([...new Set([...own, ...keys.map(recordTag), ...items, ...lookups])]);
  };
}
