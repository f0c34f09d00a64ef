import type { BuyingHabit } from './buyer.ts';
import { type Article, type Catalogue, taxOf } from './catalogue.ts';
import type { Dice } from './dice.ts';
import type { Currency, WooOrderLine, WooShippingLine } from './records.ts';
import type { World } from './world.ts';

/** So many hundredths of a currency are one złoty's hundred, in the shop's own price lists. */
const PRICE_PER_ZLOTY: Readonly<Record<Currency, number>> = { PLN: 1, EUR: 0.24, USD: 0.27, CZK: 5.9 };

export interface LinePlan {
  catalogue: Catalogue;
  habit: BuyingHabit;
  currency: Currency;
  /** Of the whole order, as a coupon gives it. */
  discountPercent: number;
  /** Goods go out of the country without tax. */
  isUntaxed: boolean;
}

export function makeLines(world: World, dice: Dice, plan: LinePlan): WooOrderLine[] {
  const count = dice.weighted([
    [5, 1],
    [3, 2],
    [2, 3],
  ]);
  const articles = new Set(Array.from({ length: count }, () => pickArticle(dice, plan)));
  return [...articles].map((article) => makeLine(world, article, quantityOf(dice, plan.habit), plan));
}

function pickArticle(dice: Dice, { catalogue, habit }: LinePlan): Article {
  if (habit === 'household') return dice.pick(catalogue.household);
  if (habit === 'wholesale') return dice.pick(catalogue.wholesale);
  return dice.pick(dice.chance(0.15) ? catalogue.electronics : catalogue.articles);
}

function quantityOf(dice: Dice, habit: BuyingHabit): number {
  if (habit === 'household')
    return dice.weighted([
      [7, 1],
      [2, 2],
      [1, 3],
    ]);
  return dice.weighted([
    [4, 1],
    [3, 2],
    [2, 5],
    [1, 10],
  ]);
}

function makeLine(world: World, { shop, vat }: Article, quantity: number, plan: LinePlan): WooOrderLine {
  const rate = plan.isUntaxed ? '0' : vat;
  const priceMinor = Math.round(shop.regularPriceMinor * PRICE_PER_ZLOTY[plan.currency]);
  const subtotalMinor = priceMinor * quantity;
  const totalMinor = subtotalMinor - Math.round((subtotalMinor * plan.discountPercent) / 100);
  return {
    id: world.ids.wooItem(),
    productId: shop.id,
    sku: shop.sku,
    name: shop.name,
    quantity,
    subtotalMinor,
    subtotalTaxMinor: taxOf(subtotalMinor, rate),
    totalMinor,
    totalTaxMinor: taxOf(totalMinor, rate),
    vat: rate,
  };
}

const NO_SHIPPING: readonly WooShippingLine[] = [];

/** Free above 300 złoty, and for what needs no parcel. */
export function makeShipping(
  world: World,
  dice: Dice,
  lines: readonly WooOrderLine[],
  plan: LinePlan,
): readonly WooShippingLine[] {
  const netMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const factor = PRICE_PER_ZLOTY[plan.currency];
  if (netMinor > 30_000 * factor || lines.every(({ vat }) => vat === 'zw')) return NO_SHIPPING;
  const vat = plan.isUntaxed ? '0' : '23';
  const [methodTitle, price] = dice.pick(METHODS);
  const totalMinor = Math.round(price * factor);
  return [
    {
      id: world.ids.wooItem(),
      methodId: 'flat_rate',
      methodTitle,
      totalMinor,
      totalTaxMinor: taxOf(totalMinor, vat),
      vat,
    },
  ];
}

const METHODS: readonly (readonly [title: string, netMinor: number])[] = [
  ['InPost Paczkomat', 1219],
  ['Kurier DPD', 1626],
  ['Kurier InPost', 1463],
  ['Poczta Polska', 1057],
];
