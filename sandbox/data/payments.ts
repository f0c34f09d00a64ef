import { dayText, instantOn } from './calendar.ts';
import type { DocumentPlan, PaymentPlan } from './document-plan.ts';
import { putPayment } from './put.ts';
import type { World } from './world.ts';

interface Booking {
  readonly payment: PaymentPlan;
  readonly plan: DocumentPlan;
}

/** Books the money that came in for issued documents, the oldest first. */
export function bookPayments(world: World, plans: readonly DocumentPlan[]): void {
  const dice = world.dice('payments');
  const bookings: Booking[] = plans.flatMap((plan) => plan.payments.map((payment) => ({ payment, plan })));
  bookings.sort((a, b) => a.payment.day - b.payment.day);
  for (const { payment, plan } of bookings) {
    const invoice = plan.invoice!;
    const bookedAt = Math.min(instantOn(payment.day, 6, dice.int(0, 59)), world.asOf);
    putPayment(world.fakturownia, {
      id: world.ids.payment(),
      invoiceIds: [invoice.id],
      clientId: invoice.clientId,
      priceMinor: payment.amountMinor,
      currency: invoice.currency,
      paidDate: dayText(payment.day),
      name: payment.provider === null ? `Przelew za ${invoice.number}` : `Płatność ${payment.provider}`,
      description: payment.provider === null ? invoice.number : null,
      kind: payment.kind,
      provider: payment.provider,
      createdAt: bookedAt,
      updatedAt: bookedAt,
    });
  }
}
