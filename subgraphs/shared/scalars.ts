import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { Big } from './money.ts';
import { normaliseEmail, normalisePhone } from './normalise.ts';

/** The graph's own scalars by name. A subgraph gets those that its SDL declares. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = Object.fromEntries(
  [
    textScalar('Decimal', 'a decimal number as text, as "1234.50"', toDecimal),
    textScalar('Date', 'a calendar date, as "2026-01-31"', toDate),
    textScalar('DateTime', 'an instant with its offset, as "2026-01-31T10:00:00Z"', toDateTime),
    textScalar('CountryCode', 'an ISO 3166-1 alpha-2 code, as "PL"', (value) => matching(value, /^[A-Z]{2}$/)),
    textScalar('CurrencyCode', 'an ISO 4217 code, as "PLN"', (value) => matching(value, /^[A-Z]{3}$/)),
    textScalar('EmailAddress', 'an e-mail address', (value) => normaliseEmail(toText(value)), toText),
    textScalar('PhoneNumber', 'a telephone number', (value) => normalisePhone(toText(value)), toText),
  ].map((scalar) => [scalar.name, scalar]),
);

type Read = (value: unknown) => string | null;

/** A scalar that is text inside and outside. `read` and `write` answer null for what they do not accept. */
function textScalar(name: string, expected: string, read: Read, write = read): GraphQLScalarType {
  const converter = (convert: Read) => (value: unknown) => {
    const text = convert(value);
    if (text === null) throw new GraphQLError(`${name} must be ${expected}`);
    return text;
  };
  const parseValue = converter(read);
  const parseLiteral = (node: ValueNode) => parseValue(literalText(node));
  return new GraphQLScalarType({ name, serialize: converter(write), parseValue, parseLiteral });
}

function literalText(node: ValueNode): string | null {
  // A number in the document is still text here, so Decimal literals lose nothing.
  const isText = node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT;
  return isText ? node.value : null;
}

/** Unit prices in KSeF's FA(3) have up to eight decimals; nothing in the domain has more. */
const MAX_DECIMALS = 8;

function toDecimal(value: unknown): string | null {
  const text = Number.isSafeInteger(value) || value instanceof Big ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,30}(\.\d{1,30})?$/.test(text)) return null;
  const decimals = text.split('.')[1]?.length ?? 0;
  return decimals > MAX_DECIMALS ? new Big(text).toFixed(MAX_DECIMALS) : text;
}

function toDate(value: unknown): string | null {
  const text = matching(value, /^\d{4}-\d{2}-\d{2}$/);
  return text !== null && isCalendarDate(text) ? text : null;
}

/** JavaScript reads 2026-02-30 as 2 March. */
function isCalendarDate(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** RFC 3339. Answers UTC with milliseconds, so that equal instants are equal texts. */
function toDateTime(value: unknown): string | null {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  const matched = matching(text, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/);
  if (matched === null || !isCalendarDate(matched.slice(0, 10))) return null;
  const instant = new Date(matched);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

function matching(value: unknown, pattern: RegExp): string | null {
  return typeof value === 'string' && pattern.test(value) ? value : null;
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
