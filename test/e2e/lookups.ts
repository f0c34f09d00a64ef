import type { LookupBy } from '../../sandbox/data/truth-types.ts';

/** One way to ask for a customer, as a field of a query. */
export interface Lookup {
  by: LookupBy;
  value: string;
}

const FIELDS: Readonly<Record<LookupBy, (value: string) => string>> = {
  reference: (value) => `customer(id: ${value}) { id }`,
  email: (value) => `customerByEmail(email: ${value}) { id }`,
  phone: (value) => `customerByPhone(phone: ${value}) { id }`,
  taxId: (value) => `customerByTaxId(taxId: ${value}) { id }`,
  orderNumber: (value) => `orderByNumber(number: ${value}) { customer { id } }`,
  invoiceNumber: (value) => `invoiceByNumber(number: ${value}) { customer { id } }`,
};

/** A query of many look-ups; `answerOf` finds each one's answer by its place. */
export function lookupQuery(lookups: readonly Lookup[]): string {
  const fields = lookups.map(({ by, value }, index) => `l${index}: ${FIELDS[by](JSON.stringify(value))}`);
  return `{ ${fields.join(' ')} }`;
}

export interface LookupAnswer {
  data: Record<string, { id?: string; customer?: { id: string } | null } | null> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** The id, null for nobody, or an error's code. */
export function answerOf({ data, errors = [] }: LookupAnswer, index: number): string | null {
  const name = `l${index}`;
  const error = errors.find(({ path }) => path?.[0] === name);
  if (error) return String(error.extensions.code);
  const found = data?.[name];
  return found?.id ?? found?.customer?.id ?? null;
}
