import type { ClientRegistry } from './registry.ts';
import { clientKey, tokenKey } from './revocation-key.ts';
import type { SharedRevocations } from './shared-revocations.ts';

/** Asked for every request, also for tokens whose signature was checked before. */
export interface Revocations {
  /** `issuer` is "embedded" or the address of one outside. */
  isTokenRevoked(issuer: string, tokenId: string): Promise<boolean>;
  /** Of the embedded issuer; what the registry itself says of the client counts beside this. */
  isClientRevoked(clientId: string): boolean;
}

/** From the registry file and, when replicas share a Redis, from there; either one is enough to revoke. */
export function createRevocations(registry: ClientRegistry, shared: SharedRevocations | null): Revocations {
  return {
    isTokenRevoked: async (issuer, tokenId) => {
      const key = tokenKey(issuer, tokenId);
      return (await registry.current()).revokedTokens.has(key) || (shared?.has(key) ?? false);
    },
    isClientRevoked: (clientId) => shared?.has(clientKey(clientId)) ?? false,
  };
}
