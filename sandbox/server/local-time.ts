const HOUR_MS = 3_600_000;

/** Writes instants as a vendor in one time zone does. */
export interface LocalTime {
  /** `2026-03-22T16:28:02`, no offset. */
  plain(instantMs: number): string;
  /** `2026-03-22T16:28:02.000+01:00`. */
  withOffset(instantMs: number): string;
  /** The instant of a plain local date-time, or null when the text is none. */
  parse(text: string): number | null;
}

/** Offsets are kept by the hour: a page of orders has some hundred dates, and `Intl` is slow. */
export function createLocalTime(timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number>();
  const offsetMs = (instantMs: number): number => {
    const hour = Math.floor(instantMs / HOUR_MS);
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    const offset = parseOffset(
      format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? '',
    );
    offsets.set(hour, offset);
    return offset;
  };
  const plain = (instantMs: number) => new Date(instantMs + offsetMs(instantMs)).toISOString().slice(0, 19);
  return {
    plain,
    withOffset: (instantMs) => {
      const millis = String(((instantMs % 1000) + 1000) % 1000).padStart(3, '0');
      return `${plain(instantMs)}.${millis}${offsetText(offsetMs(instantMs))}`;
    },
    parse: (text) => {
      const asUtc = Date.parse(`${text}Z`);
      return Number.isNaN(asUtc) ? null : asUtc - offsetMs(asUtc - offsetMs(asUtc));
    },
  };
}

/** UTC without its mark, as WooCommerce writes the `_gmt` twins. */
export function utcPlain(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 19);
}

function parseOffset(name: string): number {
  const match = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
