import type { Logger } from '../../common/log.ts';
import { ALL_ROWS, intersectRowRules, parseRowRules, type RowRules } from '../../common/row-rules.ts';
import { type Claims, claimAt, groupsOf, scopesOf, textAt } from './claims.ts';
import type { IssuerConfig } from './issuer-config.ts';
import { createIssuerKeyReader } from './issuer-keys.ts';
import { createRemoteKeySet, type RemoteKeySetOptions } from './key-set.ts';
import type { Grant, TrustedIssuer } from './trusted-issuer.ts';

export type ExternalIssuerDeps = Pick<
  RemoteKeySetOptions,
  'log' | 'cooldownMs' | 'refreshAfterMs' | 'maxStaleMs' | 'now'
> & {
  log: Logger;
  fetch?: typeof globalThis.fetch;
};

/** A company's own identity provider. */
export function createExternalIssuer(config: IssuerConfig, { fetch, ...deps }: ExternalIssuerDeps): TrustedIssuer {
  const { issuer, audience, assertionAudience, algorithms, typ, nameClaim } = config;
  const grants = new WeakMap<Claims, Grant>();
  const nameOf = (claims: Claims) => textAt(claims, nameClaim);
  return {
    issuer,
    revocationName: issuer,
    keys: createRemoteKeySet({ ...deps, read: createIssuerKeyReader(config, fetch) }),
    access: { audience, algorithms, typ },
    // An ID token has no type of its own.
    assertion: assertionAudience && { audience: assertionAudience, algorithms, typ: null },
    nameOf,
    grantOf: async (claims) => {
      const grant = grants.get(claims) ?? toGrant(config, claims, nameOf(claims));
      grants.set(claims, grant);
      return grant;
    },
  };
}

function toGrant(config: IssuerConfig, claims: Claims, name: string | null): Grant {
  const { scopeClaim, clientIdClaim, groupsClaim, groups, budget, documents } = config;
  const clientId = clientIdClaim
    ? textAt(claims, clientIdClaim)
    : (textAt(claims, ['client_id']) ?? textAt(claims, ['azp']));
  const memberships = groupsOf(claimAt(claims, groupsClaim)).flatMap((group) => groups.get(group) ?? []);
  const scopes = [...scopesOf(claimAt(claims, scopeClaim)), ...memberships.flatMap((group) => group.scopes)];
  const subject = textAt(claims, ['sub']);
  return {
    clientId,
    scopes: new Set(scopes),
    rows: toRows(config, claims, memberships),
    budget,
    documents,
    // A token that a client got for itself has no person behind it.
    actor: subject === null || subject === clientId ? null : { id: subject, name },
  };
}

/** All that is said of rows holds; where nothing is said, what the configuration says. */
function toRows(config: IssuerConfig, claims: Claims, memberships: readonly { rows: RowRules }[]): RowRules {
  const { rowsClaim, own, owner } = config;
  const stated = claimAt(claims, rowsClaim);
  const said = [
    ...memberships.map(({ rows }) => rows),
    ...(stated === undefined ? [] : [parseRowRules(stated)]),
    ...(own ? ruleOfClaim('own', own, claims) : []),
    ...(owner ? ruleOfClaim('owner', owner, claims) : []),
  ];
  return said.length === 0 ? config.rows : said.reduce(intersectRowRules, ALL_ROWS);
}

function ruleOfClaim(
  rule: 'own' | 'owner',
  { claim, prefix }: { claim: readonly string[]; prefix: string },
  claims: Claims,
): RowRules[] {
  const value = claimAt(claims, claim);
  if (value === undefined) return [];
  // What is neither a text nor a number makes no reference, and a rule without one denies.
  const isId = typeof value === 'string' || typeof value === 'number';
  return [parseRowRules({ [rule]: isId ? `${prefix}${value}` : null })];
}
