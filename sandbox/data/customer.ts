import { appended } from './append.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import type { Currency, FakturowniaClient, HubspotCompany, HubspotContact, WooCustomer } from './records.ts';
import type { CustomerKind } from './truth-types.ts';

/**
 * One customer, as the generator made it: whoever makes a record writes down here whose it is. The ground truth is
 * read from this and never from comparing records.
 */
export interface Customer {
  readonly kind: CustomerKind;
  companies: HubspotCompany[];
  contacts: HubspotContact[];
  clients: FakturowniaClient[];
  accounts: WooCustomer[];
  /** Addresses by which some system finds a record of it; normalised. */
  emails: string[];
  /** E.164. */
  phones: string[];
  /** Valid, with the country's prefix outside Poland. */
  taxIds: string[];
  orderNumbers: string[];
  invoiceNumbers: string[];
  /** Past due as of `asOf`, in minor units; null = nothing. */
  overdue: Map<Currency, number> | null;
}

/** Shared until something is added: a hundred thousand customers have half a million empty lists. */
const NONE: never[] = [];

export function createCustomer(kind: CustomerKind): Customer {
  return {
    kind,
    companies: NONE,
    contacts: NONE,
    clients: NONE,
    accounts: NONE,
    emails: NONE,
    phones: NONE,
    taxIds: NONE,
    orderNumbers: NONE,
    invoiceNumbers: NONE,
    overdue: null,
  };
}

type ListName = Exclude<keyof Customer, 'kind' | 'overdue'>;

/** Writes down that a record, a document or an identifier is this customer's. */
export function note<K extends ListName>(customer: Customer, list: K, item: Customer[K][number]): void {
  // Cast: TypeScript does not see that an item of a list fits that list.
  const known = customer[list] as unknown[];
  customer[list] = appended(known, item) as Customer[K];
}

/** As `note`, once; what identifies nobody is left out. */
export function know(customer: Customer, list: 'emails' | 'phones' | 'taxIds', value: string): void {
  if (value !== PLACEHOLDERS.email && !customer[list].includes(value)) note(customer, list, value);
}

export function owe(customer: Customer, currency: Currency, amountMinor: number): void {
  customer.overdue ??= new Map();
  customer.overdue.set(currency, (customer.overdue.get(currency) ?? 0) + amountMinor);
}
