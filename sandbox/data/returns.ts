import { taxOf } from './catalogue.ts';
import type { Dice } from './dice.ts';
import type { Sale } from './orders.ts';
import type { WooOrderLine, WooRefund } from './records.ts';
import type { World } from './world.ts';

/** Goods that came back, or money that was given back for nothing but goodwill. */
export interface Return {
  readonly sale: Sale;
  readonly at: number;
  readonly reason: string;
  /** Everything, shipping included. */
  readonly isWhole: boolean;
  /** By the line's place in the order; empty = money alone. */
  readonly lines: readonly ReturnedLine[];
  /** Of money alone: what the first line costs from now on, net. */
  readonly firstLineNetMinor: number | null;
  readonly amountMinor: number;
  /** Whether the shop knows of it. */
  readonly isInShop: boolean;
  /** Whether the invoice was corrected for it. */
  readonly isCorrected: boolean;
}

interface ReturnedLine {
  readonly index: number;
  readonly quantity: number;
  readonly netMinor: number;
  readonly taxMinor: number;
}

const DAY_MS = 86_400_000;
const SHOP_MANAGER = 2;

/** What customers send back. An order is paid before its money can be given back, and has no other fault. */
export function makeReturns(world: World, sales: readonly Sale[]): Map<Sale, Return> {
  const dice = world.dice('returns');
  const returns = sales.flatMap((sale) => planReturn(world, dice, sale) ?? []);
  returns.sort((a, b) => a.at - b.at);
  for (const each of returns) if (each.isInShop) addRefund(world, each);
  return new Map(returns.map((each) => [each.sale, each]));
}

function planReturn(world: World, dice: Dice, sale: Sale): Return | null {
  const { order, fate, fault, buyer } = sale;
  const { completedAt, paidAt } = fate;
  if (fault !== null || completedAt === null || paidAt === null || typeof buyer.invoicing === 'object') return null;
  if (!dice.chance(0.08)) return null;
  const at = Math.max(completedAt, paidAt) + dice.int(2, 20) * DAY_MS + dice.int(0, 7200) * 1000;
  if (at > world.asOf) return null;
  const kind = dice.weighted([
    [4, 'whole'],
    [5, 'part'],
    [2, 'money'],
  ]);
  const isInvoiced = buyer.payers.length > 0;
  const isCorrected = isInvoiced && !world.quota('REFUND_WITHOUT_CORRECTION');
  const isInShop = !isCorrected || kind === 'money' || !world.quota('CORRECTION_WITHOUT_RETURN');
  const common = { sale, at, isInShop, isCorrected };
  if (kind === 'money') {
    const { totalMinor, totalTaxMinor, vat } = order.lines[0]!;
    const firstLineNetMinor = totalMinor - Math.round((totalMinor * dice.int(5, 20)) / 100);
    const amountMinor = totalMinor + totalTaxMinor - firstLineNetMinor - taxOf(firstLineNetMinor, vat);
    return { ...common, reason: 'Rabat za opóźnienie', isWhole: false, lines: [], firstLineNetMinor, amountMinor };
  }
  const reason = dice.pick(['Zwrot towaru', 'Odstąpienie od umowy', 'Uszkodzony towar']);
  const isWhole = kind === 'whole' || (order.lines.length === 1 && order.lines[0]!.quantity === 1);
  const lines = isWhole
    ? order.lines.map((line, index) => returnedLine(line, index, line.quantity))
    : [somePieces(dice, order.lines)];
  const amountMinor = isWhole
    ? order.totalMinor
    : lines.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0);
  return { ...common, reason, isWhole, lines, firstLineNetMinor: null, amountMinor };
}

function somePieces(dice: Dice, lines: readonly WooOrderLine[]): ReturnedLine {
  const index = dice.int(0, lines.length - 1);
  const { quantity } = lines[index]!;
  return returnedLine(lines[index]!, index, quantity === 1 ? 1 : dice.int(1, quantity - 1));
}

/** What remains is taxed anew, and the difference goes back: differences are not rounded on their own. */
function returnedLine(line: WooOrderLine, index: number, quantity: number): ReturnedLine {
  const { netMinor, taxMinor } = remainderOf(line, quantity);
  return { index, quantity, netMinor: line.totalMinor - netMinor, taxMinor: line.totalTaxMinor - taxMinor };
}

function remainderOf({ totalMinor, quantity: ordered, vat }: WooOrderLine, returned: number) {
  const netMinor = Math.round((totalMinor * (ordered - returned)) / ordered);
  return { netMinor, taxMinor: taxOf(netMinor, vat) };
}

function addRefund(world: World, { sale, at, reason, isWhole, lines, amountMinor }: Return): void {
  const { order } = sale;
  const refund: WooRefund = {
    id: world.ids.wooPost(),
    orderId: order.id,
    createdAt: at,
    amountMinor,
    reason,
    refundedBy: SHOP_MANAGER,
    lines: lines.map(({ index, quantity, netMinor, taxMinor }) => {
      const { id, productId, sku, name, vat } = order.lines[index]!;
      const common = { id: world.ids.wooItem(), orderLineId: id, productId, sku, name, vat };
      return { ...common, quantity, totalMinor: netMinor, totalTaxMinor: taxMinor };
    }),
  };
  world.woo.refunds.set(refund.id, refund);
  order.refundIds = [...order.refundIds, refund.id];
  order.modifiedAt = Math.max(order.modifiedAt, at);
  if (isWhole) order.status = 'refunded';
}
