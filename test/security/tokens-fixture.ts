import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { createLogger } from '../../common/log.ts';
import { createFixedRegistry } from '../../gateway/clients/registry.ts';
import { createRevocations } from '../../gateway/clients/revocations.ts';
import { type Authenticate, createAuthenticate } from '../../gateway/tokens/authenticate.ts';
import { createExternalIssuer } from '../../gateway/tokens/external-issuer.ts';
import { type IssuerConfig, issuersSchema } from '../../gateway/tokens/issuer-config.ts';

export const AUDIENCE = 'https://graph.test/graphql';

type Algorithm = 'RS256' | 'ES256' | 'EdDSA';

export interface IssuerKey {
  kid: string;
  algorithm: Algorithm;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

export interface TestIssuer extends AsyncDisposable {
  /** Its address, as in `iss`. */
  url: string;
  /** What the key endpoint answers now. */
  published: JWK[];
  /** Answers 503 while true. */
  isDown: boolean;
  keyFetches: number;
  discoveries: number;
  /** Replaces the discovery document's fields. */
  discovery: Record<string, unknown>;
  /** A good token, changed by what is given; `key` default: the first one. */
  sign(claims?: JWTPayload, options?: SignOptions): Promise<string>;
  key: IssuerKey;
}

interface SignOptions {
  key?: IssuerKey;
  header?: Record<string, unknown>;
  /** Claims to leave out. */
  without?: readonly string[];
}

export async function newIssuerKey(kid: string, algorithm: Algorithm = 'RS256'): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    kid,
    algorithm,
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' },
  };
}

/** An OpenID Connect issuer on a free loopback port: discovery and keys, and tokens signed here. */
export async function startIssuer(algorithm: Algorithm = 'RS256'): Promise<TestIssuer> {
  const key = await newIssuerKey('first', algorithm);
  const server = createServer((request, response) => {
    const isKeys = request.url === '/keys';
    if (isKeys) issuer.keyFetches++;
    else issuer.discoveries++;
    if (issuer.isDown) return void response.writeHead(503).end('canary-of-the-issuer');
    const document = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys`, ...issuer.discovery };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isKeys ? { keys: issuer.published } : document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Cast: listening on a port, so the address is none of a pipe.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: TestIssuer = {
    url,
    key,
    published: [key.publicJwk],
    isDown: false,
    keyFetches: 0,
    discoveries: 0,
    discovery: {},
    sign: (claims = {}, options = {}) => sign(url, key, claims, options),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}

async function sign(issuer: string, first: IssuerKey, claims: JWTPayload, options: SignOptions): Promise<string> {
  const { key = first, header = {}, without = [] } = options;
  const all = { ...goodClaims(issuer), ...claims };
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
  return new SignJWT(kept)
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: 'at+jwt', ...header })
    .sign(key.privateKey);
}

export function goodClaims(issuer: string): JWTPayload {
  const now = nowSeconds();
  return {
    iss: issuer,
    aud: AUDIENCE,
    sub: 'user-1',
    client_id: 'app-1',
    scope: 'orders:read customers:read',
    jti: 'token-1',
    iat: now,
    exp: now + 300,
  };
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** A clock that stands where the test puts it. */
export function createTestClock() {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    advance: (ms: number) => {
      offsetMs += ms;
    },
  };
}

/** One issuer's configuration, as an operator writes it. */
export function issuerConfig(issuer: string, more: Record<string, unknown> = {}): IssuerConfig {
  return issuersSchema.parse(JSON.stringify([{ issuer, audience: AUDIENCE, ...more }]))[0]!;
}

export interface Collected {
  authenticate: Authenticate;
  bearer(token: string): ReturnType<Authenticate>;
  /** Every line that was logged. */
  logged(): string;
}

/** What the gateway does with tokens, over one issuer outside. */
export function authenticateWith(
  configs: readonly IssuerConfig[],
  deps: { now?: () => number; cooldownMs?: number; refreshAfterMs?: number; maxStaleMs?: number } = {},
): Collected {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLogger({ level: 'trace', name: 'test', destination });
  const authenticate = createAuthenticate({
    issuers: configs.map((config) => createExternalIssuer(config, { log, ...deps })),
    revocations: createRevocations(createFixedRegistry([]), null),
    now: deps.now,
  });
  return {
    authenticate,
    bearer: (token) => authenticate({ authorization: `Bearer ${token}` }),
    logged: () => lines.join(''),
  };
}
