import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { type AdaptiveLimit, createAdaptiveLimit } from '../../gateway/overload/adaptive-limit.ts';
import { createGate, type Gate } from '../../gateway/overload/gate.ts';

test('while operations wait for slow vendors, ever more may begin', () => {
  const time = startTime({ busyShare: 0.2 });
  expect(time.after({ windows: 30, tookMs: 800 })).toBe(5000);
});

test('when the event loop is busy, only as many as keep it so', () => {
  const time = startTime({ busyShare: 0.2 });
  time.after({ windows: 10, tookMs: 20 });
  time.set({ busyShare: 0.99 });
  expect(time.after({ windows: 60, tookMs: 20 })).toBe(2);
  time.set({ busyShare: 0.5 });
  expect(time.after({ windows: 12, tookMs: 20 })).toBeGreaterThan(60);
});

test('when even the fastest is slow, something behind us is overloaded, and more would only wait there', () => {
  const time = startTime({ busyShare: 0.2 });
  expect(time.after({ windows: 60, tookMs: 3000 })).toBeLessThanOrEqual(333);
  expect(time.after({ windows: 1, tookMs: 3000 })).toBeGreaterThanOrEqual(256);
});

test('after a busy time a loop with little to do lets more begin within a few glances', () => {
  const time = startTime({ busyShare: 0.99 });
  expect(time.after({ windows: 60, tookMs: 20 })).toBe(2);
  time.set({ busyShare: 0.1 });
  expect(time.waited({ ms: 120 })).toBeGreaterThanOrEqual(64);
});

test('operations that hang keep no others out, as long as others are fast', () => {
  const time = startTime({ busyShare: 0.2 });
  time.after({ windows: 1, tookMs: 20 });
  expect(time.waited({ ms: 2000 })).toBeGreaterThan(1000);
});

test('an operation that nothing keeps begins at once, one in each turn of the event loop', async () => {
  const gate = createGate({ limit: fixed(100), waitMs: 1000 });
  const begun: number[] = [];
  for (const number of [1, 2, 3]) gate.enter(() => begun.push(number));
  expect(begun).toEqual([1]);
  await nextTurn();
  expect(begun).toEqual([1, 2]);
  await nextTurn();
  expect(begun).toEqual([1, 2, 3]);
});

test('what waits is let in when more may begin, though nothing has ended and nothing arrives', async () => {
  let most = 1;
  const gate = createGate({ limit: { ...fixed(1), current: () => most }, waitMs: 1000 });
  const begun: number[] = [];
  for (const number of [1, 2]) gate.enter(() => begun.push(number));
  await nextTurn();
  expect(begun).toEqual([1]);
  most = 2;
  await pause(100);
  expect(begun).toEqual([1, 2]);
});

test('beyond the limit it waits for another to end, in order, unless its caller goes away', async () => {
  const gate = createGate({ limit: fixed(1), waitMs: 1000 });
  const begun: number[] = [];
  const [endFirst, endSecond] = [1, 2, 3].map((number) => gate.enter(() => begun.push(number)));
  await nextTurn();
  expect(begun).toEqual([1]);
  endSecond!();
  endFirst!();
  expect(begun).toEqual([1, 3]);
  expect(gate.state()).toEqual({ underWay: 1, waiting: 0, refused: 0 });
});

test('how many may wait follows from how fast they get in', async () => {
  let nowMs = 0;
  const gate = createGate({ limit: fixed(1), waitMs: 250, now: () => nowMs });
  const enter = () => arriveAt(gate);
  const fill = (most: number) => Array.from({ length: most }, enter).filter((one) => one !== null).length;
  // Until it knows better, one gets in each millisecond.
  expect(fill(500)).toBe(1 + 251);
  expect(gate.state()).toEqual({ underWay: 1, waiting: 251, refused: 248 });
  for (; nowMs < 251; nowMs += 10) enter();
  expect(fill(10)).toBe(0);
});

test('a process that stood still refuses nobody for that', async () => {
  let nowMs = 0;
  const gate = createGate({ limit: fixed(100), waitMs: 1000, now: () => nowMs });
  const arrive = (count: number) => Array.from({ length: count }, () => arriveAt(gate));
  const first = arrive(50);
  nowMs = 5000;
  expect([...first, ...arrive(50)]).not.toContain(null);
  await nextTurn();
  nowMs = 9000;
  expect(arrive(50)).not.toContain(null);
});

test('the longer those before took to get in, the fewer may wait', async () => {
  let nowMs = 0;
  const gate = createGate({ limit: fixed(1), waitMs: 250, now: () => nowMs });
  const ends: ((() => void) | null)[] = [];
  for (let count = 0; count < 200; count += 1) ends.push(arriveAt(gate));
  for (let count = 0; count < 100; count += 1) {
    await nextTurn();
    nowMs += 5;
    ends[count]!();
  }
  expect(gate.state().waiting).toBe(99);
  // Five milliseconds each: fifty may wait, and there are more.
  expect(gate.refuses()).toBe(true);
});

test('when most are refused, those let in wait a thirtieth of the time, and as many get in', async () => {
  const rush = startRush({ waitMs: 1000 });
  expect((await rush.afterMs(900, { perMs: 5 })).waiting).toBeGreaterThan(890);
  await rush.afterMs(1100, { perMs: 5 });
  const { letIn, waiting } = await rush.afterMs(1000, { perMs: 5 });
  expect(letIn / 1000).toBeCloseTo(1, 1);
  expect(waiting / 33).toBeCloseTo(1, 1);
});

test('when few are refused, all may wait as long as ever, also at once after a crowd', async () => {
  const rush = startRush({ waitMs: 1000 });
  expect((await rush.afterMs(7000, { perMs: 1.2 })).waiting / 1000).toBeCloseTo(1, 1);
  await rush.afterMs(3000, { perMs: 5 });
  await rush.afterMs(3000, { perMs: 0 });
  expect((await rush.afterMs(800, { perMs: 2 })).waiting / 800).toBeCloseTo(1, 1);
});

test('callers who ask again at once when refused do not keep a crowd up', async () => {
  const rush = startRush({ waitMs: 1000 });
  await rush.afterMs(3000, { perMs: 5 });
  await rush.afterMs(11_000, { perMs: 0, insistent: 200 });
  expect((await rush.afterMs(1000, { perMs: 0, insistent: 200 })).refused).toBe(0);
});

/** Null where it is refused. */
function arriveAt(gate: Gate): (() => void) | null {
  return gate.refuses() ? null : gate.enter(() => {});
}

/** One operation is done in each millisecond of a clock of its own. */
function startRush({ waitMs }: { waitMs: number }) {
  let nowMs = 0;
  const gate = createGate({ limit: fixed(1), waitMs, now: () => nowMs });
  const ends: (() => void)[] = [];
  const underWay = () => gate.state().underWay + gate.state().waiting;
  return {
    /** So many come in each millisecond; `insistent` ones come again at once, whether they were answered or refused. */
    async afterMs(ms: number, { perMs, insistent = 0 }: { perMs: number; insistent?: number }) {
      const { refused } = gate.state();
      let due = 0;
      let letIn = 0;
      for (let count = 0; count < ms; count += 1) {
        for (due += perMs + Math.max(0, insistent - underWay()); due >= 1; due -= 1) {
          const end = arriveAt(gate);
          if (!end) continue;
          letIn += 1;
          ends.push(end);
        }
        await nextTurn();
        nowMs += 1;
        ends.shift()?.();
      }
      return { letIn, waiting: gate.state().waiting, refused: gate.state().refused - refused };
    },
  };
}

function fixed(limit: number): AdaptiveLimit {
  return { current: () => limit, ended: () => {}, reached: () => {} };
}

/** A limit under a clock of its own, always reached. */
function startTime(first: { busyShare: number }) {
  let { busyShare } = first;
  let nowMs = 0;
  const busyMeter = { share: () => busyShare, restart: () => {} };
  const limit = createAdaptiveLimit({ most: 5000, now: () => nowMs, busyMeter });
  return {
    set: (next: { busyShare: number }) => {
      ({ busyShare } = next);
    },
    /** The limit after operations have waited for so long, and none has ended. */
    waited({ ms }: { ms: number }): number {
      for (const until = nowMs + ms; nowMs < until; nowMs += 7) limit.reached();
      return limit.current();
    },
    /** The limit after so many windows in which the fastest took so long. */
    after({ windows, tookMs }: { windows: number; tookMs: number }): number {
      for (let count = 0; count < windows; count += 1) {
        limit.reached();
        nowMs += 101;
        limit.ended(tookMs);
      }
      return limit.current();
    },
  };
}
