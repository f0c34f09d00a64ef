import { setTimeout as pause } from 'node:timers/promises';
import { createDirectory, type Directory, type PartyPorts } from '../../subgraphs/identity/domains.ts';
import { type Explored, explore } from '../../subgraphs/identity/explore.ts';
import type { OperatorLinks } from '../../subgraphs/identity/links-file.ts';
import { maskEvidence } from '../../subgraphs/identity/masking.ts';
import { createPartyReader } from '../../subgraphs/identity/party-reader.ts';
import type { Party } from '../../subgraphs/shared/party.ts';
import { callContext } from './call-context.ts';
import type { SampledCustomer } from './matching.ts';

export interface MatchDeps {
  ports: PartyPorts;
  operator: OperatorLinks;
  /** Told after each few records how many are done. */
  onProgress?: (done: number) => void;
}

/** So few at a time that a burst does not reach the limit of vendors who count by the second. */
const GROUP_SIZE = 4;

/** Works out to which customer each record belongs, by the engine that answers the graph's queries. */
export async function matchRecords(records: readonly Party[], deps: MatchDeps): Promise<SampledCustomer[]> {
  const directory = createDirectory();
  const customers: SampledCustomer[] = [];
  for (let start = 0; start < records.length; start += GROUP_SIZE) {
    customers.push(...(await matchGroup(records.slice(start, start + GROUP_SIZE), deps, directory)));
    deps.onProgress?.(customers.length);
  }
  return customers;
}

/** A vendor that asks us to slow down gets a pause; what it answered until then is in the record cache. */
const MAX_ATTEMPTS = 8;
const PAUSE_MS = 1500;

async function matchGroup(
  group: readonly Party[],
  { ports, operator }: MatchDeps,
  directory: Directory,
): Promise<SampledCustomer[]> {
  const context = callContext();
  for (let attempt = 1; ; attempt += 1) {
    const reader = createPartyReader({ ports, directory }, context);
    reader.keep(group);
    const explored = await explore(group, { reader, directory, operator });
    const isSlowedDown = [...explored.values()].some(({ unavailable }) => unavailable.some(isRateLimit));
    if (!isSlowedDown || attempt === MAX_ATTEMPTS) {
      return group.map((record) => toSampledCustomer(record, explored.get(record)!));
    }
    await pause(PAUSE_MS, undefined, { signal: context.signal });
  }
}

function isRateLimit({ code }: { code: string }): boolean {
  return code === 'UPSTREAM_RATE_LIMITED' || code === 'UPSTREAM_BUDGET_EXHAUSTED';
}

function toSampledCustomer(record: Party, { records, links, rejected, unavailable }: Explored): SampledCustomer {
  return {
    record,
    members: records,
    links,
    rejected: rejected.map((one) => ({ ...one, evidence: maskEvidence(one), reason: one.reason ?? '' })),
    unavailable,
  };
}
