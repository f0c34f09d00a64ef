import type { SourceSettings } from '../../common/settings.ts';
import { hubspotSettings, toHubspotConfig } from './connectors/hubspot/config.ts';
import { createHubspotSource, type HubspotDeps } from './connectors/hubspot/connector.ts';
import type { CrmSource } from './source.ts';

/** The vendors that `CRM_SOURCES` may name, with their settings. */
export const crmVendors = { hubspot: hubspotSettings };

export type CrmDeps = HubspotDeps;

export function createCrmSources(configured: readonly SourceSettings<typeof crmVendors>[], deps: CrmDeps): CrmSource[] {
  return configured.map(({ name, settings }) => createHubspotSource(toHubspotConfig(name, settings), deps));
}
