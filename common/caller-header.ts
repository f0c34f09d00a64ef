import type { KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { CallerFacts } from './caller.ts';
import { privateKeySchema, publicKeysSchema } from './ed25519.ts';
import { CodedError } from './errors.ts';
import type { RowRuleStore } from './row-rule-store.ts';
import { parseRowRules, rowRulesToJson } from './row-rules.ts';
import { setting } from './settings.ts';

/** Headers of this name are ours alone: what a client sends under it is dropped (`dropOwnHeaders`). */
const OWN_PREFIX = 'x-jeden-';

/** The gateway's signed statement of who asks. */
export const CALLER_HEADER = `${OWN_PREFIX}caller`;

const ISSUER = 'jeden-gateway';
const TYPE = 'jeden-caller+jwt';
const MAX_AGE_S = 60;
const CLOCK_TOLERANCE_S = 5;

/** Node takes 16 KB of headers by default. */
const MAX_INLINE_ROWS_CHARS = 4000;

export const gatewayPrivateKeySetting = setting({
  name: 'GATEWAY_PRIVATE_KEY',
  schema: privateKeySchema,
  default: null,
  secret: true,
  description: "the gateway's private Ed25519 key (PEM): proves to the subgraphs that it is the gateway who asks",
});

export const gatewayPublicKeySetting = setting({
  name: 'GATEWAY_PUBLIC_KEY',
  schema: publicKeysSchema,
  default: null,
  // Not secret; but a PEM file is how keys are kept, and `_FILE` comes with `secret`.
  secret: true,
  description: "the gateway's public Ed25519 key (PEM), several behind each other while it changes",
});

/** `audience` is the subgraph's name. */
export type CallerSigner = (caller: CallerFacts, audience: string) => Promise<string>;

export interface CallerSignerOptions {
  privateKey: KeyObject;
  /** For row rules too long for a header; null where there is none: such callers are refused. */
  rowRules: RowRuleStore | null;
  now?: () => number;
}

/**
 * Signs for one subgraph at a time, so that no subgraph can speak to another as the gateway. The same caller's header is
 * signed anew when half of its life is over.
 */
export function createCallerSigner({ privateKey, rowRules, now = Date.now }: CallerSignerOptions): CallerSigner {
  const signed = new WeakMap<CallerFacts, Map<string, { header: Promise<string>; untilMs: number }>>();
  return (caller, audience) => {
    const byAudience = signed.get(caller) ?? new Map();
    signed.set(caller, byAudience);
    const known = byAudience.get(audience);
    if (known && now() < known.untilMs) return known.header;
    const header = sign(caller, audience, { privateKey, rowRules, now });
    byAudience.set(audience, { header, untilMs: now() + (MAX_AGE_S / 2) * 1000 });
    // Whoever waits for it is told; the next one tries again.
    header.catch(() => byAudience.delete(audience));
    return header;
  };
}

async function sign(caller: CallerFacts, audience: string, options: Required<CallerSignerOptions>): Promise<string> {
  const { privateKey, rowRules, now } = options;
  const { isAuthenticated, clientId, subject, scopes, actor } = caller;
  const rows = rowRulesToJson(caller.rows);
  const text = JSON.stringify(rows);
  const issuedAt = Math.floor(now() / 1000);
  return new SignJWT({
    authenticated: isAuthenticated,
    client: clientId,
    subject,
    scopes: [...scopes],
    actor,
    ...(text.length <= MAX_INLINE_ROWS_CHARS ? { rows } : { rows_id: await putRows(text, rowRules) }),
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + MAX_AGE_S)
    .sign(privateKey);
}

function putRows(text: string, rowRules: RowRuleStore | null): Promise<string> {
  if (rowRules) return rowRules.put(text);
  throw new CodedError('AUTHENTICATION_UNAVAILABLE', 'Row rules as long as the caller has need a Redis');
}

/** Reads who asks from a request's headers. Throws UNAUTHENTICATED for a request that the gateway did not sign. */
export type CallerVerifier = (headers: Readonly<Record<string, unknown>>) => Promise<CallerFacts>;

export interface CallerVerifierOptions {
  /** Several while the gateway's key changes. */
  publicKeys: readonly KeyObject[];
  /** This subgraph's name. */
  audience: string;
  rowRules: RowRuleStore | null;
  now?: () => number;
}

/** Holds public keys alone: whoever takes over a subgraph can't speak as the gateway. */
export function createCallerVerifier(options: CallerVerifierOptions): CallerVerifier {
  const { now = Date.now } = options;
  const known = new LRUCache<string, { facts: CallerFacts; untilMs: number }>({ max: 2000 });
  return async (headers) => {
    const header = headers[CALLER_HEADER];
    if (typeof header !== 'string') throw refusal();
    const entry = known.get(header);
    if (entry && now() < entry.untilMs) return entry.facts;
    const statement = await verify(header, { ...options, now });
    const facts = await toFacts(statement, options.rowRules);
    known.set(header, { facts, untilMs: statement.exp * 1000 });
    return facts;
  };
}

const statementSchema = z.object({
  authenticated: z.boolean(),
  client: z.string().nullable(),
  subject: z.string().nullable(),
  scopes: z.array(z.string()),
  actor: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  rows: z.unknown().optional(),
  rows_id: z.string().optional(),
  exp: z.number(),
});

type Statement = z.infer<typeof statementSchema>;

async function verify(header: string, options: CallerVerifierOptions & { now: () => number }): Promise<Statement> {
  const { publicKeys, audience, now } = options;
  const currentDate = new Date(now());
  for (const key of publicKeys) {
    try {
      const { payload } = await jwtVerify(header, key, {
        algorithms: ['EdDSA'],
        typ: TYPE,
        issuer: ISSUER,
        audience,
        maxTokenAge: MAX_AGE_S,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['exp', 'iat'],
        currentDate,
      });
      return statementSchema.parse(payload);
    } catch {
      // Of another key, or of nobody: told below, without a word of what came.
    }
  }
  throw refusal();
}

async function toFacts(statement: Statement, rowRules: RowRuleStore | null): Promise<CallerFacts> {
  const { authenticated, client, subject, scopes, actor } = statement;
  const rows = statement.rows_id === undefined ? statement.rows : await getRows(statement.rows_id, rowRules);
  return Object.freeze({
    isAuthenticated: authenticated,
    clientId: client,
    subject,
    scopes: new Set(scopes),
    rows: parseRowRules(rows),
    actor,
  });
}

async function getRows(id: string, rowRules: RowRuleStore | null): Promise<unknown> {
  if (rowRules) return JSON.parse(await rowRules.get(id));
  throw new CodedError('AUTHENTICATION_UNAVAILABLE', "The caller's row rules cannot be had here");
}

function refusal(): CodedError {
  return new CodedError('UNAUTHENTICATED', 'Expected the signature of the gateway');
}

/** Takes out of a client's headers what only we may send. */
export function dropOwnHeaders(headers: Record<string, unknown>): void {
  for (const name of Object.keys(headers)) if (isOwnHeader(name)) delete headers[name];
}

export function isOwnHeader(name: string): boolean {
  return name.toLowerCase().startsWith(OWN_PREFIX);
}
