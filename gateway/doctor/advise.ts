import type { ProbeCheck } from '../../subgraphs/shared/probe.ts';
import { adviseFields, adviseOrderNumbers } from './advise-fields.ts';
import { credentialSettings, prefixOf } from './probes.ts';
import type { Advice, Domain, SystemReport } from './report.ts';

/** What to set, from what was found: what is broken first. */
export function advise(systems: readonly SystemReport[]): Advice[] {
  return [
    ...systems.flatMap(adviseChecks),
    ...systems.filter(({ ok }) => ok).flatMap(adviseFields),
    ...systems.flatMap(adviseOrderNumbers),
    ...systems.flatMap(adviseBudget),
    ...adviseDomains(systems),
  ];
}

/** A source that does not work says why once; one that works says what about it does not. */
function adviseChecks(system: SystemReport): Advice[] {
  const failed = system.checks.filter((check) => !check.ok);
  if (!system.ok) return [adviseFailure(system, failed.find(isUpstream) ?? failed[0])];
  return failed.map((check) => (isUpstream(check) ? adviseAccess(system, check) : adviseCheck(system, check)));
}

function isUpstream({ detail }: ProbeCheck): boolean {
  return detail.startsWith('UPSTREAM_');
}

function adviseAccess({ source, vendor }: SystemReport, { name, detail }: ProbeCheck): Advice {
  const setting = detail.startsWith('UPSTREAM_AUTH') ? credentialSettings(source, vendor).join(', ') : null;
  const reason = `${source} does not let us read ${name}: its fields stay empty, with an error, until the credentials may`;
  return { setting, value: null, reason };
}

function adviseCheck({ source }: SystemReport, { name, detail }: ProbeCheck): Advice {
  return { setting: null, value: null, reason: `${source}, ${name}: ${detail}` };
}

function adviseFailure({ source, vendor }: SystemReport, check: ProbeCheck | undefined): Advice {
  const [code = ''] = check?.detail.split(':') ?? [];
  if (code === 'UPSTREAM_AUTH') {
    const setting = credentialSettings(source, vendor).join(', ');
    return { setting, value: null, reason: `${source} refuses these credentials: ${check!.name}` };
  }
  if (code === 'UPSTREAM_RATE_LIMITED' || code === 'UPSTREAM_BUDGET_EXHAUSTED') {
    return { setting: null, value: null, reason: `${source} asks us to slow down: run this again later` };
  }
  const reason = `${source} does not answer as ${vendor} does: check the address, and that this machine may reach it`;
  return { setting: `${prefixOf(source)}URL`, value: null, reason };
}

/** Below this share, a day's work may end before the day. */
const LOW_BUDGET = 0.2;

function adviseBudget({ source, budget }: SystemReport): Advice[] {
  if (budget === null || budget.remaining >= budget.limit * LOW_BUDGET) return [];
  const reason = `${source} has ${budget.remaining} of ${budget.limit} calls left: look for who else uses them`;
  return [{ setting: null, value: null, reason }];
}

const LOST: Readonly<Record<Domain, string>> = {
  CRM: 'deals, tickets and activities',
  SHOP: 'orders, returns and products',
  ACCOUNTING: 'invoices, payments and receivables',
};

function adviseDomains(systems: readonly SystemReport[]): Advice[] {
  return (['CRM', 'SHOP', 'ACCOUNTING'] as const)
    .filter((domain) => !systems.some((system) => system.domain === domain))
    .map((domain) => ({
      setting: `${domain}_SOURCES`,
      value: null,
      reason: `no such system is configured, so ${LOST[domain]} are not in the graph`,
    }));
}
