import type { ChangedRecords } from '../shared/webhooks/changed-records.ts';
import type { CrmSource } from './source.ts';

/** Of the CRMs, which read through the cache. */
export function createChangedRecords(sources: readonly CrmSource[]): ChangedRecords {
  const sourceOf = (name: string) => sources.find((one) => one.name === name);
  return {
    reread: async (name, type, ids, context) => {
      const source = sourceOf(name);
      switch (type) {
        case 'contact':
          await source?.contacts(ids, context);
          return;
        case 'company':
          await source?.companies(ids, context);
          return;
        case 'deal':
          await source?.deals(ids, context);
          return;
        case 'ticket':
          await source?.tickets(ids, context);
          return;
        default:
          await source?.activities(type, ids, context);
      }
    },
    placesOf: async ({ source, type, id }) => (await sourceOf(source)?.placesOf(type, id)) ?? null,
  };
}
