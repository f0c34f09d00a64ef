import { PLACEHOLDERS } from './placeholders.ts';
import type { Currency, FakturowniaClient, HubspotCompany, HubspotContact, WooCustomer } from './records.ts';
import type { CustomerKind } from './truth-types.ts';

/**
 * One customer, as the generator made it: whoever makes a record writes down here whose it is. The ground truth is
 * read from this and never from comparing records.
 */
export interface Customer {
  readonly kind: CustomerKind;
  readonly companies: HubspotCompany[];
  readonly contacts: HubspotContact[];
  readonly clients: FakturowniaClient[];
  readonly accounts: WooCustomer[];
  /** Addresses by which some system finds a record of it; normalised. */
  readonly emails: string[];
  /** E.164. */
  readonly phones: string[];
  /** Valid, with the country's prefix outside Poland. */
  readonly taxIds: string[];
  readonly orderNumbers: string[];
  readonly invoiceNumbers: string[];
  /** Past due as of `asOf`, in minor units. */
  readonly overdue: Map<Currency, number>;
}

export function createCustomer(kind: CustomerKind): Customer {
  return {
    kind,
    companies: [],
    contacts: [],
    clients: [],
    accounts: [],
    emails: [],
    phones: [],
    taxIds: [],
    orderNumbers: [],
    invoiceNumbers: [],
    overdue: new Map(),
  };
}

export function know(list: string[], value: string): void {
  if (value !== PLACEHOLDERS.email && !list.includes(value)) list.push(value);
}
