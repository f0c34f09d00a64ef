/** The business clock. Never for token expiry or cache lifetimes: those follow real time. */
export interface Clock {
  now(): Date;
  /** YYYY-MM-DD in the company's time zone. */
  today(): string;
  /** The company's date at that instant, YYYY-MM-DD. */
  dateOf(instant: Date): string;
  readonly timeZone: string;
}

export interface SettableClock extends Clock {
  /** Freezes the clock at `asOf`; null lets it run. */
  set(asOf: Date | null): void;
}

/** `timeZone` defaults to Europe/Warsaw; with `asOf` the clock stands still at that instant. */
export function createClock(options: { asOf?: Date | null; timeZone?: string } = {}): SettableClock {
  const timeZone = options.timeZone ?? 'Europe/Warsaw';
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  let frozenMs = options.asOf?.getTime() ?? null;
  const now = () => new Date(frozenMs ?? Date.now());
  const dateOf = (instant: Date) => isoDate(format.formatToParts(instant));
  // Days begin with a minute in every time zone, and asking for one takes longer than most of what needs it.
  let known: { minute: number; date: string } | null = null;
  const today = () => {
    const minute = Math.floor(now().getTime() / 60_000);
    if (known?.minute !== minute) known = { minute, date: dateOf(new Date(minute * 60_000)) };
    return known.date;
  };
  return {
    now,
    dateOf,
    timeZone,
    today,
    set: (asOf) => {
      frozenMs = asOf?.getTime() ?? null;
    },
  };
}

function isoDate(parts: Intl.DateTimeFormatPart[]): string {
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
