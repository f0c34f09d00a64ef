import { z } from 'zod';
import type { FakturowniaPayment, FakturowniaStore } from '../../data/records.ts';
import type { Accounting, Routes } from './accounting.ts';
import { notFound, unprocessable } from './errors.ts';
import { pay, written } from './invoice-update.ts';
import { existing, type IdParams, pageOf, queryOf, takePage } from './query.ts';
import { renderPayment } from './render-payment.ts';

/** Payments have no filters of their own: pages, newest first. */
export const usePaymentRoutes: Routes = (app, accounting) => {
  const { store } = accounting;

  app.get('/banking/payments.json', async (request) => {
    const query = queryOf(request);
    const withInvoices = query.get('include') === 'invoices';
    return takePage(newestFirst(store), pageOf(query)).map((payment) => renderPayment(payment, store, withInvoices));
  });

  // One payment stands under the singular name in the vendor's reference.
  for (const path of ['/banking/payment/:id.json', '/banking/payments/:id.json']) {
    app.get<{ Params: IdParams }>(path, async (request) => {
      const withInvoices = queryOf(request).get('include') === 'invoices';
      return renderPayment(existing(store.payments, request.params.id), store, withInvoices);
    });
  }

  app.post('/banking/payments.json', async (request, reply) => {
    return reply.code(201).send(renderPayment(addPayment(accounting, request.body), store, true));
  });
};

function newestFirst(store: FakturowniaStore): FakturowniaPayment[] {
  return [...store.payments.values()].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
}

const newPaymentSchema = z.object({
  banking_payment: z.object({
    name: z.string(),
    price: z.coerce.number(),
    invoice_id: z.number().int().nullish(),
    invoice_ids: z.array(z.number().int()).nullish(),
    paid_date: z.iso.date().nullish(),
    description: z.string().nullish(),
  }),
});

function addPayment(accounting: Accounting, body: unknown): FakturowniaPayment {
  const parsed = newPaymentSchema.safeParse(body);
  if (!parsed.success) throw unprocessable(parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
  const { store, clock } = accounting;
  const input = parsed.data.banking_payment;
  const invoiceIds = input.invoice_ids ?? (input.invoice_id == null ? [] : [input.invoice_id]);
  if (invoiceIds.some((id) => !store.invoices.has(id))) throw notFound();
  const first = invoiceIds[0] === undefined ? undefined : store.invoices.get(invoiceIds[0]);
  const now = clock.now().getTime();
  const payment: FakturowniaPayment = {
    id: store.nextId(),
    invoiceIds,
    clientId: first?.clientId ?? null,
    priceMinor: Math.round(input.price * 100),
    currency: first?.currency ?? 'PLN',
    paidDate: input.paid_date ?? clock.today(),
    name: input.name,
    description: input.description ?? null,
    kind: 'api',
    provider: null,
    createdAt: now,
    updatedAt: now,
  };
  store.payments.set(payment.id, payment);
  allocate(accounting, payment);
  return payment;
}

/** Invoices are paid in the order they are named, until the money is gone. */
function allocate(accounting: Accounting, payment: FakturowniaPayment): void {
  const { store } = accounting;
  let left = payment.priceMinor;
  for (const id of payment.invoiceIds) {
    const invoice = store.invoices.get(id)!;
    const part = Math.min(left, Math.max(invoice.grossMinor - invoice.paidMinor, 0));
    left -= part;
    store.paymentsByInvoice.set(id, [...(store.paymentsByInvoice.get(id) ?? []), payment.id]);
    pay(accounting, invoice, invoice.paidMinor + part);
    written(accounting, invoice);
  }
}
