import type { Replica } from '../../test/e2e/replicas.ts';

/** Setting of every replica, so that the benchmark can empty what they share. */
export const INVALIDATION_KEY = 'bench-invalidation-key-0123456789';

/** As if nothing had ever been read. */
export async function forgetAll({ adminUrl }: Replica): Promise<void> {
  const subgraphs = ['identity', 'crm', 'shop', 'accounting'];
  const response = await fetch(`${adminUrl}/cache/invalidate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: INVALIDATION_KEY },
    body: JSON.stringify(subgraphs.map((subgraph) => ({ kind: 'subgraph', subgraph }))),
  });
  if (response.status !== 202) throw new Error(`The cache could not be emptied: ${response.status}`);
}
