import { randomBytes } from 'node:crypto';
import { type Adapter, errors, Provider, type ProviderClient, type TokenContext } from 'oidc-provider';
import type { Logger } from '../../common/log.ts';
import type { Client } from '../clients/client.ts';
import { CUSTOMER_DETAIL, isCustomerDetail } from './own-customer.ts';
import type { SecretCheck } from './secret-check.ts';
import { type KeyRing, SIGNING_ALGORITHM } from './signing-key.ts';

export const TOKEN_PATH = '/oauth/token';
export const JWKS_PATH = '/oauth/jwks';

export interface ProviderOptions {
  issuer: string;
  audience: string;
  tokenTtlSeconds: number;
  ring: KeyRing;
  /** An active client, or null. */
  findClient(id: string): Promise<Client | null>;
  checkSecret(client: Client, secret: string, context: TokenContext): Promise<SecretCheck>;
  log: Logger;
}

/** The client credentials grant (RFC 6749, section 4.4) with JWT access tokens (RFC 9068); all else is switched off. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, ring, log } = options;
  const provider = new Provider(issuer, {
    adapter: (name) => (name === 'Client' ? clientAdapter(options) : NOTHING_STORED),
    jwks: { keys: ring.published.map(({ privateJwk }) => privateJwk) },
    routes: { token: TOKEN_PATH, jwks: JWKS_PATH },
    responseTypes: [],
    scopes: [],
    claims: {},
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    enabledJWA: { idTokenSigningAlgValues: [SIGNING_ALGORITHM] },
    clientBasedCORS: () => false,
    renderError: (context, out) => {
      context.type = 'json';
      context.body = out;
    },
    ttl: { ClientCredentials: options.tokenTtlSeconds },
    features: {
      ...Object.fromEntries(UNUSED_FEATURES.map((name) => [name, { enabled: false }])),
      clientCredentials: { enabled: true },
      resourceIndicators: resourceOf(options),
      richAuthorizationRequests: CUSTOMER_DETAILS,
    },
  });
  useHashedSecrets(provider, options);
  provider.on('server_error', (_context, err) => log.error({ err }, 'the issuer failed'));
  provider.on('error', (err) => log.error({ err }, 'the issuer failed'));
  return provider;
}

/** On by default in oidc-provider. */
const UNUSED_FEATURES = [
  'devInteractions',
  'dPoP',
  'pushedAuthorizationRequests',
  'rpInitiatedLogout',
  'userinfo',
] as const;

const NOTHING_STORED: Adapter = {
  find: async () => undefined,
  upsert: async () => {},
  consume: async () => {},
  destroy: async () => {},
  revokeByGrantId: async () => {},
};

function clientAdapter({ findClient }: ProviderOptions): Adapter {
  // oidc-provider wants a secret in the clear. This one nobody knows, and it is never compared: see useHashedSecrets.
  const unknowable = randomBytes(32).toString('base64url');
  return {
    ...NOTHING_STORED,
    find: async (id) => {
      const client = await findClient(id);
      if (!client) return undefined;
      return {
        client_id: client.id,
        client_secret: unknowable,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_basic',
        authorization_details_types: client.namesCustomer ? [CUSTOMER_DETAIL] : [],
      };
    },
  };
}

/** What oidc-provider's documentation recommends for secrets that are kept as hashes. */
function useHashedSecrets(provider: Provider, { findClient, checkSecret }: ProviderOptions): void {
  provider.Client.prototype.compareClientSecret = async function (secret) {
    const client = await findClient(this.clientId);
    const context = Provider.ctx;
    if (!client || !context) return false;
    const outcome = await checkSecret(client, secret, context);
    if (outcome !== 'too-often') return outcome === 'right';
    context.set('retry-after', '60');
    throw new errors.InvalidRequest('too many attempts, try again in a minute', 429);
  };
}

/** The graph is the one resource that tokens are for. A request without `scope` gets all that the client may. */
function resourceOf({ audience, tokenTtlSeconds, ring, findClient }: ProviderOptions) {
  return {
    enabled: true,
    defaultResource: () => audience,
    getResourceServerInfo: async ({ oidc }: TokenContext, resource: string, { clientId }: ProviderClient) => {
      const client = await findClient(clientId);
      if (resource !== audience || !client) throw new errors.InvalidTarget();
      const allowed = new Set(client.scopes);
      const wanted = oidc.params.scope?.split(' ') ?? client.scopes;
      if (!wanted.every((scope) => allowed.has(scope))) throw new errors.InvalidScope('requested scope is not allowed');
      oidc.params.scope = wanted.join(' ');
      return {
        scope: client.scopes.join(' '),
        accessTokenFormat: 'jwt',
        accessTokenTTL: tokenTtlSeconds,
        jwt: { sign: { alg: SIGNING_ALGORITHM, kid: ring.signing.kid } },
      };
    },
  };
}

const CUSTOMER_DETAILS = {
  enabled: true,
  types: {
    [CUSTOMER_DETAIL]: {
      validate: (_context: TokenContext, detail: unknown) => {
        if (isCustomerDetail(detail)) return;
        throw new errors.InvalidAuthorizationDetails('expected the reference of a customer, as woo:customer:12');
      },
    },
  },
  authorizationDetailsForAccessToken: ({ oidc }: TokenContext) => {
    const details: unknown = JSON.parse(oidc.params.authorization_details ?? '[]');
    if (Array.isArray(details) && details.length === 1) return details;
    throw new errors.InvalidAuthorizationDetails('expected one customer');
  },
  // Of grants and endpoints that are switched off.
  authorizationDetailsForGrantSource: () => undefined,
  authorizationDetailsForIntrospection: () => undefined,
};
