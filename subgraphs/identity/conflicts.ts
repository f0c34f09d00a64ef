import type { Party } from '../shared/party.ts';
import type { Evidence } from './evidence.ts';
import { emailsOf, taxKeysOf, unitOf } from './identifiers.ts';
import { isListed, type JudgeDeps, type RejectionReason } from './rules.ts';

/** Records that stronger rules have joined. */
export type Cluster = readonly Party[];

/** What speaks against two clusters being one customer. */
export interface Conflicts {
  between(left: Cluster, right: Cluster): RejectionReason | null;
  among(clusters: readonly Cluster[]): RejectionReason | null;
}

export function createConflicts({ evidence, operator }: JudgeDeps): Conflicts {
  const known = new WeakMap<Cluster, Facts>();
  const factsOf = (cluster: Cluster): Facts => {
    const facts = known.get(cluster) ?? toFacts(cluster, evidence);
    known.set(cluster, facts);
    return facts;
  };
  const isForbidden = (left: Cluster, right: Cluster) =>
    operator.forbid.size > 0 && left.some((a) => right.some((b) => isListed(operator.forbid, a, b)));

  const between = (left: Cluster, right: Cluster): RejectionReason | null => {
    if (isForbidden(left, right)) return 'OPERATOR_FORBIDS';
    const [a, b] = [factsOf(left), factsOf(right)];
    if (differ(a.taxKeys, b.taxKeys)) return 'DIFFERENT_TAX_IDS';
    if (differ(a.units, b.units)) return 'DIFFERENT_UNITS';
    return isMixed(a, b) || isMixed(b, a) ? 'PERSON_AND_COMPANY' : null;
  };
  return {
    between,
    among: (clusters) => {
      for (const [index, left] of clusters.entries()) {
        for (const right of clusters.slice(index + 1)) {
          const reason = between(left, right);
          if (reason) return reason;
        }
      }
      return null;
    },
  };
}

interface Facts {
  taxKeys: ReadonlySet<string>;
  units: ReadonlySet<string>;
  hasCompany: boolean;
  personMailboxes: ReadonlySet<string>;
  companyMailboxes: ReadonlySet<string>;
}

function toFacts(cluster: Cluster, { classOf, classOn }: Evidence): Facts {
  const taxed = cluster.filter((party) => party.unitKnown && taxKeysOf(party).length > 0);
  const mailboxes = (wanted: string) =>
    cluster.flatMap((party) => emailsOf(party).filter((email) => classOn(email, party) === wanted));
  return {
    taxKeys: new Set(cluster.flatMap(taxKeysOf)),
    units: new Set(taxed.map(unitOf)),
    hasCompany: cluster.some((party) => classOf(party) === 'COMPANY'),
    personMailboxes: new Set(mailboxes('PERSON')),
    companyMailboxes: new Set(mailboxes('COMPANY')),
  };
}

/** With a company in it, a cluster's people are the company's. */
function isMixed(people: Facts, company: Facts): boolean {
  return !people.hasCompany && !people.personMailboxes.isDisjointFrom(company.companyMailboxes);
}

/** A customer may have several tax ids (a NIP and a foreign one): only those of strangers have none in common. */
function differ(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size > 0 && right.size > 0 && left.isDisjointFrom(right);
}
