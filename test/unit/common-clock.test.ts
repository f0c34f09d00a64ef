import { expect, test } from '@jest/globals';
import { createClock } from '../../common/clock.ts';

test('today is the date in the company time zone, not in UTC', () => {
  const clock = createClock({ asOf: new Date('2026-06-30T22:30:00Z') });
  expect(clock.today()).toBe('2026-07-01');
  expect(createClock({ asOf: clock.now(), timeZone: 'America/New_York' }).today()).toBe('2026-06-30');
});

test('keeps the date right on both sides of the change of clocks', () => {
  const clock = createClock();
  expect(clock.dateOf(new Date('2026-03-28T22:59:59Z'))).toBe('2026-03-28');
  expect(clock.dateOf(new Date('2026-03-28T23:00:00Z'))).toBe('2026-03-29');
  expect(clock.dateOf(new Date('2026-10-25T22:59:59Z'))).toBe('2026-10-25');
  expect(clock.dateOf(new Date('2026-10-25T23:00:00Z'))).toBe('2026-10-26');
});

test('stands still at asOf, can be set, and runs when asOf is null', () => {
  const clock = createClock({ asOf: new Date('2026-01-15T12:00:00Z') });
  expect(clock.now()).toEqual(clock.now());
  clock.set(new Date('2027-02-01T12:00:00Z'));
  expect(clock.today()).toBe('2027-02-01');
  clock.set(null);
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1000);
});
