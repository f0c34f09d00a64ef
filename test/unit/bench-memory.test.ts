import { expect, test } from '@jest/globals';
import { fitSlope } from '../../bench/memory/slope.ts';

const points = (count: number, yOf: (x: number) => number) =>
  Array.from({ length: count }, (_, x) => ({ x, y: yOf(x) }));

/** The same each time, between -0.5 and 0.5. */
const noise = (x: number) => ((x * 7919) % 101) / 101 - 0.5;

test("a line's slope is found, with no doubt left", () => {
  expect(fitSlope(points(20, (x) => 3 + 2 * x))).toEqual({ value: 2, low: 2, high: 2 });
});

test('points that stand out do not move the slope', () => {
  const { value, low, high } = fitSlope(points(60, (x) => x / 10 + noise(x) + (x % 9 === 4 ? 500 : 0)));
  expect(value).toBeCloseTo(0.1, 1);
  expect(low).toBeGreaterThan(0);
  expect(high).toBeLessThan(0.2);
});

test('the interval of noise alone holds zero, and is narrower with more points', () => {
  const [few, many] = [fitSlope(points(10, noise)), fitSlope(points(60, noise))];
  for (const { low, high } of [few, many]) {
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  }
  expect(many.high - many.low).toBeLessThan((few.high - few.low) / 4);
});

test('a small growth within noise is told for sure once there are enough points', () => {
  expect(fitSlope(points(60, (x) => x * 0.017 + noise(x))).low).toBeGreaterThan(0.005);
});

test('three points tell nothing for sure', () => {
  expect(fitSlope(points(3, (x) => x))).toEqual({ value: 1, low: -Infinity, high: Infinity });
});
