import { type DocumentNode, type FieldNode, Kind, type NameNode, type ObjectValueNode, print, visit } from 'graphql';
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
 *
 * And keeps fields apart that have one key on different types: in a subgraph to which these types are one object, the
 * planner takes one of the fields for all.
 */
export function renameClientAliases(document: DocumentNode, keyNames: KeyNames): Renamed {
  const clientKeys = new Map<string, string>();
  const names = new Map<string, string>();
  const isSecond = keyNames.haveOneObject ? findSecondFields(document) : () => false;
  const taken = collectKeys(document);
  const rename = (key: string, field: string): string => {
    const known = names.get(field);
    if (known !== undefined) return known;
    let name = `client_${key}`;
    while (taken.has(name)) name = `client_${name}`;
    taken.add(name);
    names.set(field, name);
    clientKeys.set(name, key);
    return name;
  };
  const renamed = visit(document, {
    Field(node) {
      const key = keyOf(node);
      const isLikeKey = keyNames.all.has(key) && (!isPlain(node) || keyNames.withArguments.has(key));
      const isOther = isSecond(node);
      if (!isLikeKey && !isOther) return undefined;
      const value = rename(key, isOther ? fieldText(node) : key);
      return { ...node, alias: { kind: Kind.NAME, value } };
    },
  });
  return { document: renamed, clientKeys };
}

/** Tells whether another field, or the same with other arguments, had a field's key before it in the document. */
function findSecondFields(document: DocumentNode): (node: FieldNode) => boolean {
  const firsts = new Map<string, string>();
  visit(document, {
    Field(node) {
      const key = keyOf(node);
      if (!firsts.has(key)) firsts.set(key, fieldText(node));
    },
  });
  return (node) => firsts.get(keyOf(node)) !== fieldText(node);
}

/** Equal for fields that may stand under one key of one object: the order of arguments, and of what is in them, says nothing. */
function fieldText({ alias, name, arguments: given = [] }: FieldNode): string {
  const texts = [...given].sort(byName).map((argument) => print(visit(argument, { ObjectValue: { leave: sorted } })));
  return `${(alias ?? name).value}: ${name.value}(${texts.join()})`;
}

function sorted(value: ObjectValueNode): ObjectValueNode {
  return { ...value, fields: [...value.fields].sort(byName) };
}

function byName(a: { name: NameNode }, b: { name: NameNode }): number {
  return a.name.value < b.name.value ? -1 : 1;
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function isPlain({ alias, name, arguments: given = [] }: FieldNode): boolean {
  return (alias === undefined || alias.value === name.value) && given.length === 0;
}

function collectKeys(document: DocumentNode): Set<string> {
  const keys = new Set<string>();
  visit(document, {
    Field(node) {
      keys.add(keyOf(node));
    },
  });
  return keys;
}
