import type { RecordCache, RecordKey } from '../record-cache.ts';
import { tagsOfArrival, tagsOfChange } from './change-tags.ts';
import type { ChangedRecords } from './changed-records.ts';
import type { Duplicates } from './duplicates.ts';
import type { ChangedRecord, RereadQueue } from './reread-queue.ts';
import type { SourceWebhook, WebhookChange, WebhookEvent, WebhookRequest } from './webhook.ts';

/** What became of a webhook: every one ends as one of these, and each is counted. */
export type WebhookOutcome =
  | 'accepted'
  /** All that it tells was told before. */
  | 'duplicate'
  /** Genuine, about nothing that we keep. */
  | 'ignored'
  | 'ping'
  | 'unsigned'
  | 'late'
  /** Genuine, but not what the vendor sends. */
  | 'malformed'
  | 'too_large'
  | 'wrong_type'
  /** No such source, or one that takes no webhooks. */
  | 'unknown'
  /** A fault of ours: the vendor may try again. */
  | 'failed';

export interface ReceiverDeps {
  cache: RecordCache;
  changed(source: string): ChangedRecords;
  duplicates: Duplicates;
  queue: RereadQueue;
  now?: () => number;
}

export type Receive = (webhook: SourceWebhook, request: WebhookRequest) => Promise<WebhookOutcome>;

/**
 * Proves and works off one webhook. What it makes wrong is out of the cache when this resolves, so that nobody gets the
 * old value once the vendor has its answer; what is new is read behind.
 */
export function createReceive({ cache, changed, duplicates, queue, now = Date.now }: ReceiverDeps): Receive {
  return async (webhook, request) => {
    if (webhook.isPing?.(request)) return 'ping';
    const verdict = webhook.verify(request, now());
    if (verdict !== 'genuine') return verdict;
    const events = webhook.read(request);
    if (events === null) return 'malformed';
    const telling = events.filter(({ changes }) => changes.length > 0);
    if (telling.length === 0) return 'ignored';
    const keys = [...new Set(telling.map(({ key }) => key).filter((key) => key !== null))];
    const names = keys.map((key) => `${webhook.source} ${key}`);
    const claims = await duplicates.claim(names);
    const claimed = new Set(keys.filter((_, index) => claims[index]));
    const fresh = telling.filter(({ key }) => key === null || claimed.has(key));
    if (fresh.length === 0) return 'duplicate';
    const own = names.filter((_, index) => claims[index]);
    await workOff(webhook.source, fresh, own);
    return 'accepted';
  };

  async function workOff(source: string, events: readonly WebhookEvent[], names: readonly string[]): Promise<void> {
    const changes = events.flatMap((event) => event.changes);
    try {
      const befores = await Promise.all(changes.map((change) => changed(source).placesOf(toKey(source, change))));
      const tags = changes.flatMap((change, index) => tagsOfChange(source, change, befores[index]!));
      await cache.invalidate([...new Set(tags)]);
      await duplicates.settle(names);
      const records = changes.map((change, index) => toRecord(source, change, befores[index]!));
      queue.add(records.filter((_, index) => changes[index]!.event !== 'deleted'));
    } catch (error) {
      await duplicates.release(names);
      throw error;
    }
  }

  function toRecord(source: string, change: WebhookChange, before: readonly string[] | null): ChangedRecord {
    const key = toKey(source, change);
    if (change.places.told !== 'none') return { key };
    const onRead = async () => {
      const tags = tagsOfArrival(before, await changed(source).placesOf(key));
      if (tags.length > 0) await cache.invalidate(tags);
    };
    return { key, onRead };
  }
}

function toKey(source: string, { type, id }: WebhookChange): RecordKey {
  return { source, type, id };
}
