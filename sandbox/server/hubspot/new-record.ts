import type { HubspotActivityType, HubspotObjectType } from '../../data/records.ts';
import type { HubspotRecord } from './properties/index.ts';

const ACTIVITIES: readonly string[] = ['notes', 'calls', 'emails', 'meetings', 'tasks'] satisfies HubspotActivityType[];

/** An empty record: whatever a client writes stands in `extra`, which wins over the typed fields. */
export function newRecord(type: HubspotObjectType, id: number, nowMs: number): HubspotRecord {
  const base = { id, createdAt: nowMs, updatedAt: nowMs, archived: false, extra: {}, ownerId: null };
  if (isActivity(type)) {
    const blank = { subject: null, body: null, status: null, direction: null, durationMs: null };
    return { ...base, ...blank, type, at: nowMs };
  }
  return { ...base, ...BLANK[type] };
}

function isActivity(type: HubspotObjectType): type is HubspotActivityType {
  return ACTIVITIES.includes(type);
}

const NO_ADDRESS = { street: null, city: null, zip: null, country: null };
const NO_LINKS = { wooCustomerId: null, fakturowniaClientId: null };

const BLANK = {
  contacts: {
    ...NO_ADDRESS,
    ...NO_LINKS,
    email: null,
    additionalEmails: [],
    firstName: null,
    lastName: null,
    phone: null,
    mobilePhone: null,
    lifecycleStage: 'lead',
    mergedIds: [],
    marketingConsent: null,
  },
  companies: {
    ...NO_ADDRESS,
    ...NO_LINKS,
    name: '',
    domain: null,
    phone: null,
    lifecycleStage: 'lead',
    nip: null,
    internalUnit: null,
    legalForm: null,
  },
  deals: {
    name: '',
    amountMinor: null,
    currency: 'PLN',
    closeAt: null,
    pipeline: 'default',
    stage: 'appointmentscheduled',
  },
  tickets: {
    subject: '',
    content: null,
    pipeline: '0',
    stage: '1',
    category: null,
    priority: null,
    closedAt: null,
    orderNumber: null,
  },
} as const;
