import { scrub } from '../scrub.ts';

/** Every client is a series of its own for good, and an issuer outside may name as many as it likes. */
const MAX_CLIENTS = 100;

/** What stands for a client in metrics: the first hundred by name, later ones as "other". */
export function createClientNames(): (clientId: string | null) => string {
  const names = new Map<string, string>();
  return (clientId) => {
    if (clientId === null) return 'anonymous';
    const known = names.get(clientId);
    if (known !== undefined) return known;
    if (names.size >= MAX_CLIENTS) return 'other';
    // Some issuers name a client by somebody's address.
    const name = scrub(clientId).slice(0, 64);
    names.set(clientId, name);
    return name;
  };
}
