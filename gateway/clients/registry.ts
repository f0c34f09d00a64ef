import { type Client, toClient } from './client.ts';
import { type ClientFile, type ClientRecord, EMPTY_CLIENT_FILE, parseClientFile } from './client-file.ts';
import { tokenKey } from './revocation-key.ts';
import { createWatchedFile, type WatchedFileOptions } from './watched-file.ts';

export interface ClientSnapshot {
  clients: ReadonlyMap<string, Client>;
  /** Keys of revoked tokens (revocation-key.ts). */
  revokedTokens: ReadonlySet<string>;
}

/** What is known of clients now. */
export interface ClientRegistry {
  /** The same object until something changes. Throws AUTHENTICATION_UNAVAILABLE when nothing recent enough is known. */
  current(): Promise<ClientSnapshot>;
}

/** Follows the registry file; no file is no clients. */
export function createFileRegistry(options: Omit<WatchedFileOptions<ClientSnapshot>, 'parse'>): ClientRegistry {
  const parse = (text: string | null) =>
    toSnapshot(text === null ? EMPTY_CLIENT_FILE : parseClientFile(options.path, text));
  return { current: createWatchedFile({ ...options, parse }) };
}

/** Clients that nobody can change, as the sandbox's. */
export function createFixedRegistry(clients: readonly ClientRecord[]): ClientRegistry {
  const snapshot = toSnapshot({ ...EMPTY_CLIENT_FILE, clients: [...clients] });
  return { current: async () => snapshot };
}

function toSnapshot(file: ClientFile): ClientSnapshot {
  return {
    clients: new Map(file.clients.map((record) => [record.id, toClient(record)])),
    revokedTokens: new Set(file.revokedTokens.map(({ issuer, id }) => tokenKey(issuer, id))),
  };
}
