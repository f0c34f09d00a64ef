import { isUtf8 } from 'node:buffer';
import { parseJson } from '../upstream/body.ts';

/** A webhook as it arrived. */
export interface WebhookRequest {
  /** As the sender names it: with the address that the world knows us by, and with its query. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What every signature is over. */
  body: Buffer;
}

/** What is known of a request's sender. `late` is genuine, but too old not to be somebody's replay. */
export type Verdict = 'genuine' | 'unsigned' | 'late';

export type Verify = (request: WebhookRequest, nowMs: number) => Verdict;

/** A record that is not what it was. It says what to read anew; what the vendor sent of the record is never kept. */
export interface WebhookChange {
  /** As in the references. */
  type: string;
  id: string;
  event: 'created' | 'updated' | 'deleted' | 'merged';
  places: TellsPlaces;
}

/** What a payload tells of the lists and look-ups in which the record stands now, by their tags. */
export type TellsPlaces =
  | { told: 'all'; tags: readonly string[] }
  /** Some that it may have come into; it has come into no others. */
  | { told: 'some'; tags: readonly string[] }
  /** It stands where it stood. */
  | { told: 'same' }
  /** Only the record itself does. */
  | { told: 'none' };

/** What one webhook tells, or one of the events that it tells together. */
export interface WebhookEvent {
  /** Names the event, so that it counts once; null where its vendor gives it no name. */
  key: string | null;
  /** None when it is about nothing that we keep. */
  changes: readonly WebhookChange[];
}

/** How one source's webhooks are proved and read. */
export interface SourceWebhook {
  source: string;
  verify: Verify;
  /** Null when the body is not what the vendor sends. */
  read(request: WebhookRequest): WebhookEvent[] | null;
  /** What the vendor sends, unsigned, to see whether anybody is there. */
  isPing?(request: WebhookRequest): boolean;
}

/** The first of a header that came several times. */
export function headerOf({ headers }: WebhookRequest, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Null when it is not JSON in UTF-8. Numbers as the upstream client reads them, so that the connectors' schemas fit. */
export function parseJsonBody({ body }: WebhookRequest): unknown {
  if (!isUtf8(body)) return null;
  const parsed = parseJson(body, true);
  return parsed.ok ? parsed.value : null;
}
