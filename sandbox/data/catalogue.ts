import { dayOf, instantOn } from './calendar.ts';
import type { Dice } from './dice.ts';
import { referenceTo } from './labels.ts';
import type { FakturowniaProduct, VatCode, WooProduct } from './records.ts';
import { slug } from './spelling.ts';
import type { World } from './world.ts';

/** One thing that is sold, as both systems have it. */
export interface Article {
  readonly shop: WooProduct;
  readonly accounting: FakturowniaProduct;
  readonly vat: VatCode;
  readonly unit: string;
}

export interface Catalogue {
  readonly articles: readonly Article[];
  /** What people buy at home. */
  readonly household: readonly Article[];
  /** The few things that wholesalers buy over and over. */
  readonly wholesale: readonly Article[];
  /** Dear things on Annex 15, which only firms buy. */
  readonly electronics: readonly Article[];
}

interface Range {
  readonly category: string;
  readonly code: string;
  readonly vat: VatCode;
  readonly unit: string;
  readonly names: readonly string[];
  readonly variants: readonly string[];
  /** Net, in złoty. */
  readonly price: readonly [min: number, max: number];
  readonly pkwiu: string;
  readonly gtu: string | null;
  readonly annex15: boolean;
}

const PLAIN = { gtu: null, annex15: false } as const;

const RANGES: readonly Range[] = [
  {
    ...PLAIN,
    category: 'Kawa',
    code: 'KAW',
    vat: '23',
    unit: 'szt',
    names: ['Kawa ziarnista Brazylia', 'Kawa ziarnista Etiopia', 'Kawa mielona Kolumbia', 'Kawa bezkofeinowa'],
    variants: ['250 g', '500 g', '1 kg'],
    price: [24, 119],
    pkwiu: '10.83.11.0',
  },
  {
    ...PLAIN,
    category: 'Herbata i dodatki',
    code: 'HER',
    vat: '8',
    unit: 'op',
    names: ['Herbatka miętowa', 'Herbatka z dzikiej róży', 'Syrop malinowy', 'Cukier trzcinowy'],
    variants: ['20 szt.', '50 szt.', '100 szt.'],
    price: [6, 39],
    pkwiu: '10.83.14.0',
  },
  {
    ...PLAIN,
    category: 'Żywność',
    code: 'ZYW',
    vat: '5',
    unit: 'szt',
    names: ['Mleko owsiane', 'Ciastka zbożowe', 'Sok jabłkowy', 'Orzechy nerkowca'],
    variants: ['250 ml', '1 l', 'karton 12 szt.'],
    price: [4, 79],
    pkwiu: '10.72.12.0',
  },
  {
    ...PLAIN,
    category: 'Książki',
    code: 'KSI',
    vat: '5',
    unit: 'szt',
    names: ['Atlas kawy', 'Podręcznik baristy', 'Dobre biuro', 'Księga parzenia'],
    variants: ['oprawa miękka', 'oprawa twarda'],
    price: [29, 89],
    pkwiu: '58.11.1',
  },
  {
    ...PLAIN,
    category: 'Biuro',
    code: 'BIU',
    vat: '23',
    unit: 'szt',
    names: ['Papier A4 ryza', 'Segregator', 'Długopis żelowy', 'Zszywacz', 'Notes w kratkę', 'Taśma pakowa'],
    variants: ['standard', 'premium', 'zestaw 10'],
    price: [3, 149],
    pkwiu: '17.23.13.0',
  },
  {
    ...PLAIN,
    category: 'Meble',
    code: 'MEB',
    vat: '23',
    unit: 'szt',
    names: ['Biurko regulowane', 'Fotel obrotowy', 'Regał metalowy', 'Lampa biurkowa', 'Szafka kontenerek'],
    variants: ['biały', 'dąb', 'czarny'],
    price: [129, 1890],
    pkwiu: '31.01.12.0',
  },
  {
    ...PLAIN,
    category: 'Ekspresy',
    code: 'EKS',
    vat: '23',
    unit: 'szt',
    names: ['Ekspres kolbowy', 'Ekspres automatyczny', 'Młynek żarnowy', 'Spieniacz mleka'],
    variants: ['Mini', 'Pro', 'Gastro'],
    price: [199, 6400],
    pkwiu: '27.51.24.0',
  },
  {
    ...PLAIN,
    category: 'Elektronika',
    code: 'ELE',
    vat: '23',
    unit: 'szt',
    names: ['Laptop 14"', 'Laptop 16"', 'Tablet', 'Dysk SSD 1 TB', 'Smartfon', 'Toner czarny'],
    variants: ['Basic', 'Plus', 'Pro'],
    price: [189, 7900],
    pkwiu: '26.20.11.0',
    gtu: 'GTU_06',
    annex15: true,
  },
  {
    ...PLAIN,
    category: 'Szkolenia',
    code: 'SZK',
    vat: 'zw',
    unit: 'usł',
    names: ['Kurs baristy', 'Szkolenie BHP', 'Szkolenie pierwszej pomocy'],
    variants: ['online', 'stacjonarne'],
    price: [149, 990],
    pkwiu: '85.59.19.0',
  },
];

/** The same goods in the shop and in the accounting, each numbered on its own and joined by the code alone. */
export function makeCatalogue(world: World): Catalogue {
  const dice = world.dice('catalogue');
  const madeAt = instantOn(dayOf(world.asOf) - 1100, 9);
  const articles = RANGES.flatMap((range, index) => {
    const categoryId = 15 + index;
    world.woo.categories.set(categoryId, { id: categoryId, name: range.category, slug: slug(range.category) });
    return range.names.flatMap((name, row) =>
      range.variants.map((variant, column) => {
        const sku = `${range.code}-${row + 1}${String(column + 1).padStart(2, '0')}`;
        return makeArticle(world, dice, { range, categoryId, sku, name: `${name} ${variant}`, madeAt });
      }),
    );
  });
  return {
    articles,
    household: articles.filter(({ shop }) => !/^(ELE|SZK)/.test(shop.sku) && shop.regularPriceMinor < 120_000),
    wholesale: articles.filter(({ shop }) => /^(KAW-1|ZYW-1|BIU-1)/.test(shop.sku)),
    electronics: articles.filter(({ accounting }) => accounting.splitPayment),
  };
}

interface ArticlePlan {
  range: Range;
  categoryId: number;
  sku: string;
  name: string;
  madeAt: number;
}

function makeArticle(world: World, dice: Dice, { range, categoryId, sku, name, madeAt }: ArticlePlan): Article {
  const netMinor = dice.int(range.price[0], range.price[1]) * 100 - dice.pick([0, 1, 5, 10]);
  const costMinor = Math.round(netMinor * (0.5 + dice.next() * 0.3));
  const stock = range.vat === 'zw' ? 0 : dice.int(0, 400);
  const changedAt = world.asOf - dice.int(1, 200) * 86_400_000;
  const shop: WooProduct = {
    id: world.ids.wooPost(),
    sku,
    name,
    slug: slug(`${name}-${sku}`),
    createdAt: madeAt,
    modifiedAt: changedAt,
    status: 'publish',
    regularPriceMinor: netMinor,
    salePriceMinor: null,
    vat: range.vat,
    stockQuantity: stock,
    categoryId,
    weightGrams: dice.int(1, 200) * 50,
    costMinor,
    gtin: dice.chance(0.7) ? makeGtin(dice) : null,
  };
  const accounting: FakturowniaProduct = {
    id: world.ids.position(),
    code: sku,
    name,
    vat: range.vat,
    netMinor,
    grossMinor: netMinor + taxOf(netMinor, range.vat),
    purchaseNetMinor: costMinor,
    quantity: stock,
    gtu: range.gtu,
    pkwiu: range.pkwiu,
    splitPayment: range.annex15,
    createdAt: madeAt,
    updatedAt: changedAt,
  };
  world.woo.products.set(shop.id, shop);
  world.fakturownia.products.set(accounting.id, accounting);
  partWays(world, accounting, () => [referenceTo.shopProduct(shop), referenceTo.product(accounting)]);
  return { shop, accounting, vat: range.vat, unit: range.unit };
}

/** Somebody changed the product in one of the two systems alone: one fact of it at most. */
function partWays(world: World, accounting: FakturowniaProduct, references: () => readonly string[]): void {
  const kinds = ['STOCK_MISMATCH', 'PRICE_MISMATCH', 'VAT_RATE_MISMATCH'] as const;
  // Courses are neither in stock nor taxed.
  const kind = accounting.vat === 'zw' ? undefined : kinds.find((each) => world.quota(each));
  if (kind === undefined) return;
  if (kind === 'STOCK_MISMATCH') accounting.quantity += 7;
  if (kind === 'PRICE_MISMATCH') accounting.netMinor += 500;
  if (kind === 'VAT_RATE_MISMATCH') accounting.vat = accounting.vat === '8' ? '5' : '8';
  accounting.grossMinor = accounting.netMinor + taxOf(accounting.netMinor, accounting.vat);
  world.labels.add(kind, references);
}

/** EAN-13 of Poland (590) with its check digit. */
function makeGtin(dice: Dice): string {
  const digits = `590${String(dice.int(0, 999_999_999)).padStart(9, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Whole grosze, half up. What is exempt or outside VAT bears none. */
export function taxOf(netMinor: number, vat: VatCode): number {
  const percent = PERCENT[vat];
  return percent === 0 ? 0 : Math.floor((netMinor * percent + 50) / 100);
}

const PERCENT: Readonly<Record<VatCode, number>> = { '23': 23, '8': 8, '5': 5, '0': 0, zw: 0, np: 0, oo: 0 };
