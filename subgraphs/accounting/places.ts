import { taxIdKey } from '../shared/normalise.ts';
import { childrenTag, identityTag, lookupTag } from '../shared/tags.ts';
import type { Client, Invoice } from './model.ts';
import { orderNumberKey } from './order-numbers.ts';

/** All that decides in which lists a document stands, and where; its payments do not, its lists being unfiltered. */
export function placeOfInvoice({ number, kind, issueDate, clientId, orderNumbers, ksef }: Invoice): unknown {
  return [number, kind, issueDate, clientId, orderNumbers, ksef?.number ?? null];
}

/** The tags of the parents and look-ups in which a document stands. */
export function placesOfInvoice({ number, clientId, orderNumbers, ksef, source: { source } }: Invoice): string[] {
  return [
    ...(clientId === null ? [] : [childrenTag(source, 'invoices', clientId)]),
    lookupTag(source, 'invoice-number', number),
    ...orderNumbers.map((orderNumber) => orderNumberTag(source, orderNumber)),
    ...(ksef?.number ? [lookupTag(source, 'invoice-ksef', ksef.number)] : []),
  ];
}

/** One tag for all spellings of an order's number. */
export function orderNumberTag(source: string, number: string): string {
  return lookupTag(source, 'invoices-of-order', orderNumberKey(number));
}

export function placeOfClient({ emails, taxId, externalReference, findableBy }: Client): unknown {
  return [emails, taxId, externalReference, findableBy];
}

/** The tags of the look-ups that find a client, and of whom it may belong to. */
export function placesOfClient({ emails, taxId, externalReference, source: { source } }: Client): string[] {
  const taxKey = taxId && taxIdKey(taxId);
  return [
    ...emails.map((email) => lookupTag(source, 'client-email', email)),
    ...(taxKey ? [lookupTag(source, 'client-tax-id', taxKey)] : []),
    ...(externalReference === null ? [] : [lookupTag(source, 'client-external', externalReference)]),
    ...emails.map((value) => identityTag({ kind: 'EMAIL', value })),
    ...(taxKey ? [identityTag({ kind: 'TAX_ID', value: taxKey })] : []),
    ...(externalReference === null ? [] : [identityTag({ kind: 'REFERENCE', value: externalReference })]),
  ];
}
