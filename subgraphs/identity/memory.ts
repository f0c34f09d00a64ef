import type { RecordCache, RecordKey } from '../shared/record-cache.ts';
import { identityTag, valuesTag } from '../shared/tags.ts';
import { emailsOf, phonesOf, taxKeysOf } from './identifiers.ts';
import { type IdentifiedCustomer, referencesOf } from './model.ts';

/** How long an answer is taken as it is: the second entity fetch of one operation must not explore again. */
const FRESH_MS = 30_000;
/** How long an answer serves as the last known one while a source is down. */
const KNOWN_MS = 24 * 60 * 60_000;

/** What was worked out lately, found by every reference of the customer, and gone when one of its records changes. */
export interface Memory {
  /** By reference, in the order asked. */
  recall(references: readonly string[]): Promise<Recalled[]>;
  startFill(): number;
  /** Takes complete answers only. */
  remember(customer: IdentifiedCustomer, since: number): void;
  /** What makes it forget a customer, as whoever keeps answers may know it; null where nobody is told. */
  tagNames(customer: IdentifiedCustomer): readonly string[] | null;
  /** Whoever holds one of these references. */
  forget(references: readonly string[]): Promise<void>;
}

interface Recalled {
  fresh: IdentifiedCustomer | null;
  /** However old. */
  known: IdentifiedCustomer | null;
}

interface Remembered {
  customer: IdentifiedCustomer;
  atMs: number;
}

export function createMemory(cache: RecordCache, now: () => number = Date.now): Memory {
  return {
    startFill: cache.startFill,
    tagNames: (customer) => cache.tagNames(() => tagsOf(customer)),
    recall: async (references) => {
      const ids = await cache.peekMany<string>(references.map(keyOf('customer-id')));
      const known = [...new Set(ids.filter((id) => id !== null))];
      const found = await cache.peekMany<Remembered>(known.map(keyOf('customer')));
      const byId = new Map(known.map((id, index) => [id, found[index] ?? null]));
      return references.map((reference, index) => toRecalled(reference, byId.get(ids[index] ?? '') ?? null, now()));
    },
    forget: async (references) => {
      await cache.invalidate(references);
    },
    remember: (customer, since) => {
      const references = referencesOf(customer);
      const tags = tagsOf(customer);
      // Its own age decides what it is good for.
      const options = { ttlMs: KNOWN_MS, staleWhileRevalidateMs: 0, staleIfErrorMs: 0, tags: () => tags, since };
      cache.prime<Remembered>(keyOf('customer')(customer.id), { customer, atMs: now() }, options);
      for (const reference of references) cache.prime(keyOf('customer-id')(reference), customer.id, options);
    },
  };
}

function tagsOf(customer: IdentifiedCustomer): string[] {
  const own = referencesOf(customer).flatMap((reference) => [reference, valuesTag(reference)]);
  return [...own, ...identityTags(customer)];
}

/** By what another record may come to be the same customer's. */
function identityTags(customer: IdentifiedCustomer): string[] {
  const named = referencesOf(customer).map((value) => ({ kind: 'REFERENCE' as const, value }));
  const held = customer.records.flatMap((record) => [
    ...emailsOf(record).map((value) => ({ kind: 'EMAIL' as const, value })),
    ...phonesOf(record).map((value) => ({ kind: 'PHONE' as const, value })),
    ...taxKeysOf(record).map((value) => ({ kind: 'TAX_ID' as const, value })),
  ]);
  return [...new Set([...named, ...held].map(identityTag))];
}

/** The two entries are written one after the other: only what agrees counts. */
function toRecalled(reference: string, remembered: Remembered | null, nowMs: number): Recalled {
  if (!remembered || !referencesOf(remembered.customer).includes(reference)) return { fresh: null, known: null };
  const { customer, atMs } = remembered;
  return { fresh: nowMs - atMs < FRESH_MS ? customer : null, known: customer };
}

function keyOf(type: string): (id: string) => RecordKey {
  return (id) => ({ source: 'identity', type, id });
}
