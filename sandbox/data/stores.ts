import { createAssociations } from './associations.ts';
import type { FakturowniaStore, HubspotStore, WooStore } from './records.ts';

/** The three systems before anybody has written into them. `nextId` numbers what clients create later. */
export function emptyHubspotStore(nextId: () => number): HubspotStore {
  return {
    portalId: 25_000_001,
    companies: new Map(),
    contacts: new Map(),
    deals: new Map(),
    tickets: new Map(),
    notes: new Map(),
    calls: new Map(),
    emails: new Map(),
    meetings: new Map(),
    tasks: new Map(),
    owners: new Map(),
    associations: createAssociations(),
    mergedContacts: new Map(),
    nextId,
  };
}

export function emptyWooStore(nextId: () => number): WooStore {
  return {
    customers: new Map(),
    orders: new Map(),
    refunds: new Map(),
    products: new Map(),
    categories: new Map(),
    customerByEmail: new Map(),
    ordersByCustomer: new Map(),
    orderByNumber: new Map(),
    nextId,
  };
}

export function emptyFakturowniaStore(nextId: () => number): FakturowniaStore {
  return {
    clients: new Map(),
    invoices: new Map(),
    payments: new Map(),
    products: new Map(),
    departments: new Map(),
    invoicesByClient: new Map(),
    invoicesByOid: new Map(),
    invoicesByNumber: new Map(),
    paymentsByInvoice: new Map(),
    clientsByEmail: new Map(),
    clientsByTaxNumber: new Map(),
    clientsByExternalId: new Map(),
    nextId,
  };
}
