/** A line's slope with its 95 % confidence interval. */
export interface Slope {
  value: number;
  low: number;
  high: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Of the normal distribution, both sides. */
const Z_95 = 1.96;

/**
 * Theil and Sen's slope: the median of the slopes between all pairs, which single points that stand out do not move. The
 * interval is Sen's, from the variance of Kendall's S (https://doi.org/10.1080/01621459.1968.10480934): without end where the
 * points are too few to tell.
 */
export function fitSlope(points: readonly Point[]): Slope {
  const slopes = points
    .flatMap((from, index) => points.slice(index + 1).map((to) => (to.y - from.y) / (to.x - from.x)))
    .toSorted((a, b) => a - b);
  const n = points.length;
  const spread = Z_95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const [lowRank, highRank] = [Math.round((slopes.length - spread) / 2 - 1), Math.round((slopes.length + spread) / 2)];
  const middle = (slopes.length - 1) / 2;
  return {
    value: (slopes[Math.floor(middle)]! + slopes[Math.ceil(middle)]!) / 2,
    low: slopes[lowRank] ?? Number.NEGATIVE_INFINITY,
    high: slopes[highRank] ?? Number.POSITIVE_INFINITY,
  };
}
