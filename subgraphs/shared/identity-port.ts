import type { CallerFacts } from '../../common/caller.ts';
import type { CallContext } from './upstream/context.ts';

/** Whom a domain asks identity for: the caller, and the gateway's statement of it, which identity checks itself. */
export interface SignedCaller {
  facts: CallerFacts;
  /** As it came in the header. */
  statement: string;
}

/** A source that could not be asked. */
interface Missing {
  source: string;
  code: string;
}

/** The records of the customers that the caller may see. */
export interface AllowedRecords {
  /** References, earlier ones of the same records too; null where the customers are too many to be listed. */
  references: readonly string[] | null;
  /** Not empty: records may be missing, so that nothing can be said of those that are not among the references. */
  missing: readonly Missing[];
}

/** Whose something is, as far as the caller may know: a customer who must not be seen is like none. */
export type CustomerAnswer =
  | { state: 'seen'; references: readonly string[] }
  | { state: 'none' }
  | ({ state: 'unknown' } & Missing);

/**
 * What the domains ask identity, to apply a caller's row rules. Internal: in no SDL. It answers by the rules in the
 * gateway's statement alone, so that a domain learns no more of customers than the caller whom it serves. Channels are
 * the shop's to judge: here they count for nothing.
 */
export interface IdentityPort {
  recordsOf(caller: SignedCaller, context: CallContext): Promise<AllowedRecords>;
  /** Of each reference, of any kind, in the order asked. */
  customersOf(
    caller: SignedCaller,
    references: readonly string[],
    context: CallContext,
  ): Promise<readonly CustomerAnswer[]>;
}
