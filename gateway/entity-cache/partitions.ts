import { hash } from 'node:crypto';
import type { CallerFacts } from '../../common/caller.ts';
import { rowRulesToJson } from '../../common/row-rules.ts';

/** With whom a caller shares what is kept. */
export interface Partition {
  /** Equal for all to whom a subgraph answers the same. */
  shared: string;
  /** Of what a subgraph said to be for the one who asked alone; null where nobody knows who that is. */
  own: string | null;
}

type Asker = CallerFacts & { issuer: string | null };
export type PartitionOf = (caller: Asker) => Partition;

/**
 * Rows are what a subgraph's answer depends on: whoever may see the same rows is answered the same. Fields that a caller
 * may not see are in no question at all. Where subgraphs are not told who asks (`isSigned`), they answer everybody the same.
 */
export function createPartitionOf({ isSigned }: { isSigned: boolean }): PartitionOf {
  const known = new WeakMap<Asker, Partition>();
  return (caller) => {
    const found = known.get(caller);
    if (found !== undefined) return found;
    const { isAuthenticated, rows, issuer, clientId, subject } = caller;
    const facts = isSigned ? [isAuthenticated, rowRulesToJson(rows)] : [];
    const made = {
      shared: nameOf('shared', facts),
      own: subject === null ? null : nameOf('own', [...facts, issuer, clientId, subject]),
    };
    known.set(caller, made);
    return made;
  };
}

/** The part of a partition whose clients sent the same of what a subgraph gets too. */
export function withHeaders({ shared, own }: Partition, headers: Readonly<Record<string, string>>): Partition {
  const name = nameOf('headers', [headers]);
  return { shared: `${shared}${name}`, own: own === null ? null : `${own}${name}` };
}

/** Short, however many rows there are. */
function nameOf(kind: string, facts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify([kind, ...facts]), 'base64url').slice(0, 22);
}
