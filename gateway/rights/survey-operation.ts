import { type FieldNode, type GraphQLCompositeType, Kind, type SelectionSetNode } from 'graphql';
import type { ExecutionErrorBody } from '../../common/transport.ts';
import { type ArgumentUse, guardedArguments } from './argument-uses.ts';
import { authorizationError } from './authorization-error.ts';
import { both, type Conditions, conditionsOf, conditionsText } from './conditions.ts';
import {
  compositeTypeOf,
  fieldOf,
  fragmentBody,
  type GuardedOperation,
  isMeta,
  responseKey,
} from './guarded-operation.ts';
import type { Rule } from './rule.ts';
import { rulesOfSelection, type UnmetOf } from './selection-rules.ts';

/** One field that was removed from the operation. Whether it is reported depends on the variables of each request. */
export interface DeniedSelection {
  error: ExecutionErrorBody;
  /** A field can be selected several times at one place: it is included when any of these holds. */
  conditions: readonly Conditions[];
}

/** What the variables of each request decide about. */
export interface Survey {
  deniedSelections: readonly DeniedSelection[];
  argumentUses: readonly ArgumentUse[];
}

/** Where the walk stands. */
interface Place {
  /** Response keys, aliases as written, without list indices, joined by dots. */
  path: string;
  conditions: Conditions;
  /** Which rules of the fragments around it, and of itself, the caller does not meet. */
  unmet: readonly Rule[];
}

/**
 * Expands the fragments, and enters only selection sets that `isWorthReading`: others hold nothing that was removed or
 * is guarded. Arguments of removed selections are not judged: nobody will see them.
 */
export function surveyOperation(
  guarded: GuardedOperation,
  unmetOf: UnmetOf,
  isWorthReading: (set: SelectionSetNode) => boolean,
): Survey {
  const denied = new Map<string, { error: ExecutionErrorBody; conditions: Conditions[] }>();
  const argumentUses: ArgumentUse[] = [];
  const isRepeated = createRepetitions();

  function readSet(set: SelectionSetNode, parent: GraphQLCompositeType, place: Place): void {
    const isOpen = place.unmet.length === 0;
    if ((isOpen && !isWorthReading(set)) || isRepeated(set, place)) return;
    for (const selection of set.selections) {
      const conditions = both(place.conditions, conditionsOf(selection.directives));
      if (conditions === null) continue;
      const own = unmetOf(rulesOfSelection(guarded, selection, parent));
      const at = { ...place, conditions, unmet: isOpen ? own : [...new Set([...place.unmet, ...own])] };
      if (selection.kind === Kind.FIELD) readField(selection, parent, at);
      else {
        const { selectionSet, type } = fragmentBody(guarded, selection, parent);
        readSet(selectionSet, type, at);
      }
    }
  }

  function readField(node: FieldNode, parent: GraphQLCompositeType, at: Place): void {
    if (isMeta(node)) return;
    const place = { ...at, path: at.path === '' ? responseKey(node) : `${at.path}.${responseKey(node)}` };
    if (place.unmet.length > 0) {
      deny(`${parent.name}.${node.name.value}`, place);
      return;
    }
    const { path, conditions } = place;
    for (const argument of guardedArguments(node, parent, guarded, unmetOf)) {
      argumentUses.push({ ...argument, path: path.split('.'), conditions });
    }
    if (node.selectionSet) readSet(node.selectionSet, compositeTypeOf(fieldOf(parent, node.name.value)), place);
  }

  function deny(coordinate: string, { path, conditions, unmet }: Place): void {
    const key = `${path} ${coordinate}`;
    const known = denied.get(key);
    if (known !== undefined) {
      known.conditions.push(conditions);
      return;
    }
    const message = `You may not see ${coordinate}`;
    const place = { path: path.split('.'), coordinate, unmet };
    const error = authorizationError('UNAUTHORIZED_FIELD_OR_TYPE', message, place);
    denied.set(key, { error, conditions: [conditions] });
  }

  readSet(guarded.operation.selectionSet, guarded.rootType, { path: '', conditions: [], unmet: [] });
  return { deniedSelections: [...denied.values()], argumentUses };
}

/** Fragments that fan out lead to the same place thousandfold: it is read once for each set of conditions. */
function createRepetitions() {
  const seen = new Map<SelectionSetNode, Set<string>>();
  return (set: SelectionSetNode, { path, conditions, unmet }: Place): boolean => {
    const places = seen.get(set) ?? new Set<string>();
    seen.set(set, places);
    const size = places.size;
    places.add(`${path} ${conditionsText(conditions)} ${unmet.map(({ id }) => id).join()}`);
    return places.size === size;
  };
}
