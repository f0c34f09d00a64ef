import type { Rewrite, RewriteStep } from '../planning/rewrites.ts';
import { getOwn, putOwn } from './own-keys.ts';

type Data = Record<string, unknown>;

/** Makes the changes that a plan wants in what is sent to a subgraph or came from it. */
export function rewriteData(data: Data, rewrites: readonly Rewrite[]): void {
  for (const rewrite of rewrites) apply(data, rewrite.steps, rewrite);
}

function apply(value: unknown, [step, ...further]: readonly RewriteStep[], rewrite: Rewrite): void {
  if (Array.isArray(value)) {
    for (const element of value) apply(element, step === undefined ? [] : [step, ...further], rewrite);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const object = value as Data;
  if (step === undefined) change(object, rewrite);
  else if (step.kind === 'field') apply(getOwn(object, step.key), further, rewrite);
  else if (isOfType(object, step.types)) apply(object, further, rewrite);
}

function isOfType(object: Data, types: ReadonlySet<string>): boolean {
  const typename = getOwn(object, '__typename');
  return typeof typename !== 'string' || types.has(typename);
}

function change(object: Data, { key, action }: Rewrite): void {
  if (action.kind === 'set') {
    putOwn(object, key, action.value);
    return;
  }
  const value = getOwn(object, key);
  if (value === undefined) return;
  delete object[key];
  putOwn(object, action.to, value);
}
