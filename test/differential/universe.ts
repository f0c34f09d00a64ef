import { type InlineFragmentNode, Kind, type SelectionSetNode, type TypeNode, valueFromASTUntyped } from 'graphql';
import { type Faults, failsAt } from './faults.ts';
import { type GraphFacts, namedType } from './graph-facts.ts';
import { mix } from './random.ts';

/** An object of the data: what it is, and numbers that decide all below it. */
export interface MockObject {
  __typename: string;
  /** Decides its fields. */
  hash: number;
  /** The number of the entity that it is, or belongs to: what its keys tell. */
  entity: number;
  /** What a subgraph was sent of it. */
  sent?: Record<string, unknown>;
}

/** One world of data: what all fields of all objects hold, wherever they are asked for. */
export interface Universe {
  root(typeName: string): MockObject;
  /** The value of a field. Throws where the faults want it to. */
  field(parent: MockObject, name: string, args: Readonly<Record<string, unknown>>): unknown;
  /** The entity that a subgraph is asked for. */
  entity(representation: Record<string, unknown>): MockObject;
  /** The entity that an object is known to be by its keys. */
  entityOrNull(object: unknown): MockObject | null;
}

/** What decides all data. */
export interface World {
  seed: number;
  /** The least number: 0 is a value that careless code takes for none. */
  numbersFrom: 0 | 1;
  /** Subgraphs tell the true type of an entity that they know as an @interfaceObject only, which real ones cannot. */
  tellsTypes?: boolean;
}

/** Few, so that one entity stands in several places of an answer. */
const ENTITIES = 6;

export function createUniverse(facts: GraphFacts, { seed, numbersFrom }: World, faults: Faults): Universe {
  const { familyOf, typesOf } = facts;

  const root = (typeName: string): MockObject => ({ __typename: typeName, entity: 0, hash: mix(seed, typeName) });

  const entityOf = (typeName: string, entity: number): MockObject => ({
    __typename: typeName,
    entity,
    hash: mix(seed, familyOf(typeName), entity),
  });

  /** Which of its family an entity is, is told by its number: other subgraphs know it as the family alone. */
  function drawEntity(typeName: string, hash: number): MockObject {
    const types = typesOf(familyOf(typeName));
    const place = types.includes(typeName) ? types.indexOf(typeName) : mix(hash, 'type') % types.length;
    return entityOf(types[place]!, (hash % ENTITIES) * types.length + place);
  }

  function draw(typeName: string, hash: number, parent: MockObject): unknown {
    if (typeName === 'Query') return root(typeName);
    const family = familyOf(typeName);
    if (facts.keys.has(family)) return drawEntity(typeName, hash);
    const members = facts.members.get(typeName);
    if (members) return draw(members[mix(hash, 'member') % members.length]!, mix(hash, 'in'), parent);
    return { __typename: typeName, entity: parent.entity, hash } satisfies MockObject;
  }

  function valueFor(type: TypeNode, hash: number, parent: MockObject, coordinate: string): unknown {
    const isKey = facts.keyFields.has(coordinate);
    if (type.kind === Kind.NON_NULL_TYPE) return presentValue(type.type, hash, parent, coordinate);
    return !isKey && mix(hash, 'null') % 11 === 0 ? null : presentValue(type, hash, parent, coordinate);
  }

  function presentValue(type: TypeNode, hash: number, parent: MockObject, coordinate: string): unknown {
    if (type.kind === Kind.NON_NULL_TYPE) throw new Error('Not twice');
    if (type.kind === Kind.LIST_TYPE) {
      return Array.from({ length: mix(hash, 'length') % 4 }, (_, index) => {
        const item = mix(hash, index);
        return failsAt(faults, 'item', coordinate, item)
          ? new Error(`no item of ${coordinate}`)
          : valueFor(type.type, item, parent, coordinate);
      });
    }
    const name = type.name.value;
    const values = facts.enums.get(name);
    if (values) return values[hash % values.length];
    if (isComposite(name)) return draw(name, hash, parent);
    return facts.keyFields.has(coordinate)
      ? keyValue(name, parent, coordinate, numbersFrom)
      : leafValue(name, hash, coordinate, numbersFrom);
  }

  function isComposite(name: string): boolean {
    return facts.keys.has(familyOf(name)) || facts.members.has(name) || facts.objects.has(name);
  }

  function field(parent: MockObject, name: string, args: Readonly<Record<string, unknown>>): unknown {
    const coordinate = `${familyOf(parent.__typename)}.${name}`;
    const required = facts.requires.get(coordinate);
    const known = required ? pickRequired(parent, required, coordinate) : null;
    const hash = mix(parent.hash, name, canonical(args), canonical(known));
    if (failsAt(faults, 'field', coordinate, parent.hash)) throw new Error(`no ${coordinate}`);
    return valueFor(facts.fieldTypes.get(coordinate)!, hash, parent, coordinate);
  }

  function pickRequired(parent: MockObject, set: SelectionSetNode, coordinate: string): unknown {
    if (parent.sent === undefined) return pick(set, parent, readField);
    const missing = set.selections.find((one) => one.kind === Kind.FIELD && !(one.name.value in parent.sent!));
    if (missing) throw new Error(`${coordinate} was asked for without what it requires`);
    return pick(set, parent.sent, (object, name) => object[name]);
  }

  // Cast: composites hold nothing but objects of the mock.
  const readField: ReadField = (object, name, args) => field(object as unknown as MockObject, name, args);

  /** What a field set selects, in an order that does not depend on who tells it. */
  function pick(set: SelectionSetNode, value: unknown, read: ReadField): unknown {
    if (Array.isArray(value)) return value.map((item) => pick(set, item, read));
    if (value === null || value === undefined) return null;
    const object = value as Record<string, unknown>;
    const picked: Record<string, unknown> = {};
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const args = Object.fromEntries(
          (selection.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
        );
        const inner = told(read(object, selection.name.value, args));
        picked[selection.name.value] = selection.selectionSet
          ? pick(selection.selectionSet, inner, read)
          : (inner ?? null);
      } else if (selection.kind === Kind.INLINE_FRAGMENT && isMeant(selection, object)) {
        Object.assign(picked, pick(selection.selectionSet, value, read));
      }
    }
    return picked;
  }

  function identify(object: Record<string, unknown>): MockObject | null {
    const typeName = String(object.__typename);
    const family = familyOf(typeName);
    const entity = entityNumber(facts, family, object, numbersFrom);
    if (entity === null) return null;
    const types = typesOf(family);
    return entityOf(types.includes(typeName) ? typeName : types[entity % types.length]!, entity);
  }

  return {
    field,
    root,
    entity(representation) {
      const entity = identify(representation);
      if (entity === null) throw new Error(`A representation without a whole key: ${JSON.stringify(representation)}`);
      return { ...entity, sent: representation };
    },
    // Cast: an object of an answer.
    entityOrNull: (object) => identify(object as Record<string, unknown>),
  };
}

/** Plans send no type with a required object unless the field set asks for it: it is told by the fields that are there. */
function isMeant({ typeCondition, selectionSet }: InlineFragmentNode, object: Record<string, unknown>): boolean {
  if (object.__typename !== undefined) return object.__typename === typeCondition?.name.value;
  return selectionSet.selections.every((one) => one.kind === Kind.FIELD && one.name.value in object);
}

/** What is computed from a value that failed, fails. */
function told(value: unknown): unknown {
  if (value instanceof Error) throw value;
  return Array.isArray(value) ? value.map(told) : value;
}

type ReadField = (object: Record<string, unknown>, name: string, args: Record<string, unknown>) => unknown;

/** Each key tells the entity's number in a value of its own, or of an object that is no entity itself. */
function entityNumber(
  facts: GraphFacts,
  family: string,
  representation: Record<string, unknown>,
  numbersFrom: number,
): number | null {
  for (const key of facts.keys.get(family) ?? []) {
    const number = numberIn(facts, family, key, representation, numbersFrom);
    if (number !== null) return number;
  }
  return null;
}

function numberIn(
  facts: GraphFacts,
  family: string,
  key: SelectionSetNode,
  value: Record<string, unknown>,
  numbersFrom: number,
): number | null {
  let found: number | null = null;
  for (const selection of key.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const { value: name } = selection.name;
    const inner = value[name];
    if (inner === undefined || inner === null) return null;
    if (!selection.selectionSet) {
      found ??= typeof inner === 'number' ? inner - numbersFrom : Number(/\d+$/.exec(String(inner))?.[0]);
      continue;
    }
    const type = facts.familyOf(namedType(facts.fieldTypes.get(`${family}.${name}`)!));
    const nested = numberIn(facts, type, selection.selectionSet, inner as Record<string, unknown>, numbersFrom);
    if (nested === null) return null;
    if (!facts.keys.has(type)) found ??= nested;
  }
  return found;
}

function keyValue(typeName: string, { entity }: MockObject, coordinate: string, numbersFrom: number): unknown {
  return typeName === 'Int' ? entity + numbersFrom : `${coordinate.split('.')[1]}-${entity}`;
}

function leafValue(typeName: string, hash: number, coordinate: string, numbersFrom: number): unknown {
  if (typeName === 'Int') return (hash % 100) + numbersFrom;
  if (typeName === 'Float') return (hash % 100) / 4 + numbersFrom;
  if (typeName === 'Boolean') return hash % 2 === 0;
  if (typeName === 'Blob') return { of: [coordinate, { hash }], __typename: 'Blob' };
  return `${coordinate.split('.')[1]}~${hash % 1000}`;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
