import type { FetchNode, PlanNode, QueryPlan, ResponsePath } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

/**
 * What the client goes without when a fetch fails. A plan fetches keys that no client asked for (`records`), and
 * skips the fetches that need them; without this table those nulls would have no error.
 */
export interface LostFields {
  /** Fetch key to the response keys that this fetch brings. */
  provided: Readonly<Record<string, readonly string[]>>;
  /** Path (see `pathKey`) to a response key there to the client's response keys that are null without it. */
  lost: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

interface PlannedFetch {
  path: string;
  key: string;
  provides: readonly string[];
  requires: readonly string[];
}

/** Tells the fetches of one plan apart: the same text may be sent for two places. */
export function fetchKey(operation: string, path: ResponsePath): string {
  return `${pathKey(path)} ${operation}`;
}

/** A response path without list indices. */
export function pathKey(path: readonly (string | number)[]): string {
  return path.map((part) => (typeof part === 'number' ? '@' : part)).join('.');
}

/** Reads the table off a plan; `document` holds the planned operation and its fragments alone. */
export function findLostFields(plan: QueryPlan, document: DocumentNode): LostFields {
  const node = plan.node?.kind === 'Subscription' ? undefined : plan.node;
  const fetches = node === undefined ? [] : collectFetches(node, []);
  const lost: Record<string, Record<string, readonly string[]>> = {};
  for (const [path, group] of Map.groupBy(fetches, (fetch) => fetch.path)) {
    const selected = selectedAt(document, path);
    const keys = new Set(group.flatMap((fetch) => [...fetch.provides, ...fetch.requires]));
    lost[path] = Object.fromEntries([...keys].map((key) => [key, lostWith(key, group, selected)]));
  }
  return { provided: Object.fromEntries(fetches.map((fetch) => [fetch.key, fetch.provides])), lost };
}

function collectFetches(node: PlanNode, path: ResponsePath): PlannedFetch[] {
  switch (node.kind) {
    case 'Fetch':
      return [toPlannedFetch(node, path)];
    case 'Flatten':
      return collectFetches(node.node, [...path, ...node.path]);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((child) => collectFetches(child, path));
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((child) => (child ? collectFetches(child, path) : []));
    case 'Defer':
      return [];
  }
}

function toPlannedFetch(fetch: FetchNode, path: ResponsePath): PlannedFetch {
  const document = parse(fetch.operation, { noLocation: true });
  const root = operationOf(document).selectionSet;
  const provides = fetch.requires
    ? responseKeys(below([root], '_entities', document), document)
    : responseKeys([root], document);
  const requires = (fetch.requires ?? []).flatMap((selection) =>
    selection.kind === 'InlineFragment' ? selection.selections : [selection],
  );
  return {
    path: pathKey(path),
    key: fetchKey(fetch.operation, path),
    provides,
    requires: requires.flatMap((selection) => (selection.kind === 'Field' ? [selection.alias ?? selection.name] : [])),
  };
}

/** The client's keys that are null without `key`: itself, and all that fetches needing it would have brought. */
function lostWith(key: string, group: readonly PlannedFetch[], selected: ReadonlySet<string>): string[] {
  const missing = new Set([key]);
  // A set hands out what is added while it is read: this visits each key once, dependents of dependents included.
  for (const current of missing) {
    const dependents = group.filter((fetch) => current !== '__typename' && fetch.requires.includes(current));
    for (const provided of dependents.flatMap((fetch) => fetch.provides)) missing.add(provided);
  }
  return [...missing].filter((name) => selected.has(name));
}

function selectedAt(document: DocumentNode, path: string): Set<string> {
  const steps = path.split('.').filter((step) => step !== '@' && step !== '');
  let level: SelectionSetNode[] = [operationOf(document).selectionSet];
  for (const step of steps) level = below(level, step, document);
  return new Set(responseKeys(level, document));
}

function below(level: readonly SelectionSetNode[], responseKey: string, document: DocumentNode): SelectionSetNode[] {
  return fieldsOf(level, document).flatMap((field) =>
    field.key === responseKey && field.selectionSet ? [field.selectionSet] : [],
  );
}

function responseKeys(level: readonly SelectionSetNode[], document: DocumentNode): string[] {
  return [...new Set(fieldsOf(level, document).map((field) => field.key))];
}

/** The fields of these selection sets, each fragment entered once. */
function fieldsOf(
  level: readonly SelectionSetNode[],
  document: DocumentNode,
): { key: string; selectionSet?: SelectionSetNode }[] {
  const fields = [];
  const sets = new Set(level);
  for (const set of sets) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        fields.push({ key: (selection.alias ?? selection.name).value, selectionSet: selection.selectionSet });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) sets.add(selection.selectionSet);
      else sets.add(fragmentOf(document, selection.name.value).selectionSet);
    }
  }
  return fields;
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  return document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)!;
}

function fragmentOf(document: DocumentNode, name: string): FragmentDefinitionNode {
  return document.definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  )!;
}
