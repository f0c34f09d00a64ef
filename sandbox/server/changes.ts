import type { HubspotObjectType } from '../data/records.ts';

/** A record changed; webhook senders listen. */
type Change = HubspotChange | WooChange | FakturowniaChange;

export interface HubspotChange {
  vendor: 'hubspot';
  objectType: HubspotObjectType;
  objectId: number;
  event: 'creation' | 'deletion' | 'propertyChange' | 'merge' | 'associationChange';
  /** With propertyChange. */
  propertyName?: string;
  propertyValue?: string;
  /** With merge: the ids that went into this object. */
  mergedObjectIds?: readonly number[];
  /** With associationChange: the other end. */
  toObjectType?: HubspotObjectType;
  toObjectId?: number;
}

export interface WooChange {
  vendor: 'woo';
  resource: 'customer' | 'order' | 'product';
  event: 'created' | 'updated' | 'deleted';
  id: number;
}

export interface FakturowniaChange {
  vendor: 'fakturownia';
  object: 'client' | 'invoice' | 'product';
  event: 'create' | 'update' | 'destroy';
  id: number;
}

export interface ChangeBus {
  publish(change: Change): void;
  subscribe(listener: (change: Change) => void): void;
}

export function createChangeBus(): ChangeBus {
  const listeners: ((change: Change) => void)[] = [];
  return {
    publish: (change) => {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener) => {
      listeners.push(listener);
    },
  };
}
