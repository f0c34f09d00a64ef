import type { CallerRights } from './rule.ts';

/** No token. */
export const ANONYMOUS: CallerRights = { isAuthenticated: false, scopes: new Set(), policies: new Set() };

/** A scope claim is a space-separated string (RFC 8693, section 4.2); anything else grants nothing. */
export function readScopes(claim: unknown): ReadonlySet<string> {
  return new Set(typeof claim === 'string' ? claim.split(' ').filter((scope) => scope !== '') : []);
}

/** Says whether a policy holds for a caller with these verified claims. */
export type Policy = (claims: Readonly<Record<string, unknown>>) => boolean | Promise<boolean>;

/** Which of the named policies hold. One that is missing, throws, or answers anything but `true` does not. */
export async function evaluatePolicies(
  names: Iterable<string>,
  policies: ReadonlyMap<string, Policy>,
  claims: Readonly<Record<string, unknown>>,
  onFailed: (name: string, error: unknown) => void,
): Promise<ReadonlySet<string>> {
  const outcomes = await Promise.all(
    [...new Set(names)].map(async (name) => {
      try {
        return (await policies.get(name)?.(claims)) === true ? [name] : [];
      } catch (error) {
        onFailed(name, error);
        return [];
      }
    }),
  );
  return new Set(outcomes.flat());
}
