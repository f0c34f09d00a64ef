import { z } from 'zod';
import { HttpError } from '../http.ts';

const name = z.string().min(1).max(200);
const invalidationSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('subgraph'), subgraph: name }),
    z.strictObject({ kind: z.literal('type'), subgraph: name, type: name }),
    z.strictObject({
      kind: z.literal('cache_tag'),
      subgraphs: z.array(name).min(1).max(20),
      cache_tag: z.string().min(1).max(1000),
    }),
  ],
  'expected kind subgraph, type or cache_tag',
);
const bodySchema = z.array(invalidationSchema).min(1).max(100);

/** What an operator wants to be forgotten. */
export type Invalidation = z.infer<typeof invalidationSchema>;

/** Reads the body of `POST /cache/invalidate`. */
export function readInvalidations(body: unknown): Invalidation[] {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.length ? `[${path.join('.')}] ` : ''}${message}`,
  );
  throw new HttpError(400, `Expected an array of invalidations: ${problems.join('; ')}`);
}
