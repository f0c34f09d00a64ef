import { createHash, createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../common/clock.ts';
import type { HubspotChange } from '../changes.ts';
import { objectType } from '../hubspot/object-types.ts';
import { type Deliveries, isSuccess, post } from './deliveries.ts';

interface HubspotWebhookTarget {
  url: string;
  /** As the app's settings name it, and the signature covers it, where a proxy stands before `url`. */
  signedUrl?: string;
  clientSecret: string;
}

export interface HubspotWebhookTimings {
  /** Events of so long go out together. */
  batchMs: number;
  /** Wait before the second attempt; doubles each time. */
  retryMs: number;
}

interface Deps {
  target(): HubspotWebhookTarget | null;
  deliveries: Deliveries;
  portalId: number;
  clock: Clock;
  timings: HubspotWebhookTimings;
}

const MAX_EVENTS_A_POST = 100;
const MAX_ATTEMPTS = 11;
const TIMEOUT_MS = 5_000;
const APP_ID = 1_234_567;

type Event = Record<string, unknown>;

/** Gathers events, signs them as HubSpot does, and tries again for as long as the receiver refuses. */
export function createHubspotWebhooks({ target, deliveries, portalId, clock, timings }: Deps) {
  let pending: Event[] = [];
  let lastEventId = 0;

  const flush = async () => {
    await wait(timings.batchMs, undefined, { signal: deliveries.closing });
    const events = pending;
    pending = [];
    for (let at = 0; at < events.length; at += MAX_EVENTS_A_POST) {
      const batch = events.slice(at, at + MAX_EVENTS_A_POST);
      deliveries.run(() => deliver(batch));
    }
  };

  const deliver = async (events: readonly Event[]) => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const current = target();
      if (current === null) return;
      const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt })));
      const headers = signedHeaders(current, body);
      if (isSuccess(await post({ url: current.url, headers, body, timeoutMs: TIMEOUT_MS }, deliveries.closing))) return;
      await wait(timings.retryMs * 2 ** attempt, undefined, { signal: deliveries.closing });
    }
  };

  return (change: HubspotChange): void => {
    if (target() === null) return;
    lastEventId += 1;
    pending.push({
      eventId: lastEventId,
      portalId,
      appId: APP_ID,
      occurredAt: clock.now().getTime(),
      ...eventOf(change),
    });
    if (pending.length === 1) deliveries.run(flush);
  };
}

/** Real time in the signature: receivers refuse what is older than five minutes, whatever day the sandbox plays. */
function signedHeaders(target: HubspotWebhookTarget, body: string): Record<string, string> {
  const { url, signedUrl = url, clientSecret } = target;
  const timestamp = String(Date.now());
  const v3 = createHmac('sha256', clientSecret).update(`POST${signedUrl}${body}${timestamp}`).digest('base64');
  const v1 = createHash('sha256').update(`${clientSecret}${body}`).digest('hex');
  return {
    'content-type': 'application/json',
    'user-agent': 'HubSpot Connect 2.0',
    'x-hubspot-signature': v1,
    'x-hubspot-signature-version': 'v1',
    'x-hubspot-signature-v3': v3,
    'x-hubspot-request-timestamp': timestamp,
  };
}

/** Types that have subscriptions under their own name; activities come as `object.*`. */
const NAMED = new Set(['contacts', 'companies', 'deals', 'tickets']);

function eventOf(change: HubspotChange): Event {
  const type = objectType(change.objectType);
  const prefix = NAMED.has(type.name) ? type.singular : 'object';
  const common = {
    subscriptionId: 100_000 + Number(type.typeId.slice(2)),
    subscriptionType: `${prefix}.${change.event}`,
    objectTypeId: type.typeId,
    changeSource: 'INTEGRATION',
  };
  if (change.event === 'associationChange') return { ...common, ...associationEvent(change) };
  return { ...common, objectId: change.objectId, ...details(change) };
}

function details(change: HubspotChange): Event {
  switch (change.event) {
    case 'propertyChange':
      return { propertyName: change.propertyName, propertyValue: change.propertyValue };
    case 'merge':
      return {
        primaryObjectId: change.objectId,
        mergedObjectIds: [...(change.mergedObjectIds ?? [])],
        newObjectId: change.objectId,
        numberOfPropertiesMoved: 0,
      };
    case 'creation':
      return { changeFlag: 'NEW' };
    default:
      return { changeFlag: 'DELETED' };
  }
}

function associationEvent({ objectType: from, objectId, toObjectType, toObjectId }: HubspotChange): Event {
  const to = toObjectType === undefined ? '' : objectType(toObjectType).singular;
  return {
    associationType: `${objectType(from).singular}_TO_${to}`.toUpperCase(),
    fromObjectId: objectId,
    toObjectId,
    associationRemoved: false,
    isPrimaryAssociation: false,
  };
}
