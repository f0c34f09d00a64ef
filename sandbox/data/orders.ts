import type { Buyer } from './buyer.ts';
import { dayOf, instantOn } from './calendar.ts';
import type { Catalogue } from './catalogue.ts';
import { know, note } from './customer.ts';
import { deliveryOf, labelDelay } from './delivery.ts';
import type { Dice } from './dice.ts';
import { decideFate, type Fate } from './order-fate.ts';
import { decideFault, type SaleFault } from './order-faults.ts';
import { makeLines, makeShipping } from './order-lines.ts';
import { putOrder } from './put.ts';
import type { WooCouponLine, WooOrder } from './records.ts';
import type { World } from './world.ts';

/** One order with who bought and how it went: what invoices, payments and returns are made from. */
export interface Sale {
  readonly buyer: Buyer;
  readonly order: WooOrder;
  readonly fate: Fate;
  /** What is wrong between this order and its documents. */
  readonly fault: SaleFault | null;
}

interface Draft {
  readonly at: number;
  readonly buyer: Buyer;
}

/** All orders, the oldest first, as ids and numbers grow with time. */
export function makeOrders(world: World, catalogue: Catalogue, buyers: readonly Buyer[]): Sale[] {
  const dice = world.dice('orders');
  const drafts = buyers.flatMap((buyer) => draftsOf(world, dice, buyer));
  drafts.sort((a, b) => a.at - b.at);
  // The sequential-numbers plugin counts orders alone, so that numbers and ids part at once.
  return drafts.map((draft, index) => makeSale(world, dice, catalogue, { ...draft, number: String(1001 + index) }));
}

/** A shop sells by day and in the evening, and a little around midnight. */
const HOURS: readonly (readonly [weight: number, hour: number])[] = [
  [2, 0],
  [1, 1],
  [1, 6],
  [3, 7],
  [5, 8],
  [7, 9],
  [8, 10],
  [8, 11],
  [7, 12],
  [7, 13],
  [7, 14],
  [6, 15],
  [5, 16],
  [5, 17],
  [5, 18],
  [7, 19],
  [8, 20],
  [7, 21],
  [4, 22],
  [3, 23],
];

function draftsOf(world: World, dice: Dice, buyer: Buyer): Draft[] {
  const first = Math.max(dayOf(buyer.since) + 1, world.firstDay);
  const wanted = buyer.moments.map((at) => ({ at, buyer }));
  const others = Array.from({ length: buyer.orders }, () => {
    const day = dice.int(Math.min(first, world.today), world.today);
    const at = instantOn(day, dice.weighted(HOURS), dice.int(0, 59), dice.int(0, 59));
    return { at: at > world.asOf ? at - 86_400_000 : at, buyer };
  });
  return [...wanted, ...others];
}

const WISHES = ['Proszę dzwonić przed dostawą', 'Faktura na firmę', 'Dostawa po 16', 'Bez plastiku, dziękuję'];

const NO_COUPONS: readonly WooCouponLine[] = [];
const NOTHING: readonly never[] = [];

function makeSale(
  world: World,
  dice: Dice,
  catalogue: Catalogue,
  { at, buyer, number }: Draft & { number: string },
): Sale {
  const fate = decideFate(world, dice, buyer, at);
  const hasCoupon = dice.chance(0.08);
  const plan = {
    catalogue,
    habit: buyer.habit,
    currency: buyer.currency,
    discountPercent: hasCoupon ? 10 : 0,
    isUntaxed: buyer.untaxed !== null,
  };
  const id = world.ids.wooPost();
  const lines = makeLines(world, dice, plan);
  const fault = decideFault(world, { buyer, fate, placedAt: at, lines });
  const shippingLines = makeShipping(world, dice, lines, plan);
  const order: WooOrder = {
    id,
    number,
    status: fate.status,
    currency: buyer.currency,
    createdAt: at,
    modifiedAt: Math.max(at, fate.paidAt ?? 0, fate.completedAt ?? 0, fate.givenUpAt ?? 0),
    paidAt: fate.paidAt,
    completedAt: fate.completedAt,
    customerId: buyer.account?.id ?? 0,
    billing: buyer.billing,
    shipping: buyer.shipping,
    nip: fault === 'TAX_ID_MISMATCH' ? world.nip() : buyer.nip,
    nipKey: buyer.nipKey,
    ...paymentOf(fate, id),
    createdVia: buyer.channel,
    pricesIncludeTax: false,
    lines,
    shippingLines,
    feeLines: NOTHING,
    couponLines: hasCoupon ? couponsOf(world, lines) : NO_COUPONS,
    ...totalsOf(lines, shippingLines),
    refundIds: NOTHING,
    ...deliveryOf(world, dice, lines, { placedAt: at, shippedAt: fate.shippedAt, status: fate.status }),
    customerNote: dice.chance(0.04) ? dice.pick(WISHES) : '',
    meta: NOTHING,
    writtenNotes: null,
  };
  putOrder(world.woo, order);
  knowBuyer(buyer, order);
  labelDelay(world, order);
  return { buyer, order, fate, fault };
}

/** What an order makes findable: a guest's mailbox, and the telephone of whoever ordered. */
function knowBuyer({ customer, account, billing, phone, hasOwnMailbox }: Buyer, { number }: WooOrder): void {
  note(customer, 'orderNumbers', number);
  if (phone !== null) know(customer, 'phones', phone);
  if (account === null && hasOwnMailbox) know(customer, 'emails', billing.email.toLowerCase());
}

const METHODS = {
  przelewy24: { paymentMethod: 'przelewy24', paymentMethodTitle: 'Przelewy24' },
  stripe: { paymentMethod: 'stripe', paymentMethodTitle: 'Karta płatnicza' },
  cod: { paymentMethod: 'cod', paymentMethodTitle: 'Płatność przy odbiorze' },
  bacs: { paymentMethod: 'bacs', paymentMethodTitle: 'Przelew bankowy' },
  terms: { paymentMethod: 'bacs', paymentMethodTitle: 'Przelew odroczony' },
} as const;

function paymentOf({ payment, paidAt }: Fate, id: number) {
  const isOnline = payment === 'przelewy24' || payment === 'stripe';
  return { ...METHODS[payment], transactionId: isOnline && paidAt !== null ? `p24-${(id * 7919).toString(36)}` : '' };
}

function couponsOf(world: World, lines: WooOrder['lines']): WooCouponLine[] {
  const { discountMinor, discountTaxMinor } = discountsOf(lines);
  return [{ id: world.ids.wooItem(), code: 'rabat10', discountMinor, discountTaxMinor }];
}

function discountsOf(lines: WooOrder['lines']) {
  const sum = (of: (line: WooOrder['lines'][number]) => number) => lines.reduce((total, line) => total + of(line), 0);
  return {
    discountMinor: sum((line) => line.subtotalMinor - line.totalMinor),
    discountTaxMinor: sum((line) => line.subtotalTaxMinor - line.totalTaxMinor),
  };
}

function totalsOf(lines: WooOrder['lines'], shippingLines: WooOrder['shippingLines']) {
  const sum = (list: readonly { totalMinor: number; totalTaxMinor: number }[], key: 'totalMinor' | 'totalTaxMinor') =>
    list.reduce((total, item) => total + item[key], 0);
  const shippingMinor = sum(shippingLines, 'totalMinor');
  const shippingTaxMinor = sum(shippingLines, 'totalTaxMinor');
  const totalTaxMinor = sum(lines, 'totalTaxMinor') + shippingTaxMinor;
  return {
    totalMinor: sum(lines, 'totalMinor') + shippingMinor + totalTaxMinor,
    totalTaxMinor,
    ...discountsOf(lines),
    shippingMinor,
    shippingTaxMinor,
  };
}
