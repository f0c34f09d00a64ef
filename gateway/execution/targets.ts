import type { ResponsePath } from '@apollo/query-planner';
import { compileTargets } from './code/collect-targets.ts';
import type { Build } from './code/source.ts';
import type { Data } from './fetch.ts';
import type { SharedObjects } from './shared-objects.ts';

/** What one request has fetched so far, as one tree. */
export interface AnswerTree {
  data: Data;
  /** Objects by path, as they were found last. */
  found: Map<TargetsIn, readonly Data[]>;
}

export function createAnswerTree(): AnswerTree {
  return { data: {}, found: new Map() };
}

/** To be called when objects have been put into the tree: there may be more at any path now. */
export function noteObjects(tree: AnswerTree): void {
  tree.found.clear();
}

/** Finds the objects at a path. */
export type TargetsIn = (tree: AnswerTree) => readonly Data[];

/** For the paths of one plan, of which several fetches may have the same. */
export function createTargetFinders(shared: SharedObjects, build: Build): (path: ResponsePath) => TargetsIn {
  const known = new Map<string, TargetsIn>();
  return (path) => {
    const key = JSON.stringify(path);
    const finder = known.get(key) ?? createFinder(path, shared, build);
    known.set(key, finder);
    return finder;
  };
}

function createFinder(path: ResponsePath, shared: SharedObjects, build: Build): TargetsIn {
  const collect = compileTargets(path, shared.has, build);
  const targetsIn: TargetsIn = ({ data, found }) => {
    const known = found.get(targetsIn);
    if (known !== undefined) return known;
    const targets = collect(data);
    found.set(targetsIn, targets);
    return targets;
  };
  return targetsIn;
}
