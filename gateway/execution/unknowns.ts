import type { ExecutionErrorBody } from '../../common/transport.ts';
import type { RequiredKeys } from '../planning/fetch-specs.ts';

export type Path = readonly (string | number)[];

/** Why a value of the answer is not known. */
export interface Failure {
  /** Where the data has null, or nothing, instead of the value. */
  at: Path;
  /** The field that failed: at `at` or inside. */
  field: Path;
  /** Without a path. The same object in all failures that have the same cause. */
  error: ExecutionErrorBody;
}

/** The values of one request's answer that are not known, found by path. */
export interface Unknowns {
  isEmpty(): boolean;
  add(failure: Failure): void;
  /** An error that cost no value, but that the client should see. */
  report(failure: Failure): void;
  /** The failure of something that `keys` need of the object at `path`; null when all of it is known. */
  among(keys: RequiredKeys, path: Path): Failure | null;
  has(path: Path): boolean;
  all(): readonly Failure[];
}

interface Node {
  failure: Failure | null;
  children: Map<string | number, Node>;
}

export function createUnknowns(): Unknowns {
  const root = createNode();
  const failures: Failure[] = [];
  return {
    isEmpty: () => root.children.size === 0,
    all: () => failures,
    report: (failure) => void failures.push(failure),
    has: (path) => nodeAt(root, path)?.failure != null,
    add(failure) {
      failures.push(failure);
      const node = failure.at.reduce(childOf, root);
      node.failure ??= failure;
    },
    among(keys, path) {
      const node = nodeAt(root, path);
      return node === null ? null : findFailure(node, keys);
    },
  };
}

function createNode(): Node {
  return { failure: null, children: new Map() };
}

function childOf(node: Node, key: string | number): Node {
  const known = node.children.get(key);
  if (known !== undefined) return known;
  const created = createNode();
  node.children.set(key, created);
  return created;
}

function nodeAt(root: Node, path: Path): Node | null {
  let node: Node | undefined = root;
  for (const key of path) {
    node = node.children.get(key);
    if (node === undefined) return null;
  }
  return node;
}

function findFailure(node: Node, keys: RequiredKeys): Failure | null {
  for (const [key, inner] of keys) {
    const child = node.children.get(key);
    const failure = child ? (child.failure ?? (inner ? findInside(child, inner) : null)) : null;
    if (failure !== null) return failure;
  }
  return null;
}

/** Behind a list's key stand its indices. */
function findInside(node: Node, keys: RequiredKeys): Failure | null {
  const direct = findFailure(node, keys);
  if (direct !== null) return direct;
  for (const [key, child] of node.children) {
    const failure = typeof key === 'number' ? (child.failure ?? findInside(child, keys)) : null;
    if (failure !== null) return failure;
  }
  return null;
}
