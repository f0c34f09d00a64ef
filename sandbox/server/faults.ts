import { z } from 'zod';
import { perVendor, type Vendor } from './vendors.ts';

/** How a server misbehaves; settable while it runs. */
export const faultsSchema = z.strictObject({
  /** Waited before every answer. */
  latencyMs: z.number().int().min(0).max(120_000),
  /** Share of requests that fail with `errorStatus`, 0 to 1; which ones is the same in every run. */
  errorRate: z.number().min(0).max(1),
  errorStatus: z.number().int().min(400).max(599),
  /**
   * outage: connections are closed unanswered; hang: a request is never answered; html: a firewall's page with status
   * 200; truncated: half of the real answer; wrong-shape: valid JSON that is not what the vendor promises.
   */
  mode: z.enum(['none', 'outage', 'hang', 'html', 'truncated', 'wrong-shape']),
  /** Answer 429 above the vendor's rate limits. */
  rateLimited: z.boolean(),
  /** Only requests whose path contains this text misbehave; null = all. */
  path: z.string().nullable(),
  /** So many matching requests misbehave, then all is well again; null = for ever. */
  times: z.number().int().min(0).nullable(),
});

export type Faults = z.infer<typeof faultsSchema>;

const NO_FAULTS: Faults = {
  latencyMs: 0,
  errorRate: 0,
  errorStatus: 503,
  mode: 'none',
  rateLimited: false,
  path: null,
  times: null,
};

export interface FaultStore {
  get(vendor: Vendor): Faults;
  /** Changes the named settings and leaves the others. */
  set(vendor: Vendor, change: Partial<Faults>): void;
  /** Back to how the sandbox started. */
  reset(vendor: Vendor): void;
  /** The faults of one request, counted against `times`; null = it is served well. */
  take(vendor: Vendor, path: string): Faults | null;
}

export function createFaultStore(initial: Partial<Record<Vendor, Partial<Faults>>> = {}): FaultStore {
  const start = (vendor: Vendor): Faults => ({ ...NO_FAULTS, ...initial[vendor] });
  const current = perVendor(start);
  return {
    get: (vendor) => ({ ...current[vendor] }),
    set: (vendor, change) => {
      current[vendor] = { ...current[vendor], ...change };
    },
    reset: (vendor) => {
      current[vendor] = start(vendor);
    },
    take: (vendor, path) => {
      const faults = current[vendor];
      if (faults.path !== null && !path.includes(faults.path)) return null;
      if (faults.times === null) return faults;
      if (faults.times === 0) return null;
      current[vendor] = { ...faults, times: faults.times - 1 };
      return faults;
    },
  };
}
