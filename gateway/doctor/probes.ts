import type { Settings, SourceSettings } from '../../common/settings.ts';
import { toFakturowniaConfig } from '../../subgraphs/accounting/connectors/fakturownia/config.ts';
import { probe as probeFakturownia } from '../../subgraphs/accounting/connectors/fakturownia/probe.ts';
import { accountingVendors } from '../../subgraphs/accounting/sources.ts';
import { toHubspotConfig } from '../../subgraphs/crm/connectors/hubspot/config.ts';
import { probe as probeHubspot } from '../../subgraphs/crm/connectors/hubspot/probe.ts';
import { crmVendors } from '../../subgraphs/crm/sources.ts';
import type { ProbeReport } from '../../subgraphs/shared/probe.ts';
import type { UpstreamClientDeps } from '../../subgraphs/shared/upstream/client.ts';
import type { CallContext } from '../../subgraphs/shared/upstream/context.ts';
import { toMedusaConfig } from '../../subgraphs/shop/connectors/medusa/config.ts';
import { probe as probeMedusa } from '../../subgraphs/shop/connectors/medusa/probe.ts';
import { toWoocommerceConfig } from '../../subgraphs/shop/connectors/woocommerce/config.ts';
import { probe as probeWoocommerce } from '../../subgraphs/shop/connectors/woocommerce/probe.ts';
import { shopVendors } from '../../subgraphs/shop/sources.ts';

const VENDORS = { ...crmVendors, ...shopVendors, ...accountingVendors };

export type ConfiguredSource = SourceSettings<typeof VENDORS>;

/** Looks at one system, each vendor in its own way. */
export async function probeSource(
  { name, vendor, settings }: ConfiguredSource,
  context: CallContext,
  deps: UpstreamClientDeps,
): Promise<ProbeReport> {
  switch (vendor) {
    case 'hubspot':
      return probeHubspot(toHubspotConfig(name, settings), context, deps);
    case 'woocommerce':
      return probeWoocommerce(toWoocommerceConfig(name, settings), context, deps);
    case 'medusa':
      return probeMedusa(toMedusaConfig(name, settings), context, deps);
    case 'fakturownia':
      return probeFakturownia(toFakturowniaConfig(name, settings), context, deps);
  }
}

/** The settings by which a source is opened, by their whole names; its webhooks are proved by others. */
export function credentialSettings(source: string, vendor: string): string[] {
  const table: Settings = VENDORS[vendor as keyof typeof VENDORS];
  return Object.values(table).flatMap((one) =>
    one.secret && !one.name.startsWith('WEBHOOK_') ? [`${prefixOf(source)}${one.name}`] : [],
  );
}

/** What stands before the settings of a source. */
export function prefixOf(source: string): string {
  return `${source.toUpperCase()}_`;
}
