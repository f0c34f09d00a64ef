import { leafText } from './json-text.ts';

/**
 * Functions made from source text, one for each place of an operation, so that V8 sees the very keys and types that the
 * place has. Text of callers (aliases, type names) gets into it only through `quote`.
 */
export function build<F>(body: string, scope: Readonly<Record<string, unknown>>): F {
  const made = new Function(...Object.keys(HELPERS), ...Object.keys(scope), `"use strict";${body}`);
  // Cast: whoever writes the text knows what function it returns.
  return made(...Object.values(HELPERS), ...Object.values(scope)) as F;
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
