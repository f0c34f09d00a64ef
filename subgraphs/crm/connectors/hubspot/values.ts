import { parseDecimal } from '../../../shared/money.ts';
import type { ObjectPayload } from './payloads.ts';

/** The property's text; null when it is absent or blank, which HubSpot uses alike. */
export function text({ properties }: ObjectPayload, name: string | null): string | null {
  if (name === null) return null;
  return properties[name]?.trim() || null;
}

/** A property that holds several values, parted by ";". */
export function list(payload: ObjectPayload, name: string): string[] {
  const parts = text(payload, name)?.split(';') ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Null when the portal does not tell. */
export function flag(payload: ObjectPayload, name: string): boolean | null {
  const value = text(payload, name)?.toLowerCase();
  if (value === 'true') return true;
  return value === 'false' ? false : null;
}

/** HubSpot writes instants as ISO 8601 or as epoch milliseconds, and calendar days at midnight UTC in either form. */
export function instant(value: string | null): string | null {
  if (value === null) return null;
  const date = new Date(/^-?\d+$/.test(value) ? Number(value) : value);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

export function decimal(value: string | null): string | null {
  return value === null ? null : parseDecimal(value);
}

/** HubSpot's country is free text: a code, or a name in English or Polish. Null when it is none of these. */
export function countryCode(value: string | null): string | null {
  return value === null ? null : (COUNTRY_CODES.get(value.toLocaleLowerCase('pl')) ?? null);
}

const COUNTRY_CODES: ReadonlyMap<string, string> = new Map(
  ['en', 'pl'].flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    return allCodes().flatMap((code) => {
      const name = names.of(code);
      return name === undefined
        ? []
        : [[name.toLocaleLowerCase('pl'), code] as const, [code.toLowerCase(), code] as const];
    });
  }),
);

function allCodes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((first) => letters.map((second) => `${first}${second}`));
}
