import type { Identifier, Party } from '../shared/party.ts';
import { asksOf, furtherAsksOf, toAsks, toReferenceAsks } from './asks.ts';
import type { Ask, Directory, Unavailable } from './domains.ts';
import { createEvidence } from './evidence.ts';
import { keyOf } from './identifiers.ts';
import { type Joined, joinRecords } from './join.ts';
import type { OperatorLinks } from './links-file.ts';
import type { PartyReader } from './party-reader.ts';
import { type JudgeDeps, type Judgement, judge, type Rejection } from './rules.ts';

/** One customer as far as the records seen tell. */
export interface Group {
  records: readonly Party[];
  links: readonly Judgement[];
  rejected: readonly Rejection[];
}

/**
 * What the records seen so far say. A record leads to those that its own identifiers find and that a rule links with it.
 * Records are one customer only where each leads to each (mutual search): then everybody of them sees the same records
 * and the same evidence, and the answer is the same wherever one starts.
 */
export interface View {
  /** Everything that this record leads to, itself first; at most `limit`. */
  reach(start: Party, limit: number): Party[];
  /** What must be known to judge this record: its own look-ups, and the companies of the contacts on its mailboxes. */
  needs(party: Party): Ask[];
  /** Sources that failed to tell what must be known. */
  failures(party: Party): Unavailable[];
  groupOf(start: Party): Group;
}

export interface ViewDeps {
  reader: PartyReader;
  directory: Directory;
  operator: OperatorLinks;
  pointersOnly: boolean;
}

export function createView({ reader, directory, operator, pointersOnly }: ViewDeps): View {
  const partiesIn = (asks: readonly Ask[]) => {
    const found = new Set(asks.flatMap((ask) => reader.answer(ask)?.found ?? []));
    return [...found].map((reference) => reader.party(reference)).filter((party) => party !== undefined);
  };
  const found = (identifier: Identifier) => partiesIn(toAsks(identifier));
  const deps: JudgeDeps = { evidence: createEvidence({ party: reader.party, found }), operator, pointersOnly };

  const ownAsks = memoize((party) => [...asksOf(party, operator, directory), ...furtherAsksOf(party, reader)]);
  const findsOf = memoize((party) => partiesIn(ownAsks(party)).filter((other) => other !== party));
  const judgementsOf = memoize((party) =>
    findsOf(party)
      .map((other) => ({ other, judgement: judge(party, other, deps) }))
      .filter((pair): pair is Judged => pair.judgement !== null),
  );
  const leadsTo = memoize((party) =>
    judgementsOf(party)
      .filter(({ judgement }) => judgement.reason === null)
      .map(({ other }) => other),
  );
  const needs = (party: Party) => [
    ...ownAsks(party),
    ...findsOf(party).flatMap((other) =>
      other.recordType === 'CONTACT' ? toReferenceAsks(other.associations, directory) : [],
    ),
  ];
  const joinedOf = memoize((start) =>
    joinMutual(start, reach(start, leadsTo, Number.POSITIVE_INFINITY), leadsTo, deps),
  );

  return {
    reach: (start, limit) => reach(start, leadsTo, limit),
    needs,
    failures: (party) => failuresOf(needs(party), reader),
    groupOf: (start) => {
      const joined = joinedOf(start);
      const records = joined.clusters.find((cluster) => cluster.includes(start))!;
      return { records, ...explain(records, joined, judgementsOf) };
    },
  };
}

interface Judged {
  other: Party;
  judgement: Judgement;
}

function reach(start: Party, leadsTo: (party: Party) => readonly Party[], limit: number): Party[] {
  const seen = new Set([start]);
  for (const party of seen) {
    for (const next of leadsTo(party)) if (seen.size < limit) seen.add(next);
  }
  return [...seen];
}

/** Joins the records that lead back to the start. */
function joinMutual(
  start: Party,
  reached: readonly Party[],
  leadsTo: (party: Party) => readonly Party[],
  deps: JudgeDeps,
): Joined {
  const backwards = new Map<Party, Party[]>(reached.map((party) => [party, []]));
  for (const party of reached) for (const next of leadsTo(party)) backwards.get(next)?.push(party);
  const mutual = reach(start, (party) => backwards.get(party)!, Number.POSITIVE_INFINITY);
  // Sorted, so that reasons and links come out alike from every start.
  mutual.sort((left, right) => (left.reference < right.reference ? -1 : 1));
  return joinRecords(mutual, linksAmong(mutual, deps), deps);
}

function linksAmong(parties: readonly Party[], deps: JudgeDeps): Judgement[] {
  return parties.flatMap((party, index) =>
    parties.slice(index + 1).flatMap((other) => {
      const judgement = judge(party, other, deps);
      return judgement?.reason === null ? [judgement] : [];
    }),
  );
}

function explain(
  records: readonly Party[],
  { links, removed }: Joined,
  judgementsOf: (party: Party) => readonly Judged[],
): Pick<Group, 'links' | 'rejected'> {
  const own = new Set(records.map(({ reference }) => reference));
  const isOwn = ({ from, to }: Judgement) => own.has(from) || own.has(to);
  const rejected = new Map<string, Rejection>();
  for (const { other, judgement } of records.flatMap(judgementsOf)) {
    if (own.has(other.reference)) continue;
    const reason = judgement.reason ?? 'NOT_FOUND_BOTH_WAYS';
    rejected.set(`${judgement.from} ${judgement.to}`, { ...judgement, reason });
  }
  for (const link of removed.filter(isOwn)) rejected.set(`${link.from} ${link.to}`, link);
  return {
    links: links.filter(({ from, to }) => own.has(from) && own.has(to)),
    rejected: [...rejected.values()].sort((left, right) => (pairOf(left) < pairOf(right) ? -1 : 1)),
  };
}

function pairOf({ from, to }: Judgement): string {
  return `${from} ${to}`;
}

/** A reference has one owner: whoever found it, the others' failures don't matter. */
function failuresOf(asks: readonly Ask[], reader: PartyReader): Unavailable[] {
  const byIdentifier = Map.groupBy(asks, ({ identifier }) => keyOf(identifier));
  return [...byIdentifier.values()].flatMap((same) => {
    const answers = same.map(reader.answer);
    const isSettled = same[0]!.identifier.kind === 'REFERENCE' && answers.some((answer) => answer?.found.length);
    return isSettled ? [] : answers.flatMap((answer) => answer?.failures ?? []);
  });
}

function memoize<T>(compute: (party: Party) => T): (party: Party) => T {
  const known = new Map<Party, T>();
  return (party) => {
    if (!known.has(party)) known.set(party, compute(party));
    return known.get(party)!;
  };
}
