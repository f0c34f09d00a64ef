import { type AnyProperty, type HubspotRecord, readProperty, valuesOf } from './properties/index.ts';
import type { Filter } from './search-request.ts';

export function matches(filter: Filter, record: HubspotRecord): boolean {
  const values = valuesOf(filter.property, record);
  switch (filter.operator) {
    case 'HAS_PROPERTY':
      return values.length > 0;
    case 'NOT_HAS_PROPERTY':
      return values.length === 0;
    case 'NEQ':
    case 'NOT_IN':
    case 'NOT_CONTAINS_TOKEN':
      return !holds(POSITIVE[filter.operator], filter, values);
    default:
      return holds(filter.operator, filter, values);
  }
}

type Positive = 'EQ' | 'IN' | 'LT' | 'LTE' | 'GT' | 'GTE' | 'BETWEEN' | 'CONTAINS_TOKEN';

const POSITIVE = { NEQ: 'EQ', NOT_IN: 'IN', NOT_CONTAINS_TOKEN: 'CONTAINS_TOKEN' } as const;

function holds(operator: Positive, filter: Filter, values: readonly string[]): boolean {
  return values.some((value) => valueHolds(operator, filter, value));
}

function valueHolds(operator: Positive, { property, value, highValue, values }: Filter, actual: string): boolean {
  const against = (other: string) => compare(property, actual, other);
  switch (operator) {
    case 'EQ':
      return against(value) === 0;
    case 'IN':
      return values.some((each) => isIn(property, actual, each));
    case 'LT':
      return against(value) < 0;
    case 'LTE':
      return against(value) <= 0;
    case 'GT':
      return against(value) > 0;
    case 'GTE':
      return against(value) >= 0;
    case 'BETWEEN':
      return against(value) >= 0 && against(highValue) <= 0;
    case 'CONTAINS_TOKEN':
      return containsToken(actual, value);
  }
}

/** IN compares text in lower case and does not lower what the caller sent: "ANNA@FIRMA.PL" finds nobody. */
function isIn(property: AnyProperty, actual: string, asked: string): boolean {
  return property.type === 'string' ? actual.toLowerCase() === asked : compare(property, actual, asked) === 0;
}

/** Negative, zero or positive; NaN, which no operator accepts, when the two cannot be compared. */
export function compare(property: AnyProperty, left: string, right: string): number {
  if (property.type === 'number') return Number(left) - Number(right);
  if (property.type === 'date' || property.type === 'datetime') return toInstant(left) - toInstant(right);
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Milliseconds as text, or ISO 8601. */
function toInstant(text: string): number {
  return /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
}

/** Every word asked for is a word of the value; `*` stands for any letters at a word's start or end. */
function containsToken(actual: string, asked: string): boolean {
  const words = wordsOf(actual);
  return asked
    .toLowerCase()
    .split(WORD_BREAK)
    .filter((token) => token !== '')
    .every((token) => {
      const pattern = new RegExp(`^${token.split('*').map(escapeRegExp).join('.*')}$`);
      return words.some((word) => pattern.test(word));
    });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Properties that the search box looks into. */
const SEARCHABLE = new Set([
  'firstname',
  'lastname',
  'email',
  'hs_additional_emails',
  'phone',
  'name',
  'domain',
  'dealname',
  'subject',
  'content',
  'hs_searchable_calculated_phone_number',
]);

/** Every word of the query begins a word of the record, as the search box finds it. */
export function matchesQuery(properties: readonly AnyProperty[], query: string, record: HubspotRecord): boolean {
  const words = properties
    .filter((property) => SEARCHABLE.has(property.name))
    .flatMap((property) => wordsOf(readProperty(property, record) ?? ''));
  const asked = query
    .toLowerCase()
    .split(WORD_BREAK)
    .filter((word) => word !== '');
  return asked.every((each) => words.some((word) => word.startsWith(each)));
}

const WORD_BREAK = /[\s;,]+/;

/** An address is one word, and its parts are words too. */
function wordsOf(text: string): string[] {
  const whole = text.toLowerCase().split(WORD_BREAK);
  return whole.flatMap((word) => (/[@.-]/.test(word) ? [word, ...word.split(/[@.-]/)] : [word]));
}
