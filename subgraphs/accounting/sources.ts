import type { SourceSettings } from '../../common/settings.ts';
import type { UpstreamClientDeps } from '../shared/upstream/client.ts';
import { fakturowniaSettings, toFakturowniaConfig } from './connectors/fakturownia/config.ts';
import { createFakturowniaSource } from './connectors/fakturownia/connector.ts';
import type { AccountingSource } from './source.ts';

/** The vendors that `ACCOUNTING_SOURCES` may name, with their settings. */
export const accountingVendors = { fakturownia: fakturowniaSettings };

export function createAccountingSources(
  configured: readonly SourceSettings<typeof accountingVendors>[],
  deps: UpstreamClientDeps = {},
): AccountingSource[] {
  return configured.map(({ name, settings }) => createFakturowniaSource(toFakturowniaConfig(name, settings), deps));
}
