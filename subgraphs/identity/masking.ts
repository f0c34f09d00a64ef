import type { Judgement } from './rules.ts';

/** `anna@firma.pl` as `a***@firma.pl`. */
export function maskEmail(email: string): string {
  return `${[...email][0]}***${email.slice(email.lastIndexOf('@'))}`;
}

/** The last three characters, of a telephone number or a tax id; nothing of what has hardly more. */
export function maskNumber(value: string): string {
  return `***${value.length > 5 ? value.slice(-3) : ''}`;
}

/** `Anna Nowak` as `A. N.`. */
export function toInitials(firstName: string | null, lastName: string | null): string | null {
  const parts = [firstName, lastName].map((part) => part?.trim()).filter((part) => !!part);
  return parts.map((part) => `${[...part!][0]!.toLocaleUpperCase('pl')}.`).join(' ') || null;
}

/** What was equal, without telling it. References and the links file are no secret. */
export function maskEvidence({ rule, evidence }: Judgement): string {
  if (rule === 'EMAIL') return maskEmail(evidence);
  return rule === 'PHONE_AND_NAME' || rule === 'TAX_ID' ? maskNumber(evidence) : evidence;
}
