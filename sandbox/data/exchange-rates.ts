import { type Day, dayFromText, dayText, isWorkingDay, previousWorkingDay } from './calendar.ts';
import type { Currency } from './records.ts';

export interface ExchangeRate {
  /** Złoty for one unit, in ten-thousandths. */
  readonly rate: number;
  /** `Tabela nr 210/A/NBP/2026 z dnia 2026-10-29` */
  readonly note: string;
}

/** What a currency costs about, in ten-thousandths of a złoty. */
const MIDDLE: Readonly<Record<Exclude<Currency, 'PLN'>, number>> = { EUR: 42_500, USD: 36_800, CZK: 1_720 };

/**
 * The middle rate of the National Bank's table A of the last working day before a sale (art. 31a of the VAT act). The
 * rates themselves are made up.
 */
export function exchangeRate(currency: Exclude<Currency, 'PLN'>, sellDay: Day): ExchangeRate {
  const day = previousWorkingDay(sellDay);
  const year = dayText(day).slice(0, 4);
  const swing = (Math.abs((day % 180) - 90) - 45) / 45;
  const jitter = ((day * 7919) % 101) - 50;
  const rate = Math.round(MIDDLE[currency] * (1 + swing * 0.02 + jitter / 20_000));
  const ordinal = workingDayOfYear(day, year);
  return { rate, note: `Tabela nr ${String(ordinal).padStart(3, '0')}/A/NBP/${year} z dnia ${dayText(day)}` };
}

/** Tables are numbered by working days; counted once a day and kept. */
const ordinals = new Map<Day, number>();

function workingDayOfYear(day: Day, year: string): number {
  const known = ordinals.get(day);
  if (known !== undefined) return known;
  let count = 0;
  for (let each = dayFromText(`${year}-01-01`); each <= day; each += 1) if (isWorkingDay(each)) count += 1;
  ordinals.set(day, count);
  return count;
}
