import { dayOf } from './calendar.ts';
import type { Dice } from './dice.ts';
import { renumbered } from './document-flows.ts';
import { type DocumentPlan, grossOf, type PaymentPlan } from './document-plan.ts';
import { exchangeRate } from './exchange-rates.ts';
import { inZloty, withOtherTotal, withOtherVat } from './faulty-positions.ts';
import { referenceTo } from './labels.ts';
import type { SaleFault } from './order-faults.ts';
import { markPaid, prepayment } from './order-payments.ts';
import type { Sale } from './orders.ts';
import { payOnTerms } from './terms-invoices.ts';
import type { World } from './world.ts';

/** An order's documents with the one thing that is wrong about them, and the label that says so. */
export function planFaultyInvoice(
  world: World,
  dice: Dice,
  fault: SaleFault,
  sale: Sale,
  base: DocumentPlan,
): DocumentPlan[] {
  const { order } = sale;
  const label = (...plans: DocumentPlan[]) => {
    world.labels.add(fault, () => [
      referenceTo.order(order),
      ...plans.map(({ invoice }) => referenceTo.invoice(invoice!)),
    ]);
    return plans;
  };
  switch (fault) {
    case 'DUPLICATE_INVOICE':
      return label(base, secondOf(world, dice, base));
    case 'PAID_IN_SHOP_UNPAID_IN_ACCOUNTING':
      return label({ ...base, payments: [] });
    case 'PAID_IN_ACCOUNTING_UNPAID_IN_SHOP':
      return label({ ...base, payments: inFull(dice, base) });
    case 'OVERPAYMENT':
      return label(overpaid(world, dice, sale, base));
    case 'UNALLOCATED_PAYMENT':
      // The payment bears the label: whoever books it knows its id.
      return [{ ...base, strays: inFull(dice, base) }];
    default:
      return label(settledLater(world, dice, sale, withOtherContent(fault, base)));
  }
}

/** The plugin ran twice, and told the accounting twice that the order was paid. */
function secondOf(world: World, dice: Dice, base: DocumentPlan): DocumentPlan {
  const issuedAt = Math.min(base.issuedAt + dice.int(1, 60) * 60_000, world.asOf);
  const positions = renumbered(world, base.positions);
  return { ...base, issuedAt, dueDay: dayOf(issuedAt), positions, payments: [], isMarkedPaid: true };
}

function inFull(dice: Dice, { dueDay, issuedAt, positions }: DocumentPlan): PaymentPlan[] {
  const day = Math.max(dayOf(issuedAt), dueDay! + dice.int(-4, 15));
  return [{ day, amountMinor: grossOf(positions), kind: 'bank', provider: null }];
}

/** Paid twice, or with a sum that was mistyped. */
function overpaid(world: World, dice: Dice, { order }: Sale, base: DocumentPlan): DocumentPlan {
  const [first] = inFull(dice, base) as [PaymentPlan];
  const tooMuch = dice.chance(0.5) ? first.amountMinor : dice.int(1, 50) * 100;
  const payments = [first, { ...first, day: first.day + dice.int(1, 5), amountMinor: tooMuch }];
  markPaid(world, order, payments, first.amountMinor);
  return { ...base, payments };
}

function withOtherContent(fault: SaleFault, base: DocumentPlan): DocumentPlan {
  const { positions, currency, sellDay } = base;
  if (fault === 'INVOICE_TOTAL_MISMATCH') return { ...base, positions: withOtherTotal(positions) };
  if (fault === 'INVOICE_VAT_MISMATCH') return { ...base, positions: withOtherVat(positions) };
  if (fault !== 'CURRENCY_MISMATCH' || currency === 'PLN') return base;
  return { ...base, currency: 'PLN', positions: inZloty(positions, exchangeRate(currency, sellDay).rate) };
}

/** Paid as the invoice says, whatever the order said. */
function settledLater(world: World, dice: Dice, sale: Sale, plan: DocumentPlan): DocumentPlan {
  if (sale.fate.termDays === null) return { ...plan, payments: prepayment(sale, grossOf(plan.positions)) };
  const fresh = { ...plan, payments: [] };
  payOnTerms(world, dice, sale, fresh);
  return fresh;
}
