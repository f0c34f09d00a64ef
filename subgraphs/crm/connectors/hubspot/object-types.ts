import type { ActivityType } from '../../model.ts';
import type { HubspotProperties } from './config.ts';

type ActivityObjectType = 'notes' | 'calls' | 'emails' | 'meetings' | 'tasks';
export type ObjectType = 'companies' | 'contacts' | 'deals' | 'tickets' | ActivityObjectType;

export interface ActivityKind {
  objectType: ActivityObjectType;
  type: ActivityType;
  subject: string | null;
  /** Properties that may hold the text, the first filled one counts. */
  body: readonly string[];
  status: string | null;
}

/** HubSpot keeps each kind of activity as an object type of its own, with its own names for the same things. */
export const ACTIVITY_KINDS: readonly ActivityKind[] = [
  { objectType: 'notes', type: 'NOTE', subject: null, body: ['hs_note_body'], status: null },
  {
    objectType: 'calls',
    type: 'CALL',

    subject: 'hs_call_title',
    body: ['hs_call_body'],
    status: 'hs_call_status',
  },
  {
    objectType: 'emails',
    type: 'EMAIL',

    subject: 'hs_email_subject',
    body: ['hs_email_text', 'hs_email_html'],
    status: 'hs_email_status',
  },
  {
    objectType: 'meetings',
    type: 'MEETING',

    subject: 'hs_meeting_title',
    body: ['hs_meeting_body'],
    status: 'hs_meeting_outcome',
  },
  {
    objectType: 'tasks',
    type: 'TASK',

    subject: 'hs_task_subject',
    body: ['hs_task_body'],
    status: 'hs_task_status',
  },
];

const ADDRESS = ['address', 'city', 'zip', 'state', 'country'];

/** What references call the types. */
export const SINGULARS: Readonly<Record<ObjectType, string>> = {
  companies: 'company',
  contacts: 'contact',
  deals: 'deal',
  tickets: 'ticket',
  notes: 'note',
  calls: 'call',
  emails: 'email',
  meetings: 'meeting',
  tasks: 'task',
};

/**
 * What each read asks for. HubSpot answers only the properties that are named (a handful without), and an unknown name
 * is ignored, so a portal without our custom properties still works.
 */
export function propertiesByType(custom: HubspotProperties): Readonly<Record<ObjectType, readonly string[]>> {
  const ofParties = [
    ...['phone', 'lifecyclestage', 'hubspot_owner_id', 'hs_merged_object_ids', ...ADDRESS],
    ...custom.externalIds.map(({ property }) => property),
    ...custom.consents.map(({ property }) => property),
  ];
  const named = (names: readonly (string | null)[]) => names.filter((name) => name !== null);
  const activities = ACTIVITY_KINDS.map(({ objectType, subject, body, status }) => [
    objectType,
    named(['hs_timestamp', 'hubspot_owner_id', subject, ...body, status]),
  ]);
  return {
    companies: named(['name', 'domain', ...ofParties, custom.taxId, custom.internalUnit, custom.legalForm]),
    contacts: [
      ...['email', 'hs_additional_emails', 'firstname', 'lastname', 'jobtitle', 'mobilephone'],
      ...['hs_searchable_calculated_phone_number', 'hs_searchable_calculated_mobile_number'],
      ...ofParties,
    ],
    deals: [
      ...['dealname', 'amount', 'deal_currency_code', 'closedate', 'createdate', 'pipeline', 'dealstage'],
      ...['hs_is_closed', 'hs_is_closed_won', 'hubspot_owner_id'],
    ],
    tickets: named([
      ...['subject', 'content', 'hs_pipeline', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_priority'],
      ...['createdate', 'closed_date', 'hubspot_owner_id', custom.orderNumber],
    ]),
    // Cast: fromEntries forgets that the kinds are exactly the activity types.
    ...(Object.fromEntries(activities) as Record<ActivityObjectType, string[]>),
  };
}
