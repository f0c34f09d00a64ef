export interface PipelineStage {
  readonly id: string;
  readonly label: string;
  readonly metadata: Readonly<Record<string, string>>;
}

function dealStage(id: string, label: string, probability: string): PipelineStage {
  return { id, label, metadata: { isClosed: String(id.startsWith('closed')), probability } };
}

function ticketStage(id: string, label: string, ticketState: 'OPEN' | 'CLOSED'): PipelineStage {
  return { id, label, metadata: { isClosed: String(ticketState === 'CLOSED'), ticketState } };
}

/** HubSpot's default sales pipeline. */
export const DEAL_STAGES: readonly PipelineStage[] = [
  dealStage('appointmentscheduled', 'Appointment Scheduled', '0.2'),
  dealStage('qualifiedtobuy', 'Qualified To Buy', '0.4'),
  dealStage('presentationscheduled', 'Presentation Scheduled', '0.6'),
  dealStage('decisionmakerboughtin', 'Decision Maker Bought-In', '0.8'),
  dealStage('contractsent', 'Contract Sent', '0.9'),
  dealStage('closedwon', 'Closed Won', '1.0'),
  dealStage('closedlost', 'Closed Lost', '0.0'),
];

/** HubSpot's default support pipeline. */
export const TICKET_STAGES: readonly PipelineStage[] = [
  ticketStage('1', 'New', 'OPEN'),
  ticketStage('2', 'Waiting on contact', 'OPEN'),
  ticketStage('3', 'Waiting on us', 'OPEN'),
  ticketStage('4', 'Closed', 'CLOSED'),
];

const MADE_AT = '2023-01-02T08:00:00.000Z';

/** `GET /crm/v3/pipelines/{objectType}`; null for a type that has none. */
export function pipelinesOf(objectType: string): { results: unknown[] } | null {
  if (objectType === 'deals') return { results: [pipeline('default', 'Sales Pipeline', DEAL_STAGES)] };
  if (objectType === 'tickets') return { results: [pipeline('0', 'Support Pipeline', TICKET_STAGES)] };
  return null;
}

function pipeline(id: string, label: string, stages: readonly PipelineStage[]) {
  const stamps = { archived: false, createdAt: MADE_AT, updatedAt: MADE_AT };
  return {
    id,
    label,
    displayOrder: 0,
    ...stamps,
    stages: stages.map((stage, index) => ({
      ...stage,
      displayOrder: index,
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
      ...stamps,
    })),
  };
}
