import type { Party } from '../shared/party.ts';
import type { Evidence, PartyClass } from './evidence.ts';
import { emailsOf, namesOf, phonesOf, taxKeysOf, unitOf } from './identifiers.ts';
import type { OperatorLinks } from './links-file.ts';
import { isSamePerson, personNameOf } from './names.ts';
import type { IdentityRule } from './schema.generated.ts';

export type Rule = IdentityRule;

export type RejectionReason =
  | 'OPERATOR_FORBIDS'
  | 'DIFFERENT_TAX_IDS'
  | 'DIFFERENT_UNITS'
  | 'UNIT_UNKNOWN'
  | 'PERSON_AND_COMPANY'
  | 'SHARED_MAILBOX'
  | 'SHARED_PHONE'
  | 'NOT_FOUND_BOTH_WAYS';

/** The rules from strongest to weakest. A link is right as often as its confidence says; a fixed value, not measured here. */
export const RULES: Readonly<Record<Rule, { confidence: number }>> = {
  OPERATOR: { confidence: 1 },
  EXTERNAL_ID: { confidence: 0.99 },
  CRM_ASSOCIATION: { confidence: 0.98 },
  TAX_ID: { confidence: 0.97 },
  EMAIL: { confidence: 0.93 },
  PHONE_AND_NAME: { confidence: 0.85 },
};

// Cast: Object.keys forgets that the keys are rules.
export const RULE_NAMES = Object.keys(RULES) as readonly Rule[];

/** Two records that a rule joins, or would join if `reason` did not stand against it. `from` is the smaller reference. */
export interface Judgement {
  rule: Rule;
  from: string;
  to: string;
  /** What was equal, unmasked: mask it before it leaves identity. */
  evidence: string;
  reason: RejectionReason | null;
}

/** A link that was not made. */
export interface Rejection extends Judgement {
  reason: RejectionReason;
}

/** What a judgement rests on beside the two records. */
export interface JudgeDeps {
  evidence: Evidence;
  operator: OperatorLinks;
  /**
   * Sources are missing, so that nobody knows who else uses a mailbox: then only what needs no such evidence links, one
   * record's pointer at the other, and a tax id where both tell their unit.
   */
  pointersOnly: boolean;
}

/**
 * The strongest rule that joins two records, or, where none does, the reason why the nearest one does not; null when
 * they have nothing in common. Depends on the two records and the evidence about their own identifiers alone.
 */
export function judge(left: Party, right: Party, deps: JudgeDeps): Judgement | null {
  const [a, b] = left.reference < right.reference ? [left, right] : [right, left];
  const toJudgement = (rule: Rule, finding: Finding) => ({ rule, from: a.reference, to: b.reference, ...finding });
  if (isListed(deps.operator.link, a, b)) return toJudgement('OPERATOR', { evidence: 'links file', reason: null });
  if (a.isRetail || b.isRetail) return null;
  const finders = deps.pointersOnly ? FINDERS.filter(([rule]) => NEEDS_NO_EVIDENCE.has(rule)) : FINDERS;
  const findings = finders.flatMap(([rule, find]) => {
    const finding = find(a, b, deps);
    return finding ? [toJudgement(rule, finding)] : [];
  });
  const best = findings.find(({ reason }) => reason === null) ?? findings[0];
  if (!best) return null;
  return isListed(deps.operator.forbid, a, b) ? { ...best, reason: 'OPERATOR_FORBIDS' } : best;
}

/** The operator may name a record by an earlier reference of it. */
export function isListed(pairs: OperatorLinks['link'], a: Party, b: Party): boolean {
  return namesOf(a).some((name) => namesOf(b).some((other) => pairs.get(name)?.has(other)));
}

interface Finding {
  evidence: string;
  reason: RejectionReason | null;
}

type Finder = (a: Party, b: Party, deps: JudgeDeps) => Finding | null;

const FINDERS: readonly (readonly [Rule, Finder])[] = [
  ['EXTERNAL_ID', byExternalId],
  ['CRM_ASSOCIATION', byAssociation],
  ['TAX_ID', byTaxId],
  ['EMAIL', byEmail],
  ['PHONE_AND_NAME', byPhoneAndName],
];

const NEEDS_NO_EVIDENCE: ReadonlySet<Rule> = new Set(['EXTERNAL_ID', 'CRM_ASSOCIATION', 'TAX_ID']);

function byExternalId(a: Party, b: Party): Finding | null {
  const pointer = pointerOf(a, b) ?? pointerOf(b, a);
  return pointer ? { evidence: pointer, reason: null } : null;
}

function pointerOf(from: Party, to: Party): string | undefined {
  return from.externalReferences.find((reference) => namesOf(to).includes(reference));
}

function byAssociation(a: Party, b: Party): Finding | null {
  const isMutual = a.associations.includes(b.reference) && b.associations.includes(a.reference);
  return isMutual ? { evidence: `${a.reference} ${b.reference}`, reason: null } : null;
}

function byTaxId(a: Party, b: Party, deps: JudgeDeps): Finding | null {
  const keys = taxKeysOf(b);
  const key = taxKeysOf(a).find((own) => keys.includes(own));
  return key ? { evidence: key, reason: unitReason(a, b, key, deps) } : null;
}

/** One tax id with several units is several customers; who can't tell the unit may be any of them. */
function unitReason(a: Party, b: Party, key: string, { evidence, pointersOnly }: JudgeDeps): RejectionReason | null {
  if (a.unitKnown && b.unitKnown) return unitOf(a) === unitOf(b) ? null : 'DIFFERENT_UNITS';
  return pointersOnly || evidence.hasSeveralUnits(key) ? 'UNIT_UNKNOWN' : null;
}

function byEmail(a: Party, b: Party, { evidence }: JudgeDeps): Finding | null {
  const common = emailsOf(a).filter((email) => b.emails.includes(email));
  const findings = common.map((email) => ({ evidence: email, reason: emailReason(a, b, email, evidence) }));
  return findings.find(({ reason }) => reason === null) ?? findings[0] ?? null;
}

function emailReason(a: Party, b: Party, email: string, evidence: Evidence): RejectionReason | null {
  if (evidence.isSharedEmail(email) || areDifferentPeople(a, b, evidence)) return 'SHARED_MAILBOX';
  const [left, right] = [evidence.classOn(email, a), evidence.classOn(email, b)] as const;
  const isMixed = evidence.isMixedEmail(email) || (left !== right && !isAmbivalent(left) && !isAmbivalent(right));
  const isSameSide = sideOf(left) === sideOf(right) && left !== 'UNKNOWN';
  return isMixed && !isSameSide ? 'PERSON_AND_COMPANY' : null;
}

/** Neither only a consumer nor only a company. */
function isAmbivalent(found: PartyClass): boolean {
  return found === 'REPRESENTATIVE' || found === 'UNKNOWN';
}

function sideOf(found: PartyClass): PartyClass {
  return found === 'REPRESENTATIVE' ? 'COMPANY' : found;
}

function areDifferentPeople(a: Party, b: Party, evidence: Evidence): boolean {
  const [left, right] = [a, b].map((party) => (evidence.classOf(party) === 'COMPANY' ? null : personNameOf(party)));
  return !!left && !!right && !isSamePerson(left, right);
}

function byPhoneAndName(a: Party, b: Party, { evidence }: JudgeDeps): Finding | null {
  const phone = phonesOf(a).find((own) => b.phones.includes(own));
  const name = personNameOf(a);
  if (!phone || !name || name !== personNameOf(b)) return null;
  return { evidence: phone, reason: evidence.isSharedPhone(phone) ? 'SHARED_PHONE' : null };
}
