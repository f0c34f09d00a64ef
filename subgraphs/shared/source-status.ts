import { z } from 'zod';

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
