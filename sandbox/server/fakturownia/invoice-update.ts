import { z } from 'zod';
import type { FakturowniaInvoice } from '../../data/records.ts';
import { type Accounting, writtenAt } from './accounting.ts';
import { unprocessable } from './errors.ts';

const statusSchema = z.enum(['issued', 'sent', 'paid', 'partial', 'rejected']);
const dateSchema = z.iso.date();

/** "59,00", "59.00" or 59. */
const minorSchema = z
  .union([z.string().regex(/^-?\d+(?:[.,]\d{1,2})?$/), z.number()])
  .transform((value) => Math.round(Number(String(value).replace(',', '.')) * 100));

const changeSchema = z.object({
  invoice: z
    .object({
      status: statusSchema,
      paid: minorSchema,
      paid_date: dateSchema.nullable(),
      payment_to: dateSchema.nullable(),
      oid: z.string().nullable(),
      description: z.string().nullable(),
      buyer_name: z.string(),
      buyer_email: z.string().nullable(),
    })
    .partial(),
});

export function updateInvoice(accounting: Accounting, invoice: FakturowniaInvoice, body: unknown): FakturowniaInvoice {
  const parsed = changeSchema.safeParse(body);
  if (!parsed.success) throw unprocessable(parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
  const change = parsed.data.invoice;
  const { store } = accounting;
  invoice.buyer = {
    ...invoice.buyer,
    name: change.buyer_name ?? invoice.buyer.name,
    email: change.buyer_email === undefined ? invoice.buyer.email : change.buyer_email,
  };
  if (change.payment_to !== undefined) invoice.dueDate = change.payment_to;
  if (change.description !== undefined) invoice.description = change.description;
  if (change.oid !== undefined) moveOid(store.invoicesByOid, invoice, change.oid);
  if (change.paid_date !== undefined) invoice.paidDate = change.paid_date;
  if (change.status !== undefined) invoice.status = change.status;
  if (change.paid !== undefined) pay(accounting, invoice, change.paid);
  return written(accounting, invoice);
}

export function changeStatus(
  accounting: Accounting,
  invoice: FakturowniaInvoice,
  status: string | null,
): FakturowniaInvoice {
  const parsed = statusSchema.safeParse(status);
  if (!parsed.success) throw unprocessable('status');
  if (parsed.data === 'paid') pay(accounting, invoice, invoice.grossMinor);
  invoice.status = parsed.data;
  return written(accounting, invoice);
}

/** What is paid decides the status and, when all is, the day. */
export function pay({ clock }: Accounting, invoice: FakturowniaInvoice, paidMinor: number): void {
  invoice.paidMinor = paidMinor;
  if (paidMinor === 0) return;
  const isWhole = paidMinor >= invoice.grossMinor;
  invoice.status = isWhole ? 'paid' : 'partial';
  if (isWhole) invoice.paidDate ??= clock.today();
}

export function written({ clock, changes, sorted }: Accounting, invoice: FakturowniaInvoice): FakturowniaInvoice {
  invoice.updatedAt = writtenAt(clock, invoice);
  sorted.forget();
  changes.publish({ vendor: 'fakturownia', object: 'invoice', event: 'update', id: invoice.id });
  return invoice;
}

function moveOid(index: Map<string, number[]>, invoice: FakturowniaInvoice, oid: string | null): void {
  if (invoice.oid !== null) {
    const left = (index.get(invoice.oid) ?? []).filter((id) => id !== invoice.id);
    index.set(invoice.oid, left);
  }
  if (oid !== null) index.set(oid, [...(index.get(oid) ?? []), invoice.id]);
  invoice.oid = oid;
}
