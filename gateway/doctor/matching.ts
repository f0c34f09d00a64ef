import type { Party } from '../../subgraphs/shared/party.ts';
import { parseReference } from '../../subgraphs/shared/reference.ts';

type Member = Pick<Party, 'reference' | 'source' | 'recordType'>;

/** The customer to whom one sampled record belongs, as identity worked it out. Evidence is masked. */
export interface SampledCustomer {
  record: Member;
  members: readonly Member[];
  links: readonly { rule: string; from: string; to: string }[];
  rejected: readonly { rule: string; from: string; to: string; evidence: string; reason: string }[];
  unavailable: readonly { source: string; code: string }[];
}

/** How well records of the systems find each other, by a sample. */
export interface MatchingReport {
  systems: { source: string; sampled: number; linked: number; alone: number }[];
  /** Sampled records that a rule links with another system; one record can be linked by several. */
  rules: { rule: string; records: number }[];
  /** Records that share something and were kept apart. */
  ambiguous: { rule: string; evidence: string; reason: string; references: string[] }[];
  /** Records of one system that are one customer. */
  duplicates: { source: string; references: string[] }[];
  /** Sources that could not be asked, so that matches with them are missing. */
  unavailable: { source: string; code: string }[];
}

/** Sums up what identity said of each sampled record. */
export function summariseMatching(customers: readonly SampledCustomer[]): MatchingReport {
  return {
    systems: bySource(customers),
    rules: byRule(customers),
    ambiguous: ambiguousGroups(customers),
    duplicates: duplicates(customers),
    unavailable: uniqueBy(
      customers.flatMap(({ unavailable }) => unavailable),
      ({ source }) => source,
    ),
  };
}

function bySource(customers: readonly SampledCustomer[]): MatchingReport['systems'] {
  const groups = Map.groupBy(customers, ({ record }) => record.source);
  return [...groups].map(([source, group]) => {
    const linked = group.filter(({ members }) => members.some((member) => member.source !== source)).length;
    return { source, sampled: group.length, linked, alone: group.length - linked };
  });
}

function byRule(customers: readonly SampledCustomer[]): MatchingReport['rules'] {
  const rules = customers.flatMap(({ links }) => [
    ...new Set(links.filter(({ from, to }) => sourceOf(from) !== sourceOf(to)).map(({ rule }) => rule)),
  ]);
  const groups = Map.groupBy(rules, (rule) => rule);
  return [...groups].map(([rule, list]) => ({ rule, records: list.length })).toSorted((a, b) => b.records - a.records);
}

function ambiguousGroups(customers: readonly SampledCustomer[]): MatchingReport['ambiguous'] {
  const groups = Map.groupBy(
    customers.flatMap(({ rejected }) => rejected),
    ({ rule, evidence, reason }) => JSON.stringify([rule, evidence, reason]),
  );
  return [...groups.values()].map((group) => {
    const { rule, evidence, reason } = group[0]!;
    return { rule, evidence, reason, references: printable(group.flatMap(({ from, to }) => [from, to])) };
  });
}

/**
 * The colleagues at one firm are no duplicates of each other, unless something else than the firm links them; a guest
 * who comes back is a guest again.
 */
function duplicates(customers: readonly SampledCustomer[]): MatchingReport['duplicates'] {
  const groups = customers.flatMap(({ members, links }) => {
    const linked = new Set(
      links
        .filter(({ rule }) => rule !== 'CRM_ASSOCIATION')
        .flatMap(({ from, to }) => (sourceOf(from) === sourceOf(to) ? [from, to] : [])),
    );
    const kept = members.filter(({ recordType }) => recordType !== 'GUEST');
    const kinds = Map.groupBy(kept, ({ source, recordType }) => `${source} ${recordType}`);
    return [...kinds.values()]
      .map((same) => same.filter(({ recordType, reference }) => recordType !== 'CONTACT' || linked.has(reference)))
      .filter((same) => same.length > 1)
      .map((same) => ({ source: same[0]!.source, references: printable(same.map(({ reference }) => reference)) }));
  });
  return uniqueBy(groups, ({ references }) => references.join(' '));
}

/** A guest's reference is a long seal under a key of this run: it says nothing to whoever reads the report. */
function printable(references: readonly string[]): string[] {
  return [...new Set(references)].sort().map((reference) => reference.replace(/^(\w+:guest:).*$/, '$1…'));
}

function sourceOf(reference: string): string {
  return parseReference(reference)?.source ?? reference;
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
