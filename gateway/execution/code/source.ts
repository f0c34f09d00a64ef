import { LRUCache } from 'lru-cache';
import { leafText } from './json-text.ts';

/**
 * Makes functions from source text, one for each kind of place in operations, so that V8 sees the very keys and types that
 * the place has. Text of callers (aliases, type names) gets into it only through `quote`.
 */
export type Build = <F>(body: string, scope?: Readonly<Record<string, unknown>>) => F;

/** A function takes some two kilobytes, and operations have many places in common. */
const MAX_KEPT = 10_000;

/** Of one supergraph. Places with equal texts, over the same values, get the same function: all of them are free of state. */
export function createBuild(): Build {
  const made = new LRUCache<string, { function: unknown }>({ max: MAX_KEPT });
  const numbers = new WeakMap<WeakKey, number>();
  let last = 0;

  function numberOf(value: WeakKey): number {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(value, last);
    return last;
  }

  return <F>(body: string, scope: Readonly<Record<string, unknown>> = {}) => {
    // Cast: values of a scope are functions and maps.
    const key = `${Object.values(scope).map((value) => numberOf(value as WeakKey))} ${body}`;
    const kept = made.get(key) ?? { function: makeFunction(body, scope) };
    made.set(key, kept);
    // Cast: whoever writes the text knows what function it returns.
    return kept.function as F;
  };
}

function makeFunction(body: string, scope: Readonly<Record<string, unknown>>): unknown {
  const make = new Function(...Object.keys(HELPERS), ...Object.keys(scope), `"use strict";${body}`);
  return make(...Object.values(HELPERS), ...Object.values(scope));
}

/** A string literal. JSON's are JavaScript's. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** Reads an object's own key; `undefined` without one. */
export function readKey(object: string, key: string): string {
  return isInherited(key) ? `$own(${object},${quote(key)})` : `${object}[${quote(key)}]`;
}

export function writeKey(object: string, key: string, value: string): string {
  return isInherited(key) ? `$put(${object},${quote(key)},${value});` : `${object}[${quote(key)}]=${value};`;
}

/** Reading it finds something on every object, and `__proto__` can't be assigned. */
function isInherited(key: string): boolean {
  return key in Object.prototype;
}

const HELPERS = {
  $own: (object: object, key: string): unknown =>
    Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined,
  $put: (object: object, key: string, value: unknown): void => {
    Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
  },
  $leaf: leafText,
};
