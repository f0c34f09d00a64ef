import type { WooOrder, WooOrderNote, WooOrderStatus, WooStore } from '../../data/records.ts';

/** What stands beside an order: its history in sentences, one for each change of status. */
export function orderNotes(order: WooOrder, store: WooStore): readonly WooOrderNote[] {
  return order.writtenNotes ?? ownNotes(order, store);
}

/** The labels of a Polish shop. */
const LABELS: Readonly<Record<WooOrderStatus, string>> = {
  pending: 'Oczekujące na płatność',
  processing: 'W trakcie realizacji',
  'on-hold': 'Wstrzymane',
  completed: 'Zrealizowane',
  cancelled: 'Anulowane',
  refunded: 'Zwrócone',
  failed: 'Nieudane',
};

interface Step {
  readonly to: WooOrderStatus;
  readonly at: number;
}

/** The shop writes a note whenever a status changes, and begins with an order that waits for its payment. */
function ownNotes(order: WooOrder, store: WooStore): WooOrderNote[] {
  const steps = stepsOf(order, store);
  return steps.map(({ to, at }, index) => ({
    // Notes number on from the order before: they are older than the next one.
    id: order.id - steps.length + 1 + index,
    author: 'WooCommerce',
    createdAt: at,
    note: `Status zamówienia zmieniony z ${LABELS[steps[index - 1]?.to ?? 'pending']} na ${LABELS[to]}.`,
    customerNote: false,
  }));
}

function stepsOf(order: WooOrder, store: WooStore): Step[] {
  const { status, createdAt, modifiedAt, paidAt, completedAt, paymentMethodTitle } = order;
  const isTransfer = paymentMethodTitle === 'Przelew bankowy';
  const isPrepaid = isTransfer || order.paymentMethod === 'przelewy24' || order.paymentMethod === 'stripe';
  const readyAt = isPrepaid ? paidAt : status === 'cancelled' ? null : createdAt;
  const refundedAt = store.refunds.get(order.refundIds.at(-1) ?? -1)?.createdAt ?? modifiedAt;
  return [
    ...(isTransfer ? [{ to: 'on-hold', at: createdAt } as const] : []),
    ...(readyAt === null ? [] : [{ to: 'processing', at: readyAt } as const]),
    ...(completedAt === null ? [] : [{ to: 'completed', at: completedAt } as const]),
    ...(status === 'cancelled' || status === 'failed' ? [{ to: status, at: modifiedAt }] : []),
    ...(status === 'refunded' ? [{ to: status, at: refundedAt }] : []),
  ];
}
