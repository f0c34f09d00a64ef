import { z } from 'zod';

const QUERY =
  'query AuditReferences($id: ID!) { customer(id: $id) { id sources { reference } identity { aliases incomplete } } }';
const TIMEOUT_MS = 30_000;

const answerSchema = z.object({
  data: z.object({
    customer: z
      .object({
        id: z.string(),
        sources: z.array(z.object({ reference: z.string() })),
        identity: z.object({ aliases: z.array(z.string()), incomplete: z.literal(false) }),
      })
      .nullable(),
  }),
  errors: z.undefined().optional(),
});

/** All references of a customer. Throws when the graph does not tell all of them. */
export async function askGraph(url: string, id: string, token: string | null): Promise<string[]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: QUERY, variables: { id } }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer = answerSchema.safeParse(await response.json().catch(() => null));
  if (!answer.success)
    throw new Error(`The graph did not tell all references of the customer (HTTP ${response.status})`);
  const { customer } = answer.data.data;
  if (customer === null) return [];
  return [customer.id, ...customer.sources.map(({ reference }) => reference), ...customer.identity.aliases];
}
