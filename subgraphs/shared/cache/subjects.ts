import type { RecordKey } from '../../../common/cache/record-store.ts';
import { type TaxIdentifier, taxIdKey } from '../normalise.ts';
import type { Identifier } from '../party.ts';

/**
 * Whom a record is about: a tag for every identifier of a person in it and in its key, so that all of a person can be
 * removed and kept out without knowing what there is. Stores that leave the process keep keyed hashes of tags.
 */
export function subjectTags(key: RecordKey, value: unknown, tags: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (subject: Subject) => found.add(subjectTag(subject));
  collectFromText(key.id, add);
  if (PERSON_TYPES.has(key.type)) add({ kind: 'REFERENCE', value: `${key.source}:${key.type}:${key.id}` });
  for (const tag of tags) collectFromTag(tag, add);
  collect(value, key.source, add);
  return [...found];
}

type Subject = Pick<Identifier, 'kind' | 'value'>;
type Add = (subject: Subject) => void;

export function subjectTag({ kind, value }: Subject): string {
  return `person:${kind}:${value.toLowerCase()}`;
}

const PERSON_TYPES: ReadonlySet<string> = new Set(['customer', 'client', 'contact', 'company', 'guest']);
/** Properties that name a person by an id of their own source. */
const ID_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['customerId', 'customer'],
  ['clientId', 'client'],
]);
const PARENT_TYPES: Readonly<Record<string, string>> = {
  orders: 'customer',
  invoices: 'client',
  corrections: 'client',
};

/** Begins where a word does: a search from within a long one, from each of its letters, would take the square of its length. */
const EMAIL = /(?<![^\s"'<>:;,()[\]{}@])[^\s"'<>:;,()[\]{}@]+@[^\s"'<>:;,()[\]{}@]+\.[^\s"'<>:;,()[\]{}@.]+/g;
const PHONE = /\+\d{7,15}\b/g;
const REFERENCE = /^[a-z]\w{0,31}:(customer|client|contact|company|guest):\S+$/;

function collect(value: unknown, source: string, add: Add): void {
  if (typeof value === 'string') collectFromText(value, add);
  else if (Array.isArray(value)) for (const part of value) collect(part, source, add);
  else if (typeof value === 'object' && value !== null) collectFromObject(value, source, add);
}

function collectFromObject(value: object, source: string, add: Add): void {
  if (isTaxIdentifier(value)) {
    const tax = taxIdKey(value);
    if (tax !== null) add({ kind: 'TAX_ID', value: tax });
  }
  for (const [name, part] of Object.entries(value)) {
    const type = ID_PROPERTIES.get(name);
    if (type && typeof part === 'string') add({ kind: 'REFERENCE', value: `${source}:${type}:${part}` });
    collect(part, source, add);
  }
}

function collectFromText(text: string, add: Add): void {
  // Most texts hold none of these, and all of every record are looked through.
  if (text.includes('@')) for (const [email] of text.matchAll(EMAIL)) add({ kind: 'EMAIL', value: email });
  if (text.includes('+')) for (const [phone] of text.matchAll(PHONE)) add({ kind: 'PHONE', value: phone });
  if (text.includes(':') && REFERENCE.test(text)) add({ kind: 'REFERENCE', value: text });
}

/** A list of one customer's records names them by its tag alone. */
function collectFromTag(tag: string, add: Add): void {
  const [, source, children, id] = /^(\w+):(\w+)-of:(.+)$/.exec(tag) ?? [];
  const type = children && Object.hasOwn(PARENT_TYPES, children) ? PARENT_TYPES[children] : undefined;
  if (type) add({ kind: 'REFERENCE', value: `${source}:${type}:${id}` });
  if (REFERENCE.test(tag)) add({ kind: 'REFERENCE', value: tag });
}

function isTaxIdentifier(value: object): value is TaxIdentifier {
  return 'scheme' in value && 'country' in value && 'valid' in value;
}
