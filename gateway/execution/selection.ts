import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { Path } from './unknowns.ts';

/** How much of a path a client selected, in steps. `document` holds one operation and its fragments. */
export type SelectedLength = (path: Path) => number;

/** Reads what is selected off a document; looks each path up once, whatever its list indices. */
export function createSelection(document: DocumentNode): SelectedLength {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let root: SelectionSetNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) root = [definition.selectionSet];
  }
  const known = new Map<string, number>();
  return (path) => {
    const names = path.filter((step) => typeof step === 'string');
    const key = JSON.stringify(names);
    const depth = known.get(key) ?? countSelected(names, root, fragments);
    known.set(key, depth);
    return stepsOf(path, depth);
  };
}

function countSelected(
  names: readonly string[],
  root: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  let level = root;
  for (const [index, name] of names.entries()) {
    const selected = fieldsOf(level, fragments).filter(({ key }) => key === name);
    if (selected.length === 0) return index;
    level = selected.flatMap(({ selectionSet }) => selectionSet ?? []);
  }
  return names.length;
}

/** The fields of these selection sets, each fragment entered once. */
function fieldsOf(level: readonly SelectionSetNode[], fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const fields: { key: string; selectionSet: SelectionSetNode | undefined }[] = [];
  const sets = new Set(level);
  // A set hands out what is added to it while it is read.
  for (const set of sets) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        fields.push({ key: (selection.alias ?? selection.name).value, selectionSet: selection.selectionSet });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        sets.add(selection.selectionSet);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) sets.add(fragment.selectionSet);
      }
    }
  }
  return fields;
}

/** Indices count with the name before them, save at the end of what is selected. */
function stepsOf(path: Path, names: number): number {
  let seen = 0;
  for (const [index, step] of path.entries()) {
    if (typeof step !== 'string') continue;
    if (seen === names) return index;
    seen += 1;
  }
  return path.length;
}
