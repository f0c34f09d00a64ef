import {
  type ClientFile,
  type ClientRecord,
  EMPTY_CLIENT_FILE,
  formatClientFile,
  parseClientFile,
} from './client-file.ts';
import { hashSecret, newSecret } from './secret-hash.ts';
import { editStateFile } from './state-file.ts';

/** Something the operator asked for that can't be done; the message is for them. */
export class EditError extends Error {
  override name = 'EditError';
}

export type NewClient = Pick<ClientRecord, 'id' | 'scopes' | 'rows' | 'budget' | 'documents' | 'expiresAt'>;

/** Answers the client's secret, which cannot be had again. */
export async function addClient(path: string, client: NewClient, now: Date): Promise<string> {
  const secret = newSecret();
  const hash = await hashSecret(secret);
  const createdAt = now.toISOString();
  await edit(path, (file) => {
    if (file.clients.some(({ id }) => id === client.id)) {
      throw new EditError(`There is a client "${client.id}" already; a name is never given again, also after "revoke"`);
    }
    const record = { ...client, secrets: [{ hash, createdAt, expiresAt: null }], createdAt, revokedAt: null };
    return { ...file, clients: [...file.clients, record] };
  });
  return secret;
}

/** Answers a new secret; those before it work on for `overlapMs`, so that the client can change over. */
export async function rotateSecret(path: string, id: string, overlapMs: number, now: Date): Promise<string> {
  const secret = newSecret();
  const fresh = { hash: await hashSecret(secret), createdAt: now.toISOString(), expiresAt: null };
  const end = new Date(now.getTime() + overlapMs).toISOString();
  await editClient(path, id, (client) => ({
    ...client,
    secrets: [
      ...client.secrets
        .filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now.getTime())
        .map((old) => ({ ...old, expiresAt: earlier(old.expiresAt, end) })),
      fresh,
    ],
  }));
  return secret;
}

/** For good: the client gets no token any more, and those it has are refused. */
export async function revokeClient(path: string, id: string, now: Date): Promise<void> {
  await editClient(path, id, (client) => ({ ...client, revokedAt: client.revokedAt ?? now.toISOString() }));
}

export async function revokeToken(
  path: string,
  token: { issuer: string; id: string; until: Date },
  now: Date,
): Promise<void> {
  const { issuer, id, until } = token;
  await edit(path, (file) => ({
    ...file,
    revokedTokens: [
      ...file.revokedTokens.filter((entry) => Date.parse(entry.until) > now.getTime()),
      { issuer, id, revokedAt: now.toISOString(), until: until.toISOString() },
    ],
  }));
}

function editClient(path: string, id: string, change: (client: ClientRecord) => ClientRecord): Promise<void> {
  return edit(path, (file) => {
    if (!file.clients.some((client) => client.id === id)) throw new EditError(`There is no client "${id}"`);
    return { ...file, clients: file.clients.map((client) => (client.id === id ? change(client) : client)) };
  });
}

function edit(path: string, change: (file: ClientFile) => ClientFile): Promise<void> {
  return editStateFile(path, (text) => {
    const file = text === null ? EMPTY_CLIENT_FILE : parseClientFile(path, text);
    return { text: formatClientFile(path, change(file)), result: undefined };
  });
}

function earlier(first: string | null, second: string): string {
  return first !== null && Date.parse(first) < Date.parse(second) ? first : second;
}
