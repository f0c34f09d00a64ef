import { type DocumentNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { findGuardedSets } from './argument-uses.ts';
import { type GuardedOperation, isIntrospection } from './guarded-operation.ts';
import { removeSelections } from './remove-selections.ts';
import { type CallerRights, isMet, type Rule } from './rule.ts';
import { rulesOfSelection, type UnmetOf } from './selection-rules.ts';
import { type Survey, surveyOperation } from './survey-operation.ts';

/**
 * What one operation means for callers with the same relevant rights. It holds nothing of a request: what its
 * variables make of it, `judgeRequest` says. Immutable, so it can be cached and shared.
 */
export interface Decision extends Survey {
  guarded: GuardedOperation;
  /** What may be planned. The operation's own document when nothing was removed; null when nothing is left to ask. */
  document: DocumentNode | null;
  /** The operation's `__schema` and `__type`, to be executed on the schema that the caller sees; null without any. */
  introspection: DocumentNode | null;
  unmetOf: UnmetOf;
  /** What was taken out, as it stands in the original. */
  removed: ReadonlySet<SelectionNode>;
  /** The selection sets out of which anything was taken, at any depth. */
  changed: ReadonlySet<SelectionSetNode>;
}

/**
 * The relevant rights of a caller: which of the rules that the operation touches they meet. With equal keys, callers
 * share a decision on the same operation, whatever else they may do.
 */
export function decisionKey(touched: readonly Rule[], rights: CallerRights): string {
  return touched.map((rule) => (isMet(rule, rights) ? '1' : '0')).join('');
}

/** Pure: depends on the operation and on which of the touched rules the key says are met, on nothing else. */
export function decide(guarded: GuardedOperation, touched: readonly Rule[], key: string): Decision {
  const met = new Set(touched.filter((_, position) => key[position] === '1'));
  const unmetOf = createUnmetOf(met);
  const removed = new Set<SelectionNode>();
  const reduced = removeSelections(guarded, (selection, parent) => {
    const isAllowed = unmetOf(rulesOfSelection(guarded, selection, parent)).length === 0;
    if (isAllowed && !asksSchema(selection)) return false;
    removed.add(selection);
    return true;
  });
  const guardedSets = findGuardedSets(guarded, unmetOf);
  return {
    ...reduced,
    ...surveyOperation(guarded, unmetOf, (set) => reduced.changed.has(set) || guardedSets.has(set)),
    guarded,
    removed,
    unmetOf,
    introspection: takeIntrospection(guarded),
  };
}

/** Lists of rules come from the index, where equal places have one list for good: each is looked through once. */
function createUnmetOf(met: ReadonlySet<Rule>): UnmetOf {
  const known = new WeakMap<readonly Rule[], readonly Rule[]>();
  return (rules) => {
    const unmet = known.get(rules) ?? rules.filter((rule) => !met.has(rule));
    known.set(rules, unmet);
    return unmet;
  };
}

/** What the operation asks of the schema itself; null when it asks nothing of it. */
export function takeIntrospection(guarded: GuardedOperation): DocumentNode | null {
  return removeSelections(guarded, (selection) => selection.kind === Kind.FIELD && !asksSchema(selection)).document;
}

function asksSchema(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && isIntrospection(selection);
}
