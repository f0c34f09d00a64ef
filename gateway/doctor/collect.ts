import { CodedError } from '../../common/errors.ts';
import type { Party } from '../../subgraphs/shared/party.ts';
import type { ProbeReport } from '../../subgraphs/shared/probe.ts';
import type { CompanySources } from '../all-in-one/company.ts';
import { callContext } from './call-context.ts';
import type { CallCounter } from './calls.ts';
import { type ConfiguredSource, probeSource } from './probes.ts';
import type { Domain, SystemReport } from './report.ts';

/** What one source told, and the people by whom matching begins. */
export interface Collected {
  system: SystemReport;
  sample: Party[];
}

/** Probes all sources at once. One that fails says so in its own report and leaves the others'. */
export function collect(sources: CompanySources, calls: CallCounter): Promise<Collected[]> {
  const of = (domain: Domain, configured: readonly ConfiguredSource[]) =>
    configured.map((source) => ({ domain, source }));
  const all = [...of('CRM', sources.crm), ...of('SHOP', sources.shop), ...of('ACCOUNTING', sources.accounting)];
  return Promise.all(
    all.map(async ({ domain, source }) => {
      const { sample, ...report } = await probeOrFailure(source, calls);
      const { name, vendor } = source;
      return { system: { domain, source: name, vendor, ...report, calls: calls.of(name) }, sample };
    }),
  );
}

async function probeOrFailure(source: ConfiguredSource, calls: CallCounter): Promise<ProbeReport> {
  try {
    return await probeSource(source, callContext(), { onCall: calls.onCall });
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const check = { name: 'reading', ok: false, detail: `${error.code}: ${error.message}` };
    return { ok: false, checks: [check], fields: [], budget: null, sample: [] };
  }
}
