import { parseRowRules } from '../../common/row-rules.ts';
import type { Claims } from '../tokens/claims.ts';

/**
 * How a client whose row rule is "own" says whom a token is for: `authorization_details` (RFC 9396) of this one type,
 * `[{"type":"customer","reference":"woo:customer:12"}]`, in the token request and in the token.
 */
export const CUSTOMER_DETAIL = 'customer';

export interface CustomerDetail {
  type: typeof CUSTOMER_DETAIL;
  reference: string;
}

export function isCustomerDetail(detail: unknown): detail is CustomerDetail {
  if (typeof detail !== 'object' || detail === null || Object.keys(detail).length !== 2) return false;
  const { type, reference }: { type?: unknown; reference?: unknown } = detail;
  return type === CUSTOMER_DETAIL && parseRowRules({ own: reference }).kind === 'restricted';
}

/** The customer whom a token names; null when it names none. */
export function customerIn(claims: Claims): string | null {
  const details = claims.authorization_details;
  const [detail] = Array.isArray(details) ? details : [];
  return isCustomerDetail(detail) ? detail.reference : null;
}
