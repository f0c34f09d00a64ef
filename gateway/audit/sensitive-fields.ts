import type { RightsIndex } from '../rights/rights-index.ts';

/** Whose reading is recorded, unless AUDIT_SCOPES says otherwise: personal and financial data. */
export const DEFAULT_AUDIT_SCOPES = [
  'customers:pii',
  'customers:tax-id',
  'invoices:read',
  'invoices:documents',
  'payments:read',
  'finance:*',
  'activities:read',
];

/** Which fields of one supergraph hold personal or financial data. */
export interface SensitiveFields {
  /** The rules of the field, of what it returns or of its own type name one of the scopes. */
  has(type: string, field: string): boolean;
  /** A type that is a part of whatever holds it, as an address: it says of itself who may see it by no rule. */
  isPart(type: string): boolean;
}

/** A scope that ends in `*` stands for all that begin so. */
export function findSensitiveFields(index: RightsIndex, scopes: readonly string[]): SensitiveFields {
  const matches = scopes.map(toMatcher);
  const sensitive = new Set(
    index.rules.filter(
      (rule) => rule.kind === 'scopes' && rule.anyOf.flat().some((scope) => matches.some((match) => match(scope))),
    ),
  );
  return {
    has: (type, field) => [...index.ofField(type, field), ...index.ofType(type)].some((rule) => sensitive.has(rule)),
    isPart: (type) => index.ofType(type).length === 0,
  };
}

function toMatcher(pattern: string): (scope: string) => boolean {
  if (!pattern.endsWith('*')) return (scope) => scope === pattern;
  const prefix = pattern.slice(0, -1);
  return (scope) => scope.startsWith(prefix);
}
