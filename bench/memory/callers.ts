import { join } from 'node:path';
import { createLogger } from '../../common/log.ts';
import { addClient } from '../../gateway/clients/edits.ts';
import { createKeyFileRing } from '../../gateway/issuer/key-file.ts';
import { audienceOf } from '../../gateway/issuer/settings.ts';
import { signToken } from '../../gateway/issuer/sign-token.ts';

export const PUBLIC_URL = 'http://localhost';

/** Audiences by what their tokens open. */
const SCOPES = {
  shopper: ['orders:read'],
  support: ['orders:read', 'customers:pii'],
  office: ['orders:read', 'customers:pii', 'finance:cost'],
};
export type Audience = keyof typeof SCOPES;

export interface Callers {
  /** Of one token for each audience, for good. */
  headersOf(audience: Audience): Record<string, string>;
  /** Of many tokens, in turns. */
  nextHeaders(): Record<string, string>;
  /** What a client sends to the gateway for a token. */
  tokenForm(audience: Audience): string;
  /** A token that is good, but not for this gateway. */
  strangerHeaders: Record<string, string>;
}

const HOURS_3 = 3 * 3600;
const BUDGET = 1_000_000_000;

/** Registers the clients in the gateway's folder, and signs so many tokens with the key that it will find there. */
export async function createCallers(stateDir: string, tokens: number): Promise<Callers> {
  const log = createLogger({ level: 'silent', name: 'bench' });
  const keyRing = await createKeyFileRing({ path: join(stateDir, 'issuer-keys.json'), log });
  const audiences = Object.keys(SCOPES) as Audience[];
  const secrets = new Map<Audience, string>();
  for (const id of audiences) {
    const client = { id, scopes: SCOPES[id], rows: 'all', budget: BUDGET, expiresAt: null } as const;
    secrets.set(id, await addClient(join(stateDir, 'clients.json'), client, new Date()));
  }
  const sign = async (clientId: Audience, audience = audienceOf(PUBLIC_URL)) => {
    const token = { issuer: PUBLIC_URL, audience, clientId, scopes: SCOPES[clientId], own: null, ttlSeconds: HOURS_3 };
    return { authorization: `Bearer ${await signToken(await keyRing(), token)}` };
  };
  const kept = new Map<Audience, Record<string, string>>();
  for (const audience of audiences) kept.set(audience, await sign(audience));
  const many: Record<string, string>[] = [];
  for (let token = 0; token < tokens; token += 1) many.push(await sign(audiences[token % audiences.length]!));
  let turn = 0;
  return {
    headersOf: (audience) => kept.get(audience)!,
    nextHeaders: () => many[turn++ % many.length]!,
    tokenForm: (audience) =>
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: audience,
        client_secret: secrets.get(audience)!,
      }).toString(),
    strangerHeaders: await sign('office', 'https://elsewhere.example/graphql'),
  };
}
