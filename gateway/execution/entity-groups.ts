import type { FetchSpec } from '../planning/fetch-specs.ts';
import { compileFindByKey, type FindByKey, type KeyTree } from './code/entity-key.ts';
import { compileRepresent, type Represent } from './code/represent.ts';
import type { Build } from './code/source.ts';
import type { EntitySlot } from './entity-loader.ts';
import type { Data } from './fetch.ts';
import { representationOf } from './representation.ts';

/** Objects of an answer that stand for one entity. */
export interface EntityGroup {
  targets: Data[];
  slot: EntitySlot;
}

/** Puts objects into groups; those that cannot be represented are left out. */
export type GroupTargets = (
  targets: readonly Data[],
  slotOf: (text: string, source: Data) => EntitySlot,
) => EntityGroup[];

/** Compiled for each type when its first object comes. */
export function compileGrouping(spec: FetchSpec, build: Build): GroupTargets {
  const { representation, inputRewrites } = spec;
  const represent: Represent =
    inputRewrites.length === 0 ? compileRepresent(representation, build) : (object) => textOf(object, spec);
  const finders = new Map<string, FindByKey<EntityGroup | null> | null>();
  const finderOf = (type: string) => {
    const known = finders.get(type);
    if (known !== undefined) return known;
    const made = inputRewrites.length === 0 ? compileFindByKey<EntityGroup | null>(representation, type, build) : null;
    finders.set(type, made);
    return made;
  };

  return (targets, slotOf) => {
    const groups: EntityGroup[] = [];
    const trees = new Map<string, KeyTree>();
    const byText = new Map<string, EntityGroup>();
    let type: unknown;
    let find: FindByKey<EntityGroup | null> | null = null;
    let tree: KeyTree = new Map();

    function make(object: Data): EntityGroup | null {
      const text = represent(object);
      return text === null ? null : groupOf(text, object);
    }

    function groupOf(text: string, object: Data): EntityGroup {
      const known = byText.get(text);
      if (known !== undefined) return known;
      const group = { targets: [], slot: slotOf(text, object) };
      byText.set(text, group);
      groups.push(group);
      return group;
    }

    for (const target of targets) {
      if (target.__typename !== type) {
        type = target.__typename;
        find = typeof type === 'string' ? finderOf(type) : null;
        tree = trees.get(String(type)) ?? new Map();
        trees.set(String(type), tree);
      }
      const group = find === null ? make(target) : find(target, tree, make);
      group?.targets.push(target);
    }
    return groups;
  };
}

function textOf(object: Data, spec: FetchSpec): string | null {
  const representation = representationOf(object, spec);
  return representation && JSON.stringify(representation);
}
