import { CALLER_HEADER, type CallerSigner } from '../common/caller-header.ts';
import { ALL_ROWS } from '../common/row-rules.ts';
import type { Policy } from './rights/caller-rights.ts';
import type { RightsIndexOptions } from './rights/rights-index.ts';
import type { Authenticate } from './tokens/authenticate.ts';
import { ANONYMOUS, type Caller } from './tokens/caller.ts';

/** How a gateway tells callers apart, and what it tells its subgraphs of them. */
export interface Authorization extends RightsIndexOptions {
  authenticate: Authenticate;
  /** What `@policy` names, over the token's verified claims. A name that is missing here denies. */
  policies: ReadonlyMap<string, Policy>;
  /** Signs for the subgraphs who asks; null where none of them asks for it. */
  sign: CallerSigner | null;
}

/** For a graph in which nothing is anybody's: everybody may see all of it, whatever its schema declares. */
export const OPEN: Authorization = {
  authenticate: async () => EVERYBODY,
  undeclaredFields: 'public',
  policies: new Map(),
  sign: null,
};

const EVERYBODY: Caller = Object.freeze({ ...ANONYMOUS, rows: ALL_ROWS });

export function isOpen(authorization: Authorization): boolean {
  return authorization === OPEN;
}

/** The headers that tell one subgraph who asks. */
export async function callerHeaders(
  { sign }: Authorization,
  caller: Caller,
  subgraph: string,
): Promise<Record<string, string>> {
  return sign ? { [CALLER_HEADER]: await sign(caller, subgraph) } : {};
}
