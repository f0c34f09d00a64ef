import type { HubspotDeal } from '../../../data/records.ts';
import { DEAL_STAGES } from '../pipelines.ts';
import { amount, commonProperties, instant, type PropertyDefinition, property, text } from './definition.ts';

type Deal = PropertyDefinition<HubspotDeal>;

export const DEAL_PROPERTIES: readonly Deal[] = [
  ...commonProperties<HubspotDeal>('hs_lastmodifieddate'),
  property('dealname', 'Deal Name', 'string', (deal) => deal.name),
  property('amount', 'Amount', 'number', (deal) => amount(deal.amountMinor)),
  property('deal_currency_code', 'Currency', 'enumeration', (deal) => deal.currency, {
    options: ['PLN', 'EUR', 'USD'],
  }),
  property('closedate', 'Close Date', 'datetime', (deal) => instant(deal.closeAt)),
  property('pipeline', 'Pipeline', 'enumeration', (deal) => deal.pipeline, { options: ['default'] }),
  property('dealstage', 'Deal Stage', 'enumeration', (deal) => deal.stage, {
    options: DEAL_STAGES.map((stage) => stage.id),
  }),
  property('hs_is_closed', 'Is Deal Closed?', 'bool', (deal) => String(stageOf(deal).startsWith('closed')), {
    readOnly: true,
  }),
  property('hs_is_closed_won', 'Is Closed Won', 'bool', (deal) => String(stageOf(deal) === 'closedwon'), {
    readOnly: true,
  }),
  property('hs_deal_stage_probability', 'Deal probability', 'number', probability, { readOnly: true }),
  property('hubspot_owner_id', 'Deal owner', 'enumeration', (deal) => text(deal.ownerId)),
];

function stageOf(deal: HubspotDeal): string {
  return deal.extra?.dealstage ?? deal.stage;
}

function probability(deal: HubspotDeal): string | null {
  return DEAL_STAGES.find((stage) => stage.id === stageOf(deal))?.metadata.probability ?? null;
}
