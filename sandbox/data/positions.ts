import type { Article, Catalogue } from './catalogue.ts';
import type { FakturowniaPosition, VatCode, WooOrder } from './records.ts';
import type { World } from './world.ts';

/** Turns what was ordered into positions of documents. Each bears the tax of its line, so that both sums agree. */
export type ToPositions = (order: WooOrder) => FakturowniaPosition[];

export function createToPositions(world: World, catalogue: Catalogue): ToPositions {
  const bySku = new Map(catalogue.articles.map((article) => [article.shop.sku, article]));
  return (order) => {
    const goods = order.lines.map((line) => makePosition(world, { ...line, ...goodsOf(bySku.get(line.sku)!) }));
    const postage = order.shippingLines.map((line) => {
      return makePosition(world, { ...line, ...SERVICE, name: line.methodTitle });
    });
    return goods.concat(postage);
  };
}

function goodsOf({ accounting, unit }: Article) {
  return { productId: accounting.id, code: accounting.code, unit };
}

export const SERVICE = { quantity: 1, productId: null, code: null, unit: 'usł' } as const;

interface PositionPlan {
  name: string;
  quantity: number;
  productId: number | null;
  code: string | null;
  unit: string;
  vat: VatCode;
  totalMinor: number;
  totalTaxMinor: number;
}

export function makePosition(world: World, plan: PositionPlan): FakturowniaPosition {
  const { name, quantity, productId, code, unit, vat, totalMinor, totalTaxMinor } = plan;
  return {
    id: world.ids.position(),
    productId,
    name,
    code,
    quantity,
    unit,
    vat,
    unitNetMinor: Math.round(totalMinor / quantity),
    netMinor: totalMinor,
    grossMinor: totalMinor + totalTaxMinor,
    before: null,
    after: null,
  };
}

/** The same goods at the same price stand in one position of a collective invoice. */
export function mergePositions(positions: readonly FakturowniaPosition[]): FakturowniaPosition[] {
  const merged = new Map<string, FakturowniaPosition>();
  for (const position of positions) {
    const key = `${position.name} ${position.unitNetMinor} ${position.vat}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...position });
    else {
      known.quantity += position.quantity;
      known.netMinor += position.netMinor;
      known.grossMinor += position.grossMinor;
    }
  }
  return [...merged.values()];
}
