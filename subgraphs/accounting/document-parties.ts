import { formatReference } from '../shared/reference.ts';
import type { Context } from './context.ts';
import type { Invoice, Payment } from './model.ts';

/** To whom a document was issued. What was issued to the one client that stands for all buyers is nobody's. */
export function invoiceParties({ source, clientId, isRetail }: Invoice): string[] {
  return clientId === null || isRetail ? [] : [formatReference(source.source, 'client', clientId)];
}

/**
 * Whose a payment is: of everybody whose documents it pays, as one transfer of a card company pays those of hundreds;
 * without any document, of the client whom it names. Nobody's document makes it nobody's.
 */
export async function paymentParties(
  payment: Payment,
  { invoices, payments }: Pick<Context, 'invoices' | 'payments'>,
): Promise<string[]> {
  const invoiceIds = payment.invoiceIds ?? (await payments.load(payment.id))?.invoiceIds ?? [];
  const paid = await Promise.all(invoiceIds.map((id) => invoices.load(id)));
  const lists = paid.map((invoice) => (invoice === null ? [] : invoiceParties(invoice)));
  if (lists.some((parties) => parties.length === 0)) return [];
  const { clientId, source } = payment;
  return clientId === null ? lists.flat() : [...lists.flat(), formatReference(source.source, 'client', clientId)];
}
