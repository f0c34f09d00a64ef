/** The first instant of a calendar day in a time zone, ISO. A day begins an hour earlier in UTC when clocks are ahead. */
export function startOfDay(date: string, timeZone: string): string {
  const midnightUtcMs = Date.parse(`${date}T00:00:00Z`);
  // The offset that holds at UTC's midnight may change before the zone's own, so it is looked up a second time there.
  const guessMs = midnightUtcMs - offsetMs(midnightUtcMs, timeZone);
  return new Date(midnightUtcMs - offsetMs(guessMs, timeZone)).toISOString();
}

export function dayAfter(date: string): string {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

function offsetMs(instantMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instantMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
}
