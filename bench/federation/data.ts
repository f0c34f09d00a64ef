/**
 * The subgraphs' data: our own, and as long and as often repeated as the data of the public benchmark
 * (graphql-hive/graphql-gateways-benchmark), so that the big query's answer has its size.
 */
export interface User {
  id: string;
  name: string;
  username: string;
  birthday: number;
}

export interface Product {
  upc: string;
  name: string;
  price: number;
  weight: number;
  inStock: boolean;
}

export interface Review {
  id: string;
  body: string;
  upc: string;
}

export const USERS: readonly User[] = [
  ['Ada Wisniewska', 'adawi'],
  ['Jan Kowalik', 'jankowalik'],
  ['Ewa Zielinska', 'ewazielinska'],
  ['Karol Michalak', 'kmichal'],
  ['Ola Krawiec', 'olakrawiec'],
  ['Hanna Wojcik', 'hannaw'],
].map(([name, username], index) => ({
  id: String(index + 1),
  name: name!,
  username: username!,
  birthday: 1234567890 + index,
}));

export const PRODUCTS: readonly Product[] = (
  [
    ['Shelf', 849, 120, true],
    ['Bench', 1249, 1100, false],
    ['Plate', 18, 24, false],
    ['Stool', 459, 110, false],
    ['PC', 1150, 1200, true],
    ['Vase', 6499, 320, true],
    ['Stove', 3899, 2100, true],
    ['Larder', 104000, 6100, false],
    ['Rug', 9849, 810, true],
  ] as const
).map(([name, price, weight, inStock], index) => ({ upc: String(index + 1), name, price, weight, inStock }));

/** Of each review: the product, and how long its text is. */
const REVIEWS_OF = [
  ['1', 445],
  ['1', 289],
  ['1', 275],
  ['1', 143],
  ['2', 445],
  ['2', 289],
  ['2', 275],
  ['2', 143],
  ['3', 143],
  ['4', 143],
  ['4', 844],
] as const;

const WORDS =
  'it came quickly and does what it says so we would buy it again though the colour is not that of the picture';

export const REVIEWS: readonly Review[] = REVIEWS_OF.map(([upc, length], index) => {
  const id = String(index + 1);
  return { id, upc, body: `Review ${id}: ${`${WORDS}, `.repeat(10)}`.slice(0, length) };
});
