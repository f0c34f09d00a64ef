import { formatReference } from '../../../shared/reference.ts';
import type { Payment, PaymentStatus } from '../../model.ts';
import { type MappingContext, toSource } from './mapping-context.ts';
import { isSet, type PaymentPayload } from './payloads.ts';
import { toCurrency, toDay, toMoney, toText } from './values.ts';

export function toPayment(payload: PaymentPayload, context: MappingContext): Payment {
  const source = context.config.name;
  return {
    id: formatReference(source, 'payment', payload.id),
    amount: toMoney(payload.price, toCurrency(payload.currency)),
    valueDate: toDay(payload.paid_date?.slice(0, 10)),
    method: toText(payload.provider) ?? toText(payload.kind),
    status: toStatus(payload),
    title: toText(payload.description) ?? toText(payload.name),
    clientId: payload.client_id == null ? null : String(payload.client_id),
    invoiceIds: payload.invoices?.map(({ id }) => formatReference(source, 'invoice', id)) ?? null,
    source: toSource(payload, context),
  };
}

function toStatus({ paid }: PaymentPayload): PaymentStatus {
  return paid == null || isSet(paid) ? 'BOOKED' : 'PENDING';
}
