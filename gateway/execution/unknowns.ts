import type { ExecutionErrorBody } from '../../common/transport.ts';
import type { RequiredKeys } from '../planning/fetch-specs.ts';
import type { Shape } from '../planning/shape.ts';

type Data = Record<string, unknown>;

export type Path = readonly (string | number)[];

/** Why a value of the answer is not known. */
export interface Failure {
  /** Where the data has null, or nothing, instead of the value. */
  at: Path;
  /** The field that failed: at `at` or inside. */
  field: Path;
  /** Without a path. The same object in all failures that have the same cause. */
  error: ExecutionErrorBody;
  /** What is lost of an object at `at` that another subgraph knows too; null when that is not known so exactly. */
  fields: Shape | null;
}

/** The values of one request's answer that are not known, found by path. */
export interface Unknowns {
  isEmpty(): boolean;
  add(failure: Failure): void;
  /** An error that cost no value, but that the client should see. */
  report(failure: Failure): void;
  /** Why something that `keys` need of the object `value` at `path` is not known; null when all of it is. */
  among(keys: RequiredKeys, path: Path, value: Data): Failure | null;
  has(path: Path): boolean;
  /** Whether nothing failed at all. */
  areNone(): boolean;
  /** What was added. */
  losses(): readonly Failure[];
  reports(): readonly Failure[];
}

interface Node {
  failure: Failure | null;
  children: Map<string | number, Node>;
}

export function createUnknowns(): Unknowns {
  const root = createNode();
  const losses: Failure[] = [];
  const reports: Failure[] = [];
  return {
    isEmpty: () => root.children.size === 0,
    areNone: () => losses.length + reports.length === 0,
    losses: () => losses,
    reports: () => reports,
    report: (failure) => void reports.push(failure),
    has: (path) => nodeAt(root, path)?.failure != null,
    add(failure) {
      losses.push(failure);
      const node = failure.at.reduce(childOf, root);
      node.failure ??= failure;
    },
    among(keys, path, value) {
      let node: Node | undefined = root;
      let above: Failure | null = null;
      for (const key of path) {
        node = node?.children.get(key);
        above = node?.failure ?? above;
      }
      return findFailure(node, keys, value, above);
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

/** A value that is there is known, whoever failed to bring it. One that nobody brought was lost with the failure above. */
function findFailure(node: Node | undefined, keys: RequiredKeys, value: Data, above: Failure | null): Failure | null {
  for (const [key, inner] of keys) {
    const child = node?.children.get(key);
    const held = Object.hasOwn(value, key) ? value[key] : undefined;
    const failure =
      held === undefined || held === null
        ? (child?.failure ?? (held === undefined ? above : null))
        : findInside(child, inner, held, above);
    if (failure !== null) return failure;
  }
  return null;
}

/** Of what is there: an object, a value (without `keys`), or a list, in which null may stand for what was lost. */
function findInside(
  node: Node | undefined,
  keys: RequiredKeys | null,
  value: unknown,
  above: Failure | null,
): Failure | null {
  const own = node?.failure ?? above;
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      const child = node?.children.get(index);
      const failure = element === null ? (child?.failure ?? null) : findInside(child, keys, element, own);
      if (failure !== null) return failure;
    }
    return null;
  }
  return keys !== null && typeof value === 'object' ? findFailure(node, keys, value as Data, own) : null;
}
