import { expect, test } from '@jest/globals';
import {
  clockChange,
  dayFromText,
  dayOf,
  dayText,
  instantOn,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  weekday,
} from '../../sandbox/data/calendar.ts';

const warsaw = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Warsaw' });
const HOUR_MS = 3_600_000;

test('dates every hour as Warsaw does, also when clocks change', () => {
  const wrong: string[] = [];
  for (let instant = Date.parse('2024-01-01T00:30:00Z'); instant < Date.parse('2027-01-01'); instant += HOUR_MS) {
    if (dayText(dayOf(instant)) !== warsaw.format(instant)) wrong.push(new Date(instant).toISOString());
  }
  expect(wrong).toEqual([]);
});

test('finds the instants at which clocks change', () => {
  expect(new Date(clockChange(2026, 2)).toISOString()).toBe('2026-03-29T01:00:00.000Z');
  expect(new Date(clockChange(2026, 9)).toISOString()).toBe('2026-10-25T01:00:00.000Z');
});

test('tells the instant of a time in Warsaw', () => {
  const at = (text: string, hour: number, minute = 0) =>
    new Date(instantOn(dayFromText(text), hour, minute)).toISOString();
  expect(at('2026-07-25', 0)).toBe('2026-07-24T22:00:00.000Z');
  expect(at('2026-01-25', 23, 30)).toBe('2026-01-25T22:30:00.000Z');
  // 2:30 does not exist on the first day, and comes twice on the second.
  expect(at('2026-03-29', 2, 30)).toBe('2026-03-29T00:30:00.000Z');
  expect(at('2026-10-25', 2, 30)).toBe('2026-10-25T01:30:00.000Z');
});

test('works on no weekend and no Polish holiday', () => {
  const spring = Array.from({ length: 366 }, (_, offset) => dayFromText('2026-01-01') + offset);
  const holidays = spring.filter((day) => !isWorkingDay(day) && weekday(day) !== 0 && weekday(day) !== 6);
  expect(holidays.map(dayText)).toEqual([
    '2026-01-01',
    '2026-01-06',
    '2026-04-06',
    '2026-05-01',
    '2026-06-04',
    '2026-11-11',
    '2026-12-24',
    '2026-12-25',
    '2027-01-01',
  ]);
  expect(dayText(nextWorkingDay(dayFromText('2026-04-03')))).toBe('2026-04-07');
  expect(dayText(previousWorkingDay(dayFromText('2026-11-12')))).toBe('2026-11-10');
});
