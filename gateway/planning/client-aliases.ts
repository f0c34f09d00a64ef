import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';
import type { KeyNames } from './key-names.ts';

/** A document for planning, and what its response keys are called for the client. */
export interface Renamed {
  document: DocumentNode;
  /** Response key in `document` to the client's own; without those that are equal. */
  clientKeys: ReadonlyMap<string, string>;
}

/**
 * Keeps the client's aliases apart from the fields that plans add. Apollo's planner takes `id: number` for the key `id`
 * itself: the client would see the key under its alias, and other subgraphs would be asked for an entity that the
 * client chose. So whatever is called like a key and is not that field, as it stands, gets another name; and all that is
 * called like a field which is required with arguments: without any, the field has its defaults.
 */
export function renameClientAliases(document: DocumentNode, keyNames: KeyNames): Renamed {
  const names = new Map<string, string>();
  const taken = collectNames(document);
  const rename = (key: string): string => {
    const known = names.get(key);
    if (known !== undefined) return known;
    let name = `client_${key}`;
    while (taken.has(name)) name = `client_${name}`;
    names.set(key, name);
    return name;
  };
  const renamed = visit(document, {
    Field(node) {
      const key = (node.alias ?? node.name).value;
      if (!keyNames.all.has(key) || (isPlain(node) && !keyNames.withArguments.has(key))) return undefined;
      return { ...node, alias: { kind: Kind.NAME, value: rename(key) } };
    },
  });
  return { document: renamed, clientKeys: new Map([...names].map(([key, name]) => [name, key])) };
}

function isPlain({ alias, name, arguments: given = [] }: FieldNode): boolean {
  return (alias === undefined || alias.value === name.value) && given.length === 0;
}

function collectNames(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, {
    Field({ alias, name }) {
      names.add((alias ?? name).value);
    },
  });
  return names;
}
