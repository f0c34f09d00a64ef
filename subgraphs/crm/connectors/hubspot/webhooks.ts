import { z } from 'zod';
import { normaliseEmail, normalisePhone, parseTaxId, taxIdKey } from '../../../shared/normalise.ts';
import type { Identifier } from '../../../shared/party.ts';
import { collectionTag } from '../../../shared/tags.ts';
import { verifyRequestSignature } from '../../../shared/webhooks/request-signature.ts';
import {
  parseJsonBody,
  type SourceWebhook,
  type TellsPlaces,
  type WebhookChange,
  type WebhookEvent,
} from '../../../shared/webhooks/webhook.ts';
import type { HubspotProperties } from './config.ts';
import { OWNER, ownedTag } from './owned.ts';
import { placesOfIdentifier } from './places.ts';

export interface HubspotWebhookConfig {
  name: string;
  /** The app's client secret. */
  webhookSecret: string;
  /** An app's webhooks come from every portal that installed it. Null: from whichever. */
  portalId: string | null;
  properties: HubspotProperties;
}

/** HubSpot sends up to a hundred events at once, and sends them again until they are answered. */
export function createHubspotWebhook({
  name,
  webhookSecret,
  portalId,
  properties,
}: HubspotWebhookConfig): SourceWebhook {
  return {
    source: name,
    verify: verifyRequestSignature({ clientSecret: webhookSecret }),
    read: (request) => {
      const parsed = z.array(z.unknown()).safeParse(parseJsonBody(request));
      if (!parsed.success) return null;
      return parsed.data.map((event) => toEvent(event, { name, portalId, properties }));
    },
  };
}

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,19}$/)]).transform(String);

/** Of all types of events; each has some of these. */
const eventSchema = z.object({
  eventId: id.optional(),
  subscriptionId: id.optional(),
  portalId: id.optional(),
  occurredAt: id.optional(),
  subscriptionType: z.string(),
  /** With the generic `object.*`. */
  objectTypeId: z.string().optional(),
  objectId: id.optional(),
  propertyName: z.string().optional(),
  propertyValue: z.string().nullish(),
  /** With merge. */
  primaryObjectId: id.optional(),
  mergedObjectIds: z.array(id).optional(),
  newObjectId: id.optional(),
  /** With associationChange, as `DEAL_TO_COMPANY`. */
  associationType: z.string().optional(),
  fromObjectId: id.optional(),
  toObjectId: id.optional(),
});

type Event = z.output<typeof eventSchema>;

type EventConfig = Omit<HubspotWebhookConfig, 'webhookSecret'>;

/** What HubSpot sends that this cannot read is of a kind unknown to us, so about nothing that we keep. */
function toEvent(raw: unknown, config: EventConfig): WebhookEvent {
  const { data: event } = eventSchema.safeParse(raw);
  const isOurs = event !== undefined && (config.portalId === null || event.portalId === config.portalId);
  return isOurs ? { key: keyOf(event), changes: toChanges(event, config) } : { key: null, changes: [] };
}

/** Not the id alone: HubSpot does not promise that it is unique. The attempt's number, which differs, is no part of it. */
function keyOf(event: Event): string | null {
  if (event.eventId === undefined) return null;
  const { eventId, subscriptionId, portalId, occurredAt, subscriptionType, propertyName } = event;
  const { objectId, fromObjectId, toObjectId } = event;
  const about = [subscriptionType, objectId, propertyName, fromObjectId, toObjectId];
  return JSON.stringify([portalId, subscriptionId, eventId, occurredAt, ...about]);
}

/** HubSpot's type ids, and the names that its event types begin with; to what the references call them. */
const TYPES: Readonly<Record<string, string>> = {
  '0-1': 'contact',
  '0-2': 'company',
  '0-3': 'deal',
  '0-5': 'ticket',
  '0-46': 'note',
  '0-47': 'meeting',
  '0-48': 'call',
  '0-49': 'email',
  '0-27': 'task',
};

const NAMES: ReadonlySet<string> = new Set(Object.values(TYPES));

function toChanges(event: Event, config: EventConfig): WebhookChange[] {
  const [prefix = '', what] = event.subscriptionType.split('.');
  if (what === 'associationChange') return toAssociationChanges(event, config);
  const type = prefix === 'object' ? TYPES[event.objectTypeId ?? ''] : prefix;
  if (type === undefined || !NAMES.has(type)) return [];
  if (what === 'merge') return toMergeChanges(type, event);
  const { objectId } = event;
  if (objectId === undefined) return [];
  switch (what) {
    case 'creation':
    case 'restore':
      return [{ type, id: objectId, event: 'created', places: { told: 'none' } }];
    case 'propertyChange':
      return [{ type, id: objectId, event: 'updated', places: placesOf(event, config) }];
    case 'deletion':
    case 'privacyDeletion':
      return [{ type, id: objectId, event: 'deleted', places: { told: 'none' } }];
    default:
      return [];
  }
}

/** Those that went into the other lead to it from now on; a merge may make a record of a new id. */
function toMergeChanges(type: string, event: Event): WebhookChange[] {
  const left = event.newObjectId ?? event.primaryObjectId;
  const gone = new Set([...(event.mergedObjectIds ?? []), event.primaryObjectId ?? '']);
  const others = [...gone].filter((one) => one !== '' && one !== left);
  return [
    ...(left === undefined ? [] : [{ type, id: left, event: 'merged', places: { told: 'none' } } as const]),
    ...others.map((one) => ({ type, id: one, event: 'deleted', places: { told: 'none' } }) as const),
  ];
}

/** Both ends' lists of each other. */
function toAssociationChanges(
  { associationType, fromObjectId, toObjectId }: Event,
  { name }: EventConfig,
): WebhookChange[] {
  const [from, to] = (associationType ?? '').toLowerCase().split('_to_');
  const ends = [
    { type: from, id: fromObjectId },
    { type: to, id: toObjectId },
  ];
  return ends.flatMap(({ type, id: end }) =>
    type !== undefined && NAMES.has(type) && end !== undefined
      ? [{ type, id: end, event: 'updated', places: { told: 'some', tags: associatedTags(name, type) } } as const]
      : [],
  );
}

/** An association is in no look-up, but which contacts are customers of their own depends on their companies. */
function associatedTags(name: string, type: string): string[] {
  return type === 'contact' ? [collectionTag(name, 'contacts')] : [];
}

function placesOf(event: Event, { name, properties }: EventConfig): TellsPlaces {
  const { propertyName } = event;
  // Without a name of its own an event may be of any property.
  if (propertyName === undefined) return { told: 'none' };
  if (propertyName === OWNER) return { told: 'some', tags: [ownedTag(name)] };
  if (!identifyingProperties(properties).has(propertyName)) return { told: 'same' };
  const identifiers = identifiersOf(event, properties);
  return { told: 'some', tags: identifiers.flatMap((identifier) => placesOfIdentifier(name, identifier)) };
}

/** By which records are found, and by which merged ones are known. */
function identifyingProperties({ taxId, externalIds }: HubspotProperties): ReadonlySet<string | null> {
  const names = ['email', 'hs_additional_emails', 'phone', 'mobilephone', 'hs_merged_object_ids'];
  return new Set([...names, taxId, ...externalIds.map(({ property }) => property)]);
}

/** By what the record is found from now on. */
function identifiersOf({ propertyName, propertyValue }: Event, properties: HubspotProperties): Identifier[] {
  const value = propertyValue ?? '';
  const found = (kind: Identifier['kind'], key: string | null): Identifier[] =>
    key === null ? [] : [{ kind, value: key }];
  switch (propertyName) {
    case 'email':
    case 'hs_additional_emails':
      return value.split(';').flatMap((email) => found('EMAIL', normaliseEmail(email)));
    case 'phone':
    case 'mobilephone':
      return found('PHONE', normalisePhone(value));
    case properties.taxId: {
      const taxId = parseTaxId(value);
      return found('TAX_ID', taxId && taxIdKey(taxId));
    }
    default:
      return properties.externalIds
        .filter(({ property }) => property === propertyName && value !== '')
        .flatMap(({ reference }) => found('EXTERNAL_ID', `${reference}:${value}`));
  }
}
