import { CodedError } from '../../common/errors.ts';
import { parseTaxId, taxIdKey } from '../shared/normalise.ts';
import { parseReference } from '../shared/reference.ts';
import type { Context } from './context.ts';
import { type LookupIdentifier, onlyOne } from './identities.ts';
import type { IdentifiedCustomer } from './model.ts';
import { isPlaceholderEmail, isUsablePhone, isUsableTaxKey } from './usable.ts';

/** One customer by any of its references, also an order's or an invoice's. */
export async function customerById(id: string, { identities, rows }: Context): Promise<IdentifiedCustomer | null> {
  if (!parseReference(id)) throw new CodedError('BAD_USER_INPUT', 'Expected a reference source:type:remoteId');
  return onlyOne(await rows.read(() => identities.allByReference(id)));
}

/** One customer by what only it has; AMBIGUOUS when several have it. */
export async function customerBy(
  identifier: LookupIdentifier | null,
  { identities, rows }: Context,
): Promise<IdentifiedCustomer | null> {
  return identifier ? onlyOne(await rows.read(() => identities.byIdentifier(identifier))) : null;
}

interface CandidateArguments {
  email?: string | null;
  phone?: string | null;
  taxId?: string | null;
}

/** All customers that fit; exactly one argument. */
export async function customerCandidates(
  { email, phone, taxId }: CandidateArguments,
  { identities, rows }: Context,
): Promise<IdentifiedCustomer[]> {
  const given = [email && (() => byEmail(email)), phone && (() => byPhone(phone)), taxId && (() => byTaxId(taxId))];
  const [toIdentifier, ...others] = given.filter((one) => !!one);
  if (!toIdentifier || others.length > 0) throw new CodedError('BAD_USER_INPUT', 'Expected exactly one argument');
  const identifier = toIdentifier();
  return identifier ? rows.read(() => identities.byIdentifier(identifier)) : [];
}

/** Null for a placeholder, as for the others below: it is nobody's. An address that a marketplace made up is somebody's. */
export function byEmail(value: string): LookupIdentifier | null {
  return isPlaceholderEmail(value) ? null : { kind: 'EMAIL', value };
}

export function byPhone(value: string): LookupIdentifier | null {
  return isUsablePhone(value) ? { kind: 'PHONE', value } : null;
}

/** A number with wrong check digits identifies nobody. */
export function byTaxId(text: string): LookupIdentifier | null {
  const taxId = parseTaxId(text);
  if (!taxId) throw new CodedError('BAD_USER_INPUT', 'Expected a tax id, as a NIP or an EU VAT id with its prefix');
  const value = taxIdKey(taxId);
  return value && isUsableTaxKey(value) ? { kind: 'TAX_ID', value } : null;
}
