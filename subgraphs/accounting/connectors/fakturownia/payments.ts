import type { Payment } from '../../model.ts';
import type { AccountingSource } from '../../source.ts';
import type { FakturowniaApi } from './api.ts';
import { isId } from './ids.ts';
import type { MappingContext } from './mapping-context.ts';
import { toPayment } from './mapping-payment.ts';

interface PaymentReadsDeps {
  api: FakturowniaApi;
  mapping(): MappingContext;
}

/** Payments have no filter: those of a document come with the document alone, one call each. */
export function createPaymentReads({
  api,
  mapping,
}: PaymentReadsDeps): Pick<AccountingSource, 'paymentsOf' | 'paymentsByIds'> {
  return {
    paymentsOf: (invoices, context) =>
      Promise.all(
        invoices.map(async ({ payments, source }): Promise<Payment[]> => {
          if (payments) return payments;
          const payload = await api.invoice(source.remoteId, context);
          return (payload?.connected_payments ?? []).map((payment) => toPayment(payment, mapping()));
        }),
      ),
    paymentsByIds: (ids, context) =>
      Promise.all(
        ids.map(async (id) => {
          const payload = isId(id) ? await api.payment(id, context) : null;
          return payload && toPayment(payload, mapping());
        }),
      ),
  };
}
