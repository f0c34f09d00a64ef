import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
  type SelectionSetNode,
} from 'graphql';
import { isLeafValue } from './leaf-values.ts';
import { getOwn } from './own-keys.ts';
import type { SelectedFields } from './selected-fields.ts';
import type { Path } from './unknowns.ts';

type Data = Record<string, unknown>;

/** A value that does not fit the API schema and that stands as null in the answer. */
export interface Misfit {
  message: string;
  path: Path;
}

export interface Completed {
  data: Data | null;
  misfits: Misfit[];
}

/** Where a value that may not be null is: the null goes on to what holds it. */
const NOT_NULL = Symbol('a null that cannot stay');

/**
 * What the client gets of the data that was fetched: its selection, completed by the API schema. It tells each value that
 * does not fit, and is slower than the compiled writer, which takes data that fits alone.
 * https://spec.graphql.org/October2021/#CompleteValue()
 */
export function completeData(
  root: { data: Data; type: GraphQLCompositeType; sets: readonly SelectionSetNode[] },
  { schema, selected }: { schema: GraphQLSchema; selected: SelectedFields },
): Completed {
  const misfits: Misfit[] = [];
  const path: (string | number)[] = [];
  const data = completeObject(root.data, root.type, root.sets);
  return { data: data === NOT_NULL ? null : (data as Data), misfits };

  function completeObject(source: Data, type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): unknown {
    // Without a prototype: a client may call a key `__proto__`.
    const object: Data = Object.create(null);
    for (const { key, name, sets: inner } of selected.of(sets, type)) {
      if (name === '__typename') {
        object[key] = type.name;
        continue;
      }
      // Introspection is not of the subgraphs; a field that a type does not have can't be selected on it.
      const field = isUnionType(type) ? undefined : type.getFields()[name];
      if (field === undefined) continue;
      path.push(key);
      const value = completeValue(getOwn(source, key), field.type, { sets: inner, parent: type.name });
      path.pop();
      if (value === NOT_NULL) return NOT_NULL;
      object[key] = value;
    }
    return object;
  }

  function completeValue(value: unknown, type: GraphQLOutputType, place: Place): unknown {
    if (!isNonNullType(type)) {
      const completed = completeNullable(value, type, place);
      return completed === NOT_NULL ? null : completed;
    }
    const before = misfits.length;
    const completed = completeNullable(value, type.ofType, place);
    if (completed !== null && completed !== NOT_NULL) return completed;
    if (misfits.length === before && completed === null) {
      report(`Cannot return null for non-nullable ${describe(type.ofType, place)}.`);
    }
    return NOT_NULL;
  }

  function completeNullable(value: unknown, type: GraphQLOutputType, place: Place): unknown {
    if (value === null || value === undefined) return null;
    if (isListType(type)) return completeList(value, type.ofType, place);
    if (isLeafType(type)) {
      if (isLeafValue(value, type)) return value;
      report(`Invalid value found for ${describe(type, place)}.`);
      return null;
    }
    if (!isCompositeType(type)) return null;
    if (typeof value !== 'object' || Array.isArray(value)) {
      report(`Invalid value found for ${describe(type, place)}.`);
      return null;
    }
    return completeComposite(value as Data, type, place);
  }

  function completeList(value: unknown, type: GraphQLOutputType, place: Place): unknown {
    if (!Array.isArray(value)) {
      report(`Invalid value found for ${describe(type, place)}.`);
      return null;
    }
    let isNull = false;
    const list = value.map((element, index) => {
      path.push(index);
      const completed = completeValue(element, type, place);
      path.pop();
      if (completed === NOT_NULL) isNull = true;
      return completed;
    });
    return isNull ? NOT_NULL : list;
  }

  function completeComposite(source: Data, declared: GraphQLCompositeType, place: Place): unknown {
    const typename = getOwn(source, '__typename');
    const type = typename === undefined || typename === null ? declared : schema.getType(String(typename));
    if (!isCompositeType(type)) {
      report(`Invalid __typename found for object at ${describe(declared, place)}.`);
      return null;
    }
    // Nobody knows what it is, only some subgraph to which an interface is an object: it was not found.
    if (isAbstractType(type) && selected.dependOnType(place.sets, type)) return null;
    return completeObject(source, type, place.sets);
  }

  function describe(type: GraphQLOutputType, { parent }: Place): string {
    const last = path.at(-1);
    return typeof last === 'number' ? `array element of type ${type} at index ${last}` : `field ${parent}.${last}`;
  }

  function report(message: string): void {
    misfits.push({ message, path: [...path] });
  }
}

interface Place {
  sets: readonly SelectionSetNode[];
  /** The type whose field it is. */
  parent: string;
}
