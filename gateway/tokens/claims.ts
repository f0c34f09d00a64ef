/** Verified claims, as the issuer wrote them. */
export type Claims = Readonly<Record<string, unknown>>;

const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** Only what stands in the claims themselves: a claim named `constructor` is not every object's own. */
export function claimAt(claims: Claims, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    claims,
  );
}

export function textAt(claims: Claims, path: readonly string[]): string | null {
  const value = claimAt(claims, path);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** RFC 9068, section 2.2.3: a text with spaces in between. Anything else grants nothing, a list as well. */
export function scopesOf(claim: unknown): string[] {
  return typeof claim === 'string' && SCOPES.test(claim) ? claim.split(' ') : [];
}

/** Groups are a list of texts, or one. */
export function groupsOf(claim: unknown): string[] {
  const list = Array.isArray(claim) ? claim : [claim];
  return list.filter((entry) => typeof entry === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
