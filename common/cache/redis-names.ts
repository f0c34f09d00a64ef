import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { keyText, type RecordKey } from './record-store.ts';

/** Begins every name; the number is the version of the layout, so that a new release never reads an older one's keys. */
const PREFIX = 'jeden:cache3:';

/** All sources that were ever written, and all tombstones: one slot. */
export const SOURCES = `${PREFIX}{all}:sources`;
export const ERASED = `${PREFIX}{all}:erased`;

export interface RedisNames {
  /** A name that tells nothing: identifiers of people are in keys and tags. Of a tag's name it is what it was made of. */
  hash(text: string): string;
  /** What may be told of a tag instead of it, also to whoever does not know the secret. */
  tagName(tag: string): string;
  hashOf(key: RecordKey): string;
  /** Under each of the keys: tombstones outlive a change of keys. */
  everyHash(text: string): string[];
}

/**
 * Hashes under a secret that all processes share: whoever reads Redis's names, logs or dumps cannot try out e-mails.
 * The first secret names; others are older ones.
 */
export function createRedisNames(secrets: readonly Buffer[]): RedisNames {
  const known = new LRUCache<string, string>({ max: 50_000 });
  const [first, ...older] = secrets.map((secret) => createSecretKey(secret));
  const hash = (text: string) => {
    if (text.startsWith(TAG_NAME)) return text.slice(TAG_NAME.length);
    const found = known.get(text);
    if (found) return found;
    const made = hashUnder(first!, text);
    known.set(text, made);
    return made;
  };
  return {
    hash,
    tagName: (tag) => `${TAG_NAME}${hash(tag)}`,
    hashOf: (key) => hash(keyText(key)),
    everyHash: (text) =>
      text.startsWith(TAG_NAME) ? [hash(text)] : [hash(text), ...older.map((key) => hashUnder(key, text))],
  };
}

/** Begins the name of a tag, and no key or tag. */
const TAG_NAME = '#';

/** 128 bits: two keys with one name would be a miss, as records hold their own identity. */
function hashUnder(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url');
}

/** A source's keys share a hash tag, so that one script may touch them all in a Cluster too. */
export function namesOf(source: string) {
  const base = `${PREFIX}{${source}}:`;
  return {
    base,
    /** "epoch:sequence:floor". */
    state: `${base}state`,
    /** Which tag was invalidated last at which sequence. */
    invalidated: `${base}invalidated`,
    /** Until when which tag is erased. */
    erased: `${base}erased`,
    /** The types of its records. */
    types: `${base}types`,
    record: (hash: string) => `${base}r:${hash}`,
    claim: (hash: string) => `${base}c:${hash}`,
    /** Names of the records with the tag, by the time at which they go. */
    tag: (hash: string) => `${base}t:${hash}`,
  };
}
