import { EditError } from '../clients/edits.ts';
import type { ClientRegistry } from '../clients/registry.ts';
import { CUSTOMER_DETAIL } from './own-customer.ts';
import { TOKEN_PATH } from './provider.ts';
import { signToken } from './sign-token.ts';
import type { CurrentKeyRing } from './signing-key.ts';

/** What the operator asked for. */
export interface TokenWish {
  clientId: string;
  /** Null: all that the client may. */
  scope: string | null;
  /** Reference of the customer whom the token is for. */
  own: string | null;
}

const TIMEOUT_MS = 10_000;

/** Asks a running gateway, as the client itself would. */
export async function requestToken(gatewayUrl: string, secret: string, wish: TokenWish): Promise<string> {
  const { clientId, scope, own } = wish;
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (scope !== null) form.set('scope', scope);
  if (own !== null) form.set('authorization_details', JSON.stringify([{ type: CUSTOMER_DETAIL, reference: own }]));
  const response = await fetch(`${gatewayUrl.replace(/\/$/, '')}${TOKEN_PATH}`, {
    method: 'POST',
    headers: { authorization: basicAuth(clientId, secret) },
    body: form,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new EditError(`There is no gateway at ${gatewayUrl}. Start it, or name it by --url`, { cause });
  });
  const body: { access_token?: unknown; error_description?: unknown } = await response.json().catch(() => ({}));
  if (response.ok && typeof body.access_token === 'string') return body.access_token;
  throw new EditError(
    `The gateway gives no token (${response.status}): ${String(body.error_description ?? 'no reason')}`,
  );
}

export interface SigningDeps {
  registry: ClientRegistry;
  keyRing: CurrentKeyRing;
  issuer: string;
  audience: string;
  ttlSeconds: number;
}

/** Signs with the issuer's own key: whoever can read it may do without the client's secret. */
export async function signTokenFor(wish: TokenWish, deps: SigningDeps): Promise<string> {
  const { registry, keyRing, issuer, audience, ttlSeconds } = deps;
  const { clientId, scope, own } = wish;
  const client = (await registry.current()).clients.get(clientId);
  if (!client) throw new EditError(`There is no client "${clientId}"`);
  if (!client.isActive(Date.now())) throw new EditError(`The client "${clientId}" is revoked or expired`);
  const scopes = scope?.split(' ').filter((one) => one !== '') ?? client.scopes;
  const missing = scopes.filter((one) => !client.scopes.includes(one));
  if (missing.length > 0) throw new EditError(`The client "${clientId}" has no scope ${missing.join(', ')}`);
  if (own !== null && !client.namesCustomer) throw new EditError(`Tokens of "${clientId}" do not name a customer`);
  return signToken(await keyRing(), { issuer, audience, clientId, scopes, own, ttlSeconds });
}

/** RFC 6749, section 2.3.1: each part form-encoded first. */
function basicAuth(clientId: string, secret: string): string {
  const parts = [clientId, secret].map(encodeURIComponent).join(':');
  return `Basic ${Buffer.from(parts).toString('base64')}`;
}
