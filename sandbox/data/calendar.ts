const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A calendar day in Warsaw, as the number of days since 1970-01-01. */
export type Day = number;

export function dayOf(instantMs: number): Day {
  return Math.floor((instantMs + offsetMs(instantMs)) / DAY_MS);
}

/** Made once a day and shared: half a million documents name some 800 days. */
const texts = new Map<Day, string>();

/** `2026-11-02` */
export function dayText(day: Day): string {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  texts.set(day, text);
  return text;
}

export function dayFromText(text: string): Day {
  return Date.parse(`${text}T00:00:00Z`) / DAY_MS;
}

/** The instant of that time in Warsaw. A time that the change of clocks leaves out comes out an hour earlier. */
export function instantOn(day: Day, hour: number, minute = 0, second = 0): number {
  const asUtc = day * DAY_MS + hour * HOUR_MS + minute * 60_000 + second * 1000;
  return asUtc - offsetMs(asUtc - HOUR_MS);
}

/** Poland keeps the summer time of the EU: from 1:00 UTC of March's last Sunday to 1:00 UTC of October's. */
function offsetMs(instantMs: number): number {
  const [begin, end] = summerOf(new Date(instantMs).getUTCFullYear());
  return instantMs >= begin && instantMs < end ? 2 * HOUR_MS : HOUR_MS;
}

const summers = new Map<number, readonly [begin: number, end: number]>();

function summerOf(year: number): readonly [begin: number, end: number] {
  const known = summers.get(year);
  if (known !== undefined) return known;
  const summer = [clockChange(year, 2), clockChange(year, 9)] as const;
  summers.set(year, summer);
  return summer;
}

/** The instant at which clocks change in March (2) or October (9). */
export function clockChange(year: number, month: 2 | 9): number {
  const last = new Date(Date.UTC(year, month, 31, 1));
  return last.getTime() - last.getUTCDay() * DAY_MS;
}

/** 0 = Sunday. */
export function weekday(day: Day): number {
  return (day + 4) % 7;
}

export function isWorkingDay(day: Day): boolean {
  const ofWeek = weekday(day);
  return ofWeek !== 0 && ofWeek !== 6 && !isHoliday(day);
}

export function nextWorkingDay(day: Day): Day {
  let next = day + 1;
  while (!isWorkingDay(next)) next += 1;
  return next;
}

export function previousWorkingDay(day: Day): Day {
  let previous = day - 1;
  while (!isWorkingDay(previous)) previous -= 1;
  return previous;
}

const FIXED_HOLIDAYS = new Set([
  '01-01',
  '01-06',
  '05-01',
  '05-03',
  '08-15',
  '11-01',
  '11-11',
  '12-24',
  '12-25',
  '12-26',
]);

function isHoliday(day: Day): boolean {
  const text = dayText(day);
  if (FIXED_HOLIDAYS.has(text.slice(5))) return true;
  const sinceEaster = day - easter(Number(text.slice(0, 4)));
  return sinceEaster === 1 || sinceEaster === 60;
}

/** Gauss's algorithm as Meeus gives it: Easter Sunday of the Gregorian calendar. */
function easter(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const skipped = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25);
  const moon = (19 * golden + skipped + 15) % 30;
  const fullMoon = moon - Math.floor(moon / 28) * (1 - Math.floor(29 / (moon + 1)) * Math.floor((21 - golden) / 11));
  const sunday = (year + Math.floor(year / 4) + fullMoon + 2 - century + Math.floor(century / 4)) % 7;
  const month = 3 + Math.floor((fullMoon - sunday + 40) / 44);
  const dayOfMonth = fullMoon - sunday + 28 - 31 * Math.floor(month / 4);
  return Date.UTC(year, month - 1, dayOfMonth) / DAY_MS;
}
