import { z } from 'zod';
import { createSourceHealth, type SourceHealth } from './upstream/health.ts';

/** One source as operators see it; `Query.sources` in identity's SDL describes each part. Instants are ISO in UTC. */
export const sourceStatusSchema = z.object({
  name: z.string(),
  vendor: z.string(),
  system: z.enum(['CRM', 'SHOP', 'ACCOUNTING']),
  status: z.enum(['UP', 'DEGRADED', 'DOWN', 'UNKNOWN']),
  lastSuccessAt: z.string().nullable(),
  lastFailure: z.object({ code: z.string(), at: z.string() }).nullable(),
  errorRate: z.number().nullable(),
  circuit: z.enum(['CLOSED', 'OPEN', 'HALF_OPEN']),
  budget: z.object({ limit: z.number(), remaining: z.number(), resetsAt: z.string() }).nullable(),
  sync: z
    .object({
      phase: z.enum(['FULL', 'INCREMENTAL', 'RECONCILING', 'WAITING']),
      recordsSeen: z.number(),
      recordsTotal: z.number().nullable(),
      lastSuccessAt: z.string().nullable(),
    })
    .nullable(),
});

export type SourceStatus = z.infer<typeof sourceStatusSchema>;

interface ListedSources {
  system: SourceStatus['system'];
  sources: readonly { name: string; vendor: string }[];
  /** Of the process; default: nothing is known. */
  health?: SourceHealth;
  /** Null where none runs for the source. */
  syncOf?: (source: string) => Promise<SourceStatus['sync']>;
}

/** The part of a domain's port that tells how its systems are. */
export function createSourceStatuses({ system, sources, health = createSourceHealth(), syncOf }: ListedSources) {
  return async (): Promise<SourceStatus[]> => {
    const states = new Map(health.sources().map((state) => [state.source, state]));
    return Promise.all(
      sources.map(async ({ name, vendor }) => {
        const { source: _name, ...state } = states.get(name) ?? { source: name, ...UNKNOWN };
        return { name, system, sync: (await syncOf?.(name)) ?? null, ...state, vendor };
      }),
    );
  };
}

const UNKNOWN = {
  status: 'UNKNOWN',
  lastSuccessAt: null,
  lastFailure: null,
  errorRate: null,
  circuit: 'CLOSED',
  budget: null,
} as const;
