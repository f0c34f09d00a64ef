import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { NO_ROWS, parseRowRules } from '../../common/row-rules.ts';
import { setting } from '../../common/settings.ts';
import { isTrustworthyUrl } from './issuer-keys.ts';

/** Only signatures whose key the issuer keeps to itself. With HS256 whoever can verify can sign; "none" is no signature. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const oneOrMany = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1),
]);

/** A claim's name, or the way to it: ["realm_access", "roles"]. A name may hold dots, as "https://example.com/groups". */
const claimPath = oneOrMany;

/** Rules as common/row-rules.ts reads them; here, unlike in a token, wrong ones are told. */
const rowRules = z.unknown().transform((value, context) => {
  const rules = parseRowRules(value);
  if (rules !== NO_ROWS || value === 'none') return rules;
  context.addIssue({ code: 'custom', message: 'expected all, none, or rules: customers, channels, owner, own' });
  return z.NEVER;
});

/** A row rule made of a claim: `{ claim: shop_customer, prefix: "woo:customer:" }`. */
const referenceClaim = z.strictObject({
  claim: claimPath,
  prefix: z.string().regex(/^[a-z][a-z0-9_]{0,63}:[a-z][a-z0-9_]{0,63}:$/, 'expected source:type:'),
});

const issuerSchema = z
  .strictObject({
    /** Exactly as in the tokens' `iss`. */
    issuer: z.url('expected an address'),
    /** Who tokens for this graph are for. */
    audience: oneOrMany,
    /** Default: what the issuer's discovery document says. */
    jwksUri: z.url('expected an address').nullable().default(null),
    algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']),
    /** `at+jwt` where the issuer sets it (RFC 9068): then its ID tokens cannot pass for access tokens. */
    typ: z.string().min(1).nullable().default(null),
    scopeClaim: claimPath.default(['scope']),
    /** Default: `client_id`, else `azp`. */
    clientIdClaim: claimPath.nullable().default(null),
    /** The person's own name, for the audit. */
    nameClaim: claimPath.default(['name']),
    groupsClaim: claimPath.default(['groups']),
    /** What membership in a group gives beside the token's own scopes. Rows of several groups are ANDed. */
    groups: z
      .record(z.string(), z.strictObject({ scopes: z.array(z.string()).default([]), rows: rowRules }))
      .default({})
      .transform((groups) => new Map(Object.entries(groups))),
    /** Row rules as an object or "all". */
    rowsClaim: claimPath.default(['rows']),
    own: referenceClaim.nullable().default(null),
    owner: referenceClaim.nullable().default(null),
    /** The rows of a token that says nothing of rows. */
    rows: rowRules.default(NO_ROWS),
    /** Cost points a minute of each client; null is the gateway's default. */
    budget: z.int().positive().nullable().default(null),
    /** Whether its clients may send any document; null is the gateway's default. */
    documents: z.enum(['any', 'trusted']).nullable().default(null),
    /**
     * Takes this issuer's tokens for these audiences, typically its ID tokens, as the assertion of who stands behind
     * another token (header `x-actor-assertion`).
     */
    assertionAudience: oneOrMany.nullable().default(null),
    /** Lets keys come over plain http, as inside a mesh that encrypts by itself. */
    allowHttp: z.boolean().default(false),
  })
  .superRefine(({ issuer, jwksUri, allowHttp }, context) => {
    const keysUrl = jwksUri ?? issuer;
    // What is no address at all has been told already.
    if (!URL.canParse(keysUrl) || isTrustworthyUrl(keysUrl, allowHttp)) return;
    context.addIssue({ code: 'custom', message: 'expected an https address' });
  });

/** One OpenID Connect issuer whose tokens are believed. */
export type IssuerConfig = z.infer<typeof issuerSchema>;

/** Reads the list of issuers from JSON or YAML. */
export const issuersSchema = z.string().transform((text, context): IssuerConfig[] => {
  const parsed = z.array(issuerSchema, 'expected a list of issuers, in JSON or YAML').safeParse(parseText(text));
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  const issuers = parsed.data ?? [];
  if (new Set(issuers.map(({ issuer }) => issuer)).size < issuers.length) problems.push('an issuer is in it twice');
  if (problems.length === 0) return issuers;
  context.addIssue({ code: 'custom', message: problems.join('; ') });
  return z.NEVER;
});

export const tokenIssuersSetting = setting({
  name: 'TOKEN_ISSUERS',
  schema: issuersSchema,
  default: null,
  // Not secret; but a file is how a list is kept, and `_FILE` comes with `secret`.
  secret: true,
  description: 'OpenID Connect issuers whose tokens are believed, as a JSON or YAML list',
});

function parseText(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return null;
  }
}
