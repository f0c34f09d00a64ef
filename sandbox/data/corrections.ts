import { dayOf } from './calendar.ts';
import { createPlan, type DocumentPlan, type PaymentPlan } from './document-plan.ts';
import type { FakturowniaPosition, FakturowniaPositionState } from './records.ts';
import type { World } from './world.ts';

export interface CorrectionPlan {
  readonly issuedAt: number;
  readonly reason: string;
  /** By the position's place in what is corrected: how it is from now on. */
  readonly changes: ReadonlyMap<number, Pick<FakturowniaPositionState, 'quantity' | 'netMinor' | 'grossMinor'>>;
  readonly payments: PaymentPlan[];
}

/** Days to pay what a correction adds. */
const TERM_DAYS = 14;

/** A correction of an invoice, or of another correction: its sums are differences. */
export function planCorrection(world: World, origin: DocumentPlan, plan: CorrectionPlan): DocumentPlan {
  origin.isCorrected = true;
  const positions = [...plan.changes].map(([index, after]) => differenceOf(world, origin.positions[index]!, after));
  const { payer, departmentId, currency, oid, description, sellDay, paymentType } = origin;
  return createPlan({
    kind: 'correction',
    issuedAt: plan.issuedAt,
    payer,
    departmentId,
    currency,
    oid,
    description,
    sellDay,
    paymentType,
    positions,
    dueDay: dayOf(plan.issuedAt) + TERM_DAYS,
    payments: plan.payments,
    origin,
    correctionReason: plan.reason,
  });
}

function differenceOf(
  world: World,
  position: FakturowniaPosition,
  changed: Pick<FakturowniaPositionState, 'quantity' | 'netMinor' | 'grossMinor'>,
): FakturowniaPosition {
  const before = position.after ?? stateOf(position);
  const unitNetMinor = changed.quantity === 0 ? before.unitNetMinor : Math.round(changed.netMinor / changed.quantity);
  const after: FakturowniaPositionState = { ...changed, unitNetMinor, vat: before.vat };
  const quantity = after.quantity - before.quantity;
  return {
    ...position,
    id: world.ids.position(),
    quantity,
    // Fewer pieces at the old price, or another price for the same pieces.
    unitNetMinor: quantity === 0 ? after.unitNetMinor - before.unitNetMinor : before.unitNetMinor,
    netMinor: after.netMinor - before.netMinor,
    grossMinor: after.grossMinor - before.grossMinor,
    before,
    after,
  };
}

function stateOf({ quantity, unitNetMinor, netMinor, grossMinor, vat }: FakturowniaPosition): FakturowniaPositionState {
  return { quantity, unitNetMinor, netMinor, grossMinor, vat };
}
