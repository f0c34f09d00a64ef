/** How revocations name the embedded issuer, so that they outlive a change of the public address. */
export const EMBEDDED_ISSUER = 'embedded';

/** What was revoked, as one text; JSON keeps the parts apart whatever they hold. */
export function tokenKey(issuer: string, tokenId: string): string {
  return JSON.stringify(['token', issuer, tokenId]);
}

export function clientKey(clientId: string): string {
  return JSON.stringify(['client', clientId]);
}
