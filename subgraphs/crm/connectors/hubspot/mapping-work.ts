import { money } from '../../../shared/money.ts';
import { formatReference } from '../../../shared/reference.ts';
import type { Activity, Deal, DealStatus, Ticket, TicketKind, TicketPriority, TicketStatus } from '../../model.ts';
import { type MappingContext, ownerReference, sourceRef } from './mapping.ts';
import { readNote } from './note-body.ts';
import { type ActivityKind, SINGULARS } from './object-types.ts';
import type { ObjectPayload } from './payloads.ts';
import { toPlainText } from './plain-text.ts';
import { decimal, flag, instant, list, text } from './values.ts';

export function toDeal(payload: ObjectPayload, context: MappingContext): Deal {
  const { config } = context;
  const amount = decimal(text(payload, 'amount'));
  const currency = text(payload, 'deal_currency_code') ?? config.currency;
  return {
    id: formatReference(config.name, 'deal', payload.id),
    source: sourceRef(payload, 'deal', context),
    name: text(payload, 'dealname'),
    amount: amount === null ? null : money(amount, currency),
    status: dealStatus(payload),
    stage: { object: 'deal', pipelineId: text(payload, 'pipeline'), stageId: text(payload, 'dealstage') },
    createdAt: instant(text(payload, 'createdate') ?? payload.createdAt),
    closesAt: instant(text(payload, 'closedate')),
    ownerId: ownerReference(payload, config.name),
  };
}

/** HubSpot calculates these two from the stage, whatever the pipeline; portals older than them have the stage alone. */
function dealStatus(payload: ObjectPayload): DealStatus {
  if (flag(payload, 'hs_is_closed_won')) return 'WON';
  const isClosed = flag(payload, 'hs_is_closed');
  if (isClosed !== null) return isClosed ? 'LOST' : 'OPEN';
  return DEAL_STAGES[text(payload, 'dealstage') ?? ''] ?? 'OTHER';
}

/** HubSpot's default sales pipeline. */
const DEAL_STAGES: Readonly<Record<string, DealStatus>> = {
  appointmentscheduled: 'OPEN',
  qualifiedtobuy: 'OPEN',
  presentationscheduled: 'OPEN',
  decisionmakerboughtin: 'OPEN',
  contractsent: 'OPEN',
  closedwon: 'WON',
  closedlost: 'LOST',
};

export function toTicket(payload: ObjectPayload, context: MappingContext): Ticket {
  const { config } = context;
  const priority = text(payload, 'hs_ticket_priority')?.toUpperCase() ?? '';
  const kindRaw = text(payload, 'hs_ticket_category');
  const closedAt = instant(text(payload, 'closed_date'));
  const stage = {
    object: 'ticket' as const,
    pipelineId: text(payload, 'hs_pipeline'),
    stageId: text(payload, 'hs_pipeline_stage'),
  };
  return {
    id: formatReference(config.name, 'ticket', payload.id),
    source: sourceRef(payload, 'ticket', context),
    subject: text(payload, 'subject'),
    body: toPlainText(text(payload, 'content')),
    kind: ticketKind(list(payload, 'hs_ticket_category'), config.properties.claimCategories),
    kindRaw,
    status: ticketStatus(stage.pipelineId, stage.stageId, closedAt),
    stage,
    priority: PRIORITIES[priority] ?? null,
    orderNumber: text(payload, config.properties.orderNumber),
    createdAt: instant(text(payload, 'createdate') ?? payload.createdAt),
    closedAt,
    ownerId: ownerReference(payload, config.name),
  };
}

const KINDS: Readonly<Record<string, TicketKind>> = {
  RETURN: 'RETURN',
  BILLING_ISSUE: 'BILLING',
  GENERAL_INQUIRY: 'REQUEST',
  FEATURE_REQUEST: 'REQUEST',
};

/** A claim first: legal deadlines run for it, whatever else the ticket is. */
function ticketKind(categories: readonly string[], claims: readonly string[]): TicketKind {
  if (categories.some((category) => claims.includes(category))) return 'CLAIM';
  return categories.map((category) => KINDS[category]).find((kind) => kind !== undefined) ?? 'OTHER';
}

const PRIORITIES: Readonly<Record<string, TicketPriority>> = {
  LOW: 'LOW',
  MEDIUM: 'MEDIUM',
  HIGH: 'HIGH',
  URGENT: 'URGENT',
};

/** HubSpot's default support pipeline ("0"). Stages of other pipelines are told apart by the closing date alone. */
const TICKET_STAGES: Readonly<Record<string, TicketStatus>> = {
  1: 'NEW',
  2: 'WAITING_ON_CUSTOMER',
  3: 'WAITING_ON_US',
  4: 'CLOSED',
};

function ticketStatus(pipelineId: string | null, stageId: string | null, closedAt: string | null): TicketStatus {
  const isDefault = pipelineId === null || pipelineId === '0';
  const known = isDefault ? TICKET_STAGES[stageId ?? ''] : undefined;
  return known ?? (closedAt === null ? 'OTHER' : 'CLOSED');
}

export function toActivity(kind: ActivityKind, payload: ObjectPayload, context: MappingContext): Activity {
  const { config } = context;
  const singular = SINGULARS[kind.objectType];
  const body = kind.body.map((name) => text(payload, name)).find((value) => value !== null);
  return {
    id: formatReference(config.name, singular, payload.id),
    source: sourceRef(payload, singular, context),
    type: kind.type,
    subject: text(payload, kind.subject),
    body: kind.type === 'NOTE' ? readNote(body ?? null).text : toPlainText(body ?? null),
    at: instant(text(payload, 'hs_timestamp') ?? payload.createdAt),
    ownerId: ownerReference(payload, config.name),
    statusRaw: text(payload, kind.status),
  };
}
