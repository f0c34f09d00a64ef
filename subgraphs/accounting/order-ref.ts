import { taxIdKey } from '../shared/normalise.ts';
import type { Sealer } from '../shared/seal.ts';
import type { Invoice, OrderNode } from './model.ts';

/** What a shop says of its order, for finding the documents. */
export interface OrderRef {
  number: string;
  email: string;
  taxIdKey: string;
  gross: string;
  currency: string;
  /** With several shops a number alone is not enough. */
  isNumberEnough: boolean;
}

/** Throws BAD_USER_INPUT for what this graph has not sealed. */
export function openOrderRef(sealer: Sealer, sealed: string): OrderRef {
  const [, number = '', email = '', taxId = '', gross = '', currency = '', shops] = sealer.open('orderRef', sealed);
  return { number, email, taxIdKey: taxId, gross, currency, isNumberEnough: shops === 'single' };
}

/** The orders that a document names: one node for each number, whether or not a shop has it. */
export function ordersOf(sealer: Sealer, invoice: Invoice): OrderNode[] {
  const { orderNumbers, buyer, totals, currency, source } = invoice;
  // The sum of a correction, or of a document for several orders, is no order's.
  const gross = orderNumbers.length === 1 && invoice.kind !== 'CORRECTION' ? totals.gross.amount : '';
  const facts = [buyer.email ?? '', (buyer.taxId && taxIdKey(buyer.taxId)) ?? '', gross, currency];
  return orderNumbers.map((number) => ({
    __typename: 'Order',
    invoiceRef: sealer.seal('invoiceRef', [source.source, number, ...facts]),
  }));
}
