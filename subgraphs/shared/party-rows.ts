import DataLoader from 'dataloader';
import { CodedError, ERROR_CODES, type ErrorCode } from '../../common/errors.ts';
import { ALL_ROWS, NO_ROWS, type RowRules } from '../../common/row-rules.ts';
import type { AllowedRecords, CustomerAnswer, IdentityPort, SignedCaller } from './identity-port.ts';
import type { CallContext } from './upstream/context.ts';

/** Which rows a caller may see, told by the parties to whom they belong. Lives as long as the request. */
export interface PartyRows {
  /** `all`: nothing has to be looked at. `none`: nothing has to be read. */
  kind: 'all' | 'none' | 'some';
  /**
   * Whether the caller may see what belongs to these records: to all of them, and what is nobody's is not theirs.
   * Throws where that can't be told now.
   */
  sees(parties: readonly string[]): Promise<boolean>;
  /** The records of all customers that the caller may see, if they are few enough to be listed. */
  records(): Promise<AllowedRecords>;
}

interface PartyRowsDeps {
  /** What of the caller's rules this domain leaves to identity: `forParties`, or `withoutChannels`. */
  rules: RowRules;
  caller: SignedCaller;
  /** Null where no caller's rules are known either. */
  identity: IdentityPort | null;
}

const TOO_MANY: AllowedRecords = { references: null, missing: [] };

export function createPartyRows({ rules, caller, identity }: PartyRowsDeps, call: CallContext): PartyRows {
  if (rules.kind === 'all') return { kind: 'all', sees: async () => true, records: async () => TOO_MANY };
  if (rules.kind === 'none' || !identity) {
    return { kind: 'none', sees: async () => false, records: async () => ({ references: [], missing: [] }) };
  }
  let asked: Promise<AllowedRecords> | null = null;
  const records = () => {
    asked ??= identity.recordsOf(caller, call);
    return asked;
  };
  const customers = new DataLoader<string, CustomerAnswer>((references) =>
    identity.customersOf(caller, references, call),
  );
  let known: ReadonlySet<string> | null = null;
  return {
    kind: 'some',
    records,
    sees: async (parties) => {
      const { references, missing } = await records();
      if (references === null) return isSeen(await Promise.all(parties.map((party) => customers.load(party))));
      known ??= new Set(references);
      if (parties.length > 0 && parties.every((party) => known!.has(party))) return true;
      if (missing[0]) throw cannotTell(missing[0]);
      return false;
    },
  };
}

function isSeen(answers: readonly CustomerAnswer[]): boolean {
  if (answers.some(({ state }) => state === 'none')) return false;
  for (const answer of answers) if (answer.state === 'unknown') throw cannotTell(answer);
  return answers.length > 0;
}

function cannotTell({ source, code }: { source: string; code: string }): CodedError {
  const known: ErrorCode = Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'UPSTREAM_UNAVAILABLE';
  return new CodedError(known, `Whether the caller may see this can't be told while ${source} does not answer`, {
    details: { source },
  });
}

/** The records of the customer whom a reference of any kind means; null for nobody, and for whom the caller may not see. */
export async function recordsAt(
  reference: string,
  { rows, caller, identity }: Omit<PartyRowsDeps, 'rules'> & { rows: PartyRows },
  call: CallContext,
): Promise<readonly string[] | null> {
  if (rows.kind === 'none') return null;
  if (!identity) return [reference];
  const [answer] = await identity.customersOf(caller, [reference], call);
  if (answer?.state === 'unknown') throw cannotTell(answer);
  return answer?.state === 'seen' ? answer.references : null;
}

/** The rules as a domain reads them that knows no channels: a rule that it cannot judge denies. */
export function forParties(rules: RowRules): RowRules {
  return rules.kind === 'restricted' && rules.channels !== null ? NO_ROWS : simplified(rules);
}

/** The rules but for the channels, which the shop judges itself. */
export function withoutChannels(rules: RowRules): RowRules {
  if (rules.kind !== 'restricted') return rules;
  return rules.channels?.length === 0 ? NO_ROWS : simplified({ ...rules, channels: null });
}

function simplified(rules: RowRules): RowRules {
  if (rules.kind !== 'restricted') return rules;
  const { customers, owner, own } = rules;
  if (customers?.length === 0 || owner?.length === 0) return NO_ROWS;
  return customers === null && owner === null && own === null ? ALL_ROWS : rules;
}

/**
 * Reads a record and answers null where the caller may not see it, as where there is none. Asks whose it may be at the
 * same time, so that both take equally long.
 */
export async function readSeen<T>(
  rows: PartyRows,
  read: () => Promise<T | null>,
  partiesOf: (record: T) => readonly string[] | Promise<readonly string[]>,
): Promise<T | null> {
  if (rows.kind === 'all') return read();
  if (rows.kind === 'none') return null;
  const [record] = await Promise.all([read(), rows.records()]);
  const isSeen = await rows.sees(record === null ? [] : await partiesOf(record));
  return isSeen ? record : null;
}

/** Those that the caller may see, in the order given. */
export async function keepSeen<T>(
  rows: PartyRows,
  records: readonly T[],
  partiesOf: (record: T) => readonly string[] | Promise<readonly string[]>,
): Promise<T[]> {
  if (rows.kind === 'all') return [...records];
  if (rows.kind === 'none') return [];
  const seen = await Promise.all(records.map(async (record) => rows.sees(await partiesOf(record))));
  return records.filter((_, index) => seen[index]);
}
