import type { ProbeReport } from '../../subgraphs/shared/probe.ts';
import type { MatchingReport } from './matching.ts';

/** What the doctor found out. Holds no secret and nobody's data, so that it can be sent to whoever helps. */
export interface DoctorReport {
  /** No systems are configured, so the embedded sandbox was examined. */
  sandbox: boolean;
  /** Whether every source works. */
  ok: boolean;
  systems: SystemReport[];
  /** Null when no source gave a party to begin with. */
  matching: MatchingReport | null;
  advice: Advice[];
}

export type Domain = 'CRM' | 'SHOP' | 'ACCOUNTING';

/** One source, without the people that its probe sampled. */
export interface SystemReport extends Omit<ProbeReport, 'sample'> {
  domain: Domain;
  source: string;
  vendor: string;
  /** HTTP calls that the doctor made to it. */
  calls: number;
}

/** One thing to do. Where a setting is named without a value, only the operator knows it. */
export interface Advice {
  setting: string | null;
  value: string | null;
  reason: string;
}
