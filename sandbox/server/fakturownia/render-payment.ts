import type { FakturowniaPayment, FakturowniaStore } from '../../data/records.ts';
import { minorToText } from '../money.ts';
import { timestamp } from './formats.ts';

type Json = Record<string, unknown>;

export function renderPayment(payment: FakturowniaPayment, store: FakturowniaStore, withInvoices: boolean): Json {
  return {
    id: payment.id,
    name: payment.name,
    description: payment.description,
    price: minorToText(payment.priceMinor),
    currency: payment.currency,
    paid: true,
    paid_date: payment.paidDate,
    kind: payment.kind,
    provider: payment.provider,
    client_id: payment.clientId,
    invoice_id: payment.invoiceIds[0] ?? null,
    created_at: timestamp(payment.createdAt),
    updated_at: timestamp(payment.updatedAt),
    ...(withInvoices ? { invoices: invoicesOf(payment, store) } : {}),
  };
}

function invoicesOf(payment: FakturowniaPayment, store: FakturowniaStore): Json[] {
  return payment.invoiceIds
    .flatMap((id) => store.invoices.get(id) ?? [])
    .map((invoice) => ({
      id: invoice.id,
      number: invoice.number,
      kind: invoice.kind,
      client_id: invoice.clientId,
      issue_date: invoice.issueDate,
      price_gross: minorToText(invoice.grossMinor),
      currency: invoice.currency,
      status: invoice.status,
    }));
}
