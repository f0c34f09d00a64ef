import DataLoader from 'dataloader';
import { CodedError, ERROR_CODES, type ErrorCode } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { Identifier, Party } from '../shared/party.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { toReferenceAsks } from './asks.ts';
import { type Ask, type Directory, DOMAINS, type PartyPorts, STARTED, type Unavailable } from './domains.ts';
import { type Explored, type ExploreLimits, explore } from './explore.ts';
import { holds, keyOf } from './identifiers.ts';
import type { OperatorLinks } from './links-file.ts';
import type { Memory } from './memory.ts';
import type { IdentifiedCustomer } from './model.ts';
import { createPartyReader, type PartyReader, type PatientReader } from './party-reader.ts';
import type { Patience } from './patience.ts';
import { compareStrength } from './rank.ts';

/** By what a look-up may start, beside a reference. */
export type LookupIdentifier = Identifier & { kind: keyof typeof STARTED };

/** Whose a reference or an identifier is. All questions of one request share what was read, and their rounds. */
export interface Identities {
  /** Null for nobody's; an error where that can't be told. */
  byReference(reference: string): Promise<IdentifiedCustomer | null>;
  /** All customers that a reference may mean: mostly one. */
  allByReference(reference: string): Promise<IdentifiedCustomer[]>;
  /** All customers that hold it. */
  byIdentifier(identifier: LookupIdentifier): Promise<IdentifiedCustomer[]>;
  /** The customer of each record, in the order given. */
  ofParties(parties: readonly Party[]): Promise<(IdentifiedCustomer | null)[]>;
}

export interface IdentityDeps {
  ports: PartyPorts;
  directory: Directory;
  operator: OperatorLinks;
  memory: Memory;
  /** Default: each request's own. */
  patience?: Patience;
  /** Told of every customer who was answered as last known. */
  onStandIn?(customer: IdentifiedCustomer): void;
  limits?: ExploreLimits;
  log?: Logger;
}

export function createIdentities(deps: IdentityDeps, call: CallContext): Identities {
  const reader = createPartyReader(deps, call);
  const customers = new DataLoader<string, IdentifiedCustomer[]>((references) => resolveAll(references, reader, deps));
  const allByReference = (reference: string) => customers.load(reference);
  const byReference = async (reference: string) => onlyOne(await allByReference(reference));
  const lookups = new DataLoader<LookupIdentifier, IdentifiedCustomer[], string>(
    async (identifiers) => {
      await reader.hasty.ask(identifiers.flatMap(toStartAsks));
      const lookUpOne = async (identifier: LookupIdentifier) =>
        lookUp(identifier, await readerOfStarts(toStartAsks(identifier), reader, deps.memory), byReference);
      return Promise.all(identifiers.map((identifier) => settle(lookUpOne(identifier))));
    },
    { cacheKeyFn: keyOf },
  );
  return {
    byReference,
    allByReference,
    byIdentifier: (identifier) => lookups.load(identifier),
    ofParties: (parties) => {
      reader.keep(parties);
      return Promise.all(parties.map(({ reference }) => byReference(reference)));
    },
  };
}

/**
 * All references of one tick: remembered ones at once, the others in one exploration. Who is known already is asked for
 * hastily: while a domain hangs, the last known customer stands in.
 */
async function resolveAll(
  references: readonly string[],
  reader: PatientReader,
  deps: IdentityDeps,
): Promise<(IdentifiedCustomer[] | Error)[]> {
  const { memory, directory } = deps;
  const recalled = await memory.recall(references);
  const open = references.filter((_, index) => recalled[index]!.fresh === null);
  const known = new Set(references.filter((_, index) => recalled[index]!.known));
  const readerOf = (reference: string) => (known.has(reference) ? reader.hasty : reader);
  const unread = Map.groupBy(
    open.filter((reference) => !reader.party(reference)),
    readerOf,
  );
  await Promise.all([...unread].map(([own, unreadByIt]) => own.ask(toReferenceAsks(unreadByIt, directory))));
  const starts = new Map(open.map((reference) => [reference, startsOf(reference, readerOf(reference), directory)]));
  const customers = await identify([...new Set([...starts.values()].flat())], reader, deps);
  return references.map((reference, index) => {
    const { fresh, known: last } = recalled[index]!;
    if (fresh) return [fresh];
    const found = starts.get(reference)!.map((start) => customers.get(start)!);
    if (found.length > 0) return distinctCustomers(found);
    const failure = failureOf(toReferenceAsks([reference], directory), readerOf(reference));
    if (!failure) return [];
    return last ? [standIn(last, [failure], reader, deps)] : cannotTell(failure);
  });
}

/** The records that a reference names: itself, or whose order or invoice it is. The retail client is nobody. */
function startsOf(reference: string, reader: PartyReader, directory: Directory): Party[] {
  const own = reader.party(reference);
  const found = own ? [reference] : foundBy(toReferenceAsks([reference], directory), reader);
  const parties = found.map((name) => reader.party(name)).filter((party) => party !== undefined);
  return parties.filter(({ isRetail }) => !isRetail);
}

async function identify(
  starts: readonly Party[],
  reader: PatientReader,
  deps: IdentityDeps,
): Promise<Map<Party, IdentifiedCustomer>> {
  const { memory } = deps;
  const since = memory.startFill();
  const recalled = await memory.recall(starts.map(({ reference }) => reference));
  const unknown = starts.filter((_, index) => recalled[index]!.known === null);
  const aged = starts.filter((_, index) => recalled[index]!.known && !recalled[index]!.fresh);
  const [met, seenAgain] = await Promise.all([
    explore(unknown, { ...deps, reader }),
    explore(aged, { ...deps, reader: reader.hasty }),
  ]);
  return new Map(
    starts.map((start, index) => {
      const { fresh, known } = recalled[index]!;
      const one = met.get(start) ?? seenAgain.get(start);
      return [start, one ? conclude(one, known, reader) : fresh!];
    }),
  );

  function conclude(one: Explored, known: IdentifiedCustomer | null, reader: PartyReader): IdentifiedCustomer {
    if (one.unavailable.length > 0 && known) return standIn(known, one.unavailable, reader, deps);
    const customer = toCustomer(one);
    if (!one.incomplete) memory.remember(customer, since);
    return customer;
  }
}

function toCustomer({ records, links, rejected, incomplete, unavailable }: Explored): IdentifiedCustomer {
  const sorted = [...records].sort(compareStrength);
  // Incomplete with all sources there: the customer was too large to be read through, and any of them may have more.
  const isCut = incomplete && unavailable.length === 0;
  const gaps = isCut ? DOMAINS.map((source) => ({ source, code: 'OPERATION_TOO_LARGE' })) : unavailable;
  return { id: sorted[0]!.reference, records: sorted, links, rejected, incomplete, unavailable, gaps };
}

/** What was known before the sources failed, with what the others say now. */
function standIn(
  known: IdentifiedCustomer,
  unavailable: readonly Unavailable[],
  reader: PartyReader,
  { onStandIn }: IdentityDeps,
): IdentifiedCustomer {
  onStandIn?.(known);
  const records = known.records.map((record) => reader.party(record.reference) ?? { ...record, stale: true });
  return { ...known, records, incomplete: true, unavailable, gaps: [] };
}

function distinctCustomers(customers: readonly IdentifiedCustomer[]): IdentifiedCustomer[] {
  return [...new Map(customers.map((customer) => [customer.id, customer])).values()];
}

/** Null for none; AMBIGUOUS for several. */
export function onlyOne(customers: readonly IdentifiedCustomer[]): IdentifiedCustomer | null {
  if (customers.length > 1) throw ambiguous(customers.length);
  return customers[0] ?? null;
}

function ambiguous(count: number): CodedError {
  return new CodedError('AMBIGUOUS', `${count} customers fit; customerCandidates lists them`);
}

/** A look-up that finds nobody but known customers need not wait for a domain that hangs: the others have told enough. */
async function readerOfStarts(asks: readonly Ask[], reader: PatientReader, memory: Memory): Promise<PartyReader> {
  if (!failureOf(asks, reader.hasty)) return reader.hasty;
  const owners = foundBy(asks, reader.hasty);
  const recalled = await memory.recall(owners);
  if (owners.length > 0 && recalled.every(({ known }) => known)) return reader.hasty;
  await reader.ask(asks);
  return reader;
}

async function lookUp(
  identifier: LookupIdentifier,
  reader: PartyReader,
  byReference: (reference: string) => Promise<IdentifiedCustomer | null>,
): Promise<IdentifiedCustomer[]> {
  const asks = toStartAsks(identifier);
  const owners = foundBy(asks, reader).filter((reference) => {
    const party = reader.party(reference);
    return party && !party.isRetail && holds(party, identifier);
  });
  const failure = failureOf(asks, reader);
  if (owners.length === 0 && failure) throw cannotTell(failure);
  const customers = (await Promise.all(owners.map(byReference))).filter((customer) => customer !== null);
  const distinct = distinctCustomers(customers);
  distinct.sort((left, right) => compareStrength(left.records[0]!, right.records[0]!));
  // Apart perhaps only because a source is missing that would join them.
  const missing = failure ?? distinct.flatMap(({ unavailable }) => unavailable)[0];
  if (distinct.length > 1 && missing) throw cannotTell(missing);
  return failure ? distinct.map((customer) => withFailure(customer, failure)) : distinct;
}

function withFailure(customer: IdentifiedCustomer, failure: Unavailable): IdentifiedCustomer {
  const isKnown = customer.unavailable.some(({ source }) => source === failure.source);
  const unavailable = isKnown ? customer.unavailable : [...customer.unavailable, failure];
  return { ...customer, incomplete: true, unavailable, gaps: unavailable };
}

function toStartAsks(identifier: LookupIdentifier): Ask[] {
  return STARTED[identifier.kind].map((domain) => ({ domain, identifier }));
}

function foundBy(asks: readonly Ask[], reader: PartyReader): string[] {
  return [...new Set(asks.flatMap((ask) => reader.answer(ask)?.found ?? []))];
}

function failureOf(asks: readonly Ask[], reader: PartyReader): Unavailable | null {
  return asks.flatMap((ask) => reader.answer(ask)?.failures ?? [])[0] ?? null;
}

export function cannotTell({ source, code }: Unavailable): CodedError {
  const known: ErrorCode = Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'SUBGRAPH_UNAVAILABLE';
  return new CodedError(known, `Who the customer is can't be told while ${source} does not answer`, {
    details: { source },
  });
}

/** An answer, or the source that it lacks. */
type SettledMissing<T> = { value: T } | { missing: Unavailable };

/** What can't be told now is an answer too. */
export async function settleMissing<T>(promise: Promise<T>): Promise<SettledMissing<T>> {
  try {
    return { value: await promise };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { source } = error.details;
    return { missing: { source: typeof source === 'string' ? source : 'identity', code: error.code } };
  }
}

async function settle<T>(promise: Promise<T>): Promise<T | Error> {
  try {
    return await promise;
  } catch (error) {
    return error instanceof Error ? error : new Error('A look-up failed', { cause: error });
  }
}
