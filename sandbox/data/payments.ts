import { dayText, instantOn } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { DocumentPlan, PaymentPlan } from './document-plan.ts';
import { referenceTo } from './labels.ts';
import { putPayment } from './put.ts';
import type { FakturowniaPayment } from './records.ts';
import type { World } from './world.ts';

interface Booking {
  readonly payment: PaymentPlan;
  readonly plan: DocumentPlan;
  /** Nobody has put it against a document. */
  readonly isStray: boolean;
}

/** Books the money that came in for issued documents, the oldest first. */
export function bookPayments(world: World, plans: readonly DocumentPlan[]): void {
  const dice = world.dice('payments');
  const bookings = plans.flatMap((plan): Booking[] => [
    ...plan.payments.map((payment) => ({ payment, plan, isStray: false })),
    ...plan.strays.map((payment) => ({ payment, plan, isStray: true })),
  ]);
  bookings.sort((a, b) => a.payment.day - b.payment.day);
  for (const booking of bookings) {
    const payment = toPayment(world, dice, booking);
    putPayment(world.fakturownia, payment);
    if (booking.isStray) world.labels.add('UNALLOCATED_PAYMENT', () => [referenceTo.payment(payment)]);
  }
}

const NO_IDS: readonly number[] = [];

function toPayment(world: World, dice: Dice, { payment, plan, isStray }: Booking): FakturowniaPayment {
  const { id, clientId, currency, number } = plan.invoice!;
  // Before 7 o'clock: no document changes before a payment for it is booked.
  const bookedAt = Math.min(instantOn(payment.day, 6, dice.int(0, 59)), world.asOf);
  return {
    id: world.ids.payment(),
    invoiceIds: isStray ? NO_IDS : [id],
    clientId: isStray && dice.chance(0.5) ? null : clientId,
    priceMinor: payment.amountMinor,
    currency,
    paidDate: dayText(payment.day),
    name: nameOf(payment),
    description: payment.provider === null ? titleOf(dice, number, isStray) : null,
    kind: payment.kind,
    provider: payment.provider,
    createdAt: bookedAt,
    updatedAt: bookedAt,
  };
}

function nameOf({ provider, amountMinor }: PaymentPlan): string {
  if (provider !== null) return `Płatność ${provider}`;
  return amountMinor < 0 ? 'Zwrot' : 'Przelew przychodzący';
}

/** Who pays writes what he likes; money that is not put against anything usually says too little. */
function titleOf(dice: Dice, number: string, isStray: boolean): string {
  if (isStray) return dice.pick(['zapłata', 'przelew', 'za fakturę', 'zamówienie']);
  return dice.pick([number, `faktura ${number}`, `Zapłata za ${number}`]);
}
