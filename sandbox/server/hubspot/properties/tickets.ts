import type { HubspotTicket } from '../../../data/records.ts';
import { TICKET_STAGES } from '../pipelines.ts';
import { commonProperties, instant, type PropertyDefinition, property, text } from './definition.ts';

type Ticket = PropertyDefinition<HubspotTicket>;

export const TICKET_PROPERTIES: readonly Ticket[] = [
  ...commonProperties<HubspotTicket>('hs_lastmodifieddate'),
  property('subject', 'Ticket name', 'string', (ticket) => ticket.subject),
  property('content', 'Ticket description', 'string', (ticket) => ticket.content, { fieldType: 'textarea' }),
  property('hs_pipeline', 'Pipeline', 'enumeration', (ticket) => ticket.pipeline, { options: ['0'] }),
  property('hs_pipeline_stage', 'Ticket status', 'enumeration', (ticket) => ticket.stage, {
    options: TICKET_STAGES.map((stage) => stage.id),
  }),
  property('hs_ticket_category', 'Category', 'enumeration', (ticket) => ticket.category, {
    options: ['PRODUCT_ISSUE', 'BILLING_ISSUE', 'FEATURE_REQUEST', 'GENERAL_INQUIRY', 'CLAIM'],
  }),
  property('hs_ticket_priority', 'Priority', 'enumeration', (ticket) => ticket.priority, {
    options: ['LOW', 'MEDIUM', 'HIGH'],
  }),
  property('closed_date', 'Close date', 'datetime', (ticket) => instant(ticket.closedAt)),
  property('hubspot_owner_id', 'Ticket owner', 'enumeration', (ticket) => text(ticket.ownerId)),
  property('order_number', 'Order number', 'string', (ticket) => ticket.orderNumber, { custom: true }),
];
