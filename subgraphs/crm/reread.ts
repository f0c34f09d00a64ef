import type { Reread } from '../shared/webhooks/reread-queue.ts';
import type { CrmSource } from './source.ts';

/** Reads changed records of the CRMs into the cache that they read through. */
export function createReread(sources: readonly CrmSource[]): Reread {
  return async (name, type, ids, context) => {
    const source = sources.find((one) => one.name === name);
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
  };
}
