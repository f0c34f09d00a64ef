/** One in so many customers is asked about in every run of the tests; `npm run test:customers`, which CI runs too, asks about all. */
const ONE_IN = process.env.EVERY_CUSTOMER === undefined ? 4 : 1;

/** The part of these that this run of the tests asks about. */
export function sampleOf<T>(items: readonly T[]): readonly T[] {
  return items.filter((_, index) => index % ONE_IN === 0);
}
