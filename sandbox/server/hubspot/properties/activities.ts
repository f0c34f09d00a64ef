import type { HubspotActivity, HubspotActivityType } from '../../../data/records.ts';
import { commonProperties, instant, type PropertyDefinition, property, text } from './definition.ts';

type Activity = PropertyDefinition<HubspotActivity>;

const EMAIL_DIRECTIONS = { INBOUND: 'INCOMING_EMAIL', OUTBOUND: 'EMAIL' } as const;

const COMMON: readonly Activity[] = [
  ...commonProperties<HubspotActivity>('hs_lastmodifieddate'),
  property('hs_createdate', 'Create date', 'datetime', (activity) => instant(activity.createdAt), { readOnly: true }),
  property('hs_timestamp', 'Activity date', 'datetime', (activity) => instant(activity.at)),
  property('hubspot_owner_id', 'Activity assigned to', 'enumeration', (activity) => text(activity.ownerId)),
];

export const ACTIVITY_PROPERTIES: Readonly<Record<HubspotActivityType, readonly Activity[]>> = {
  notes: [...COMMON, body('hs_note_body', 'Note body')],
  calls: [
    ...COMMON,
    subject('hs_call_title', 'Call Title'),
    body('hs_call_body', 'Call notes'),
    status('hs_call_status', 'Call status', ['COMPLETED', 'NO_ANSWER', 'BUSY', 'CANCELED']),
    property('hs_call_direction', 'Call direction', 'enumeration', (call) => call.direction, {
      options: ['INBOUND', 'OUTBOUND'],
    }),
    property('hs_call_duration', 'Call duration', 'number', (call) => text(call.durationMs)),
  ],
  emails: [
    ...COMMON,
    subject('hs_email_subject', 'Email subject'),
    body('hs_email_text', 'Email body'),
    status('hs_email_status', 'Email send status', ['SENT', 'BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING']),
    property('hs_email_direction', 'Email direction', 'enumeration', emailDirection, {
      options: Object.values(EMAIL_DIRECTIONS),
    }),
  ],
  meetings: [
    ...COMMON,
    subject('hs_meeting_title', 'Meeting name'),
    body('hs_meeting_body', 'Meeting description'),
    status('hs_meeting_outcome', 'Meeting outcome', ['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED']),
    property('hs_meeting_start_time', 'Meeting start time', 'datetime', (meeting) => instant(meeting.at)),
    property('hs_meeting_end_time', 'Meeting end time', 'datetime', endOfMeeting),
  ],
  tasks: [
    ...COMMON,
    subject('hs_task_subject', 'Task title'),
    body('hs_task_body', 'Task notes'),
    status('hs_task_status', 'Task status', ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED']),
    property('hs_task_priority', 'Priority', 'enumeration', () => 'NONE', {
      options: ['NONE', 'LOW', 'MEDIUM', 'HIGH'],
    }),
  ],
};

function subject(name: string, label: string): Activity {
  return property(name, label, 'string', (activity) => activity.subject);
}

function body(name: string, label: string): Activity {
  return property(name, label, 'string', (activity) => activity.body, { fieldType: 'html' });
}

function status(name: string, label: string, options: readonly string[]): Activity {
  return property(name, label, 'enumeration', (activity) => activity.status, { options });
}

function emailDirection(email: HubspotActivity): string | null {
  return email.direction === null ? null : EMAIL_DIRECTIONS[email.direction];
}

function endOfMeeting(meeting: HubspotActivity): string | null {
  return instant(meeting.at + (meeting.durationMs ?? 0));
}
