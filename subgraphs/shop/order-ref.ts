import { CodedError } from '../../common/errors.ts';
import { taxIdKey } from '../shared/normalise.ts';
import type { Sealer } from '../shared/seal.ts';
import type { Order } from './model.ts';

/** What accounting needs to find an order's invoices. With several shops a number alone is not enough. */
export function sealOrderRef(sealer: Sealer, order: Order, shops: number): string {
  const { number, currency, totals, source } = order;
  const facts = [emailOf(order), taxIdOf(order), totals.gross.amount, currency];
  return sealer.seal('orderRef', [source.source, number, ...facts, shops === 1 ? 'single' : 'multi']);
}

/** What an invoice says of its order. */
export interface InvoiceRef {
  orderNumber: string;
  buyerEmail: string;
  buyerTaxId: string;
  grossTotal: string;
  currency: string;
}

/** Throws BAD_USER_INPUT for what this graph has not sealed. */
export function openInvoiceRef(sealer: Sealer, sealed: string): InvoiceRef {
  const [, orderNumber = '', buyerEmail = '', buyerTaxId = '', grossTotal = '', currency = ''] = sealer.open(
    'invoiceRef',
    sealed,
  );
  return { orderNumber, buyerEmail, buyerTaxId, grossTotal, currency };
}

/** The one order that an invoice means. Several shops may have its number: then something else must agree; where that tells nothing, all. */
export function pickOrders(hits: readonly Order[], invoice: InvoiceRef): readonly Order[] {
  if (hits.length < 2) return hits;
  const corroborated = hits.filter((order) => agrees(order, invoice));
  return corroborated.length === 1 ? corroborated : hits;
}

export function ambiguousNumber(hits: readonly Order[]): CodedError {
  const sources = [...new Set(hits.map(({ source }) => source.source))];
  return new CodedError('AMBIGUOUS', `${hits.length} orders have this number`, { details: { sources } });
}

function agrees(order: Order, { buyerEmail, buyerTaxId, grossTotal, currency }: InvoiceRef): boolean {
  const sameEmail = buyerEmail !== '' && buyerEmail === emailOf(order);
  const sameTaxId = buyerTaxId !== '' && buyerTaxId === taxIdOf(order);
  return sameEmail || sameTaxId || (grossTotal === order.totals.gross.amount && currency === order.currency);
}

function emailOf({ billingEmail }: Order): string {
  return billingEmail ?? '';
}

function taxIdOf({ billingTaxId }: Order): string {
  return billingTaxId === null ? '' : (taxIdKey(billingTaxId) ?? '');
}
