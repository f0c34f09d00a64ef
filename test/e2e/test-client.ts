import type { ClientRecord } from '../../gateway/clients/client-file.ts';
import { sandboxClients, sandboxSecret } from '../../gateway/clients/sandbox-clients.ts';
import { hashSecret } from '../../gateway/clients/secret-hash.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import type { Dataset } from '../../sandbox/data/dataset.ts';
import { sandboxPeople } from '../../sandbox/people.ts';

/** A client that may see everything: for tests of what there is to see. */
const EVERYTHING = 'everything';
const SECRET = 'everything-secret';

export const ALL_SCOPES = [
  'activities:read',
  'activities:write',
  'admin:connections',
  'customers:pii',
  'customers:read',
  'customers:tax-id',
  'finance:bank',
  'finance:margin',
  'finance:overdue',
  'finance:receivables',
  'findings:read',
  'invoices:documents',
  'invoices:read',
  'orders:read',
  'payments:read',
  'stock:read',
];

/** The sandbox's own clients, and the one that may see everything. */
export async function testClients(dataset: Dataset): Promise<ClientRecord[]> {
  const [one, ...others] = await sandboxClients(sandboxPeople(dataset));
  const secrets = [{ hash: await hashSecret(SECRET), createdAt: one!.createdAt, expiresAt: null }];
  return [{ ...one!, id: EVERYTHING, secrets, scopes: ALL_SCOPES, rows: 'all' }, one!, ...others];
}

/** A token of one of the sandbox's clients. */
export function tokenOf(url: string, clientId: string): Promise<string> {
  return requestToken(url, sandboxSecret(clientId)!, { clientId, scope: null, own: null });
}

export function tokenForEverything(url: string): Promise<string> {
  return requestToken(url, SECRET, { clientId: EVERYTHING, scope: null, own: null });
}
