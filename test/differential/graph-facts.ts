import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';

/** What the data of a graph must know of its subgraphs' schemas. */
export interface GraphFacts {
  /** The keys of an entity in all subgraphs, by the name of its family. */
  keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** Fields of which keys consist, the objects on the way included. */
  keyFields: ReadonlySet<string>;
  /**
   * Fields that plans ask for on their own: those of keys, what others are computed from, and of the entities behind an
   * @interfaceObject what the client asks of some types only. That last matters where the field is never null: then all
   * that was asked of the entity is lost with it.
   */
  neededFields: ReadonlySet<string>;
  /** What a field is computed from. */
  requires: ReadonlyMap<string, SelectionSetNode>;
  /** A field's type in the strictest of its subgraphs: what is never null in one must not be null in another. */
  fieldTypes: ReadonlyMap<string, TypeNode>;
  /** The objects of an interface or union that every subgraph knows. */
  members: ReadonlyMap<string, readonly string[]>;
  /** The interface that a type's entities are known by in other subgraphs; else the type itself. */
  familyOf(typeName: string): string;
  /** An object type or, where it is an entity of an @interfaceObject, the types of its family. */
  typesOf(family: string): readonly string[];
  /** All object types. */
  objects: ReadonlySet<string>;
  /** The values of an enum that every subgraph knows. */
  enums: ReadonlyMap<string, readonly string[]>;
}

type Composite =
  | ObjectTypeDefinitionNode
  | Extract<DocumentNode['definitions'][number], { kind: Kind.INTERFACE_TYPE_DEFINITION }>;

/** Fields are named `Family.field` throughout. */
export function readFacts(documents: Iterable<DocumentNode>): GraphFacts {
  const all = [...documents];
  const composites = all.flatMap(compositesOf);
  const interfaceObjects = new Set(
    composites.filter((type) => directives(type, 'interfaceObject').length > 0).map(({ name }) => name.value),
  );
  const families = new Map<string, string>();
  for (const type of composites) {
    const family = (type.interfaces ?? []).find(({ name }) => interfaceObjects.has(name.value));
    if (family) families.set(type.name.value, family.name.value);
  }
  const familyOf = (typeName: string) => families.get(typeName) ?? typeName;
  const keys = new Map<string, SelectionSetNode[]>();
  const requires = new Map<string, SelectionSetNode>();
  const fieldTypes = new Map<string, TypeNode>();
  for (const type of composites) {
    const family = familyOf(type.name.value);
    for (const key of directives(type, 'key')) {
      keys.set(family, [...(keys.get(family) ?? []), fieldSetOf(key)]);
    }
    for (const field of type.fields ?? []) {
      const coordinate = `${family}.${field.name.value}`;
      const known = fieldTypes.get(coordinate);
      fieldTypes.set(coordinate, known ? strictest(known, field.type) : field.type);
      for (const required of directives(field, 'requires')) requires.set(coordinate, fieldSetOf(required));
    }
  }
  const typesByFamily = new Map<string, string[]>();
  for (const [type, family] of families) typesByFamily.set(family, [...(typesByFamily.get(family) ?? []), type]);
  const isOfManyTypes = ([coordinate, type]: [string, TypeNode]) =>
    interfaceObjects.has(coordinate.split('.')[0]!) && type.kind === Kind.NON_NULL_TYPE;
  const members = common(all.flatMap(membersOf));
  const keyFields = fieldsOf(keys, { fieldTypes, members, familyOf });
  return {
    keys,
    requires,
    fieldTypes,
    familyOf,
    typesOf: (family) => typesByFamily.get(family) ?? [family],
    keyFields,
    neededFields: new Set([
      ...keyFields,
      ...[...fieldTypes].filter(isOfManyTypes).map(([coordinate]) => coordinate),
      ...fieldsOf(requiredByFamily(requires), { fieldTypes, members, familyOf }),
    ]),
    objects: new Set(
      composites.filter(({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION).map(({ name }) => name.value),
    ),
    members,
    enums: common(all.flatMap(enumsOf)),
  };
}

function compositesOf({ definitions }: DocumentNode): Composite[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? [definition]
      : [],
  );
}

function directives(node: Composite | FieldDefinitionNode, name: string): readonly ConstDirectiveNode[] {
  return (node.directives ?? []).filter((directive) => directive.name.value === name);
}

function fieldSetOf(directive: ConstDirectiveNode): SelectionSetNode {
  const value = directive.arguments?.find(({ name }) => name.value === 'fields')?.value;
  return parseFieldSet(String(value && valueFromASTUntyped(value)));
}

function parseFieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not a field set: ${text}`);
  return definition.selectionSet;
}

function strictest(a: TypeNode, b: TypeNode): TypeNode {
  const [bareA, bareB] = [bare(a), bare(b)];
  const inner: typeof bareA =
    bareA.kind === Kind.LIST_TYPE && bareB.kind === Kind.LIST_TYPE
      ? { ...bareA, type: strictest(bareA.type, bareB.type) }
      : bareA;
  return a === bareA && b === bareB ? inner : { kind: Kind.NON_NULL_TYPE, type: inner };
}

function bare(type: TypeNode) {
  return type.kind === Kind.NON_NULL_TYPE ? type.type : type;
}

function fieldsOf(
  sets: ReadonlyMap<string, readonly SelectionSetNode[]>,
  { fieldTypes, members, familyOf }: Pick<GraphFacts, 'fieldTypes' | 'members' | 'familyOf'>,
): Set<string> {
  const found = new Set<string>();
  const collect = (family: string, set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(familyOf(selection.typeCondition!.name.value), selection.selectionSet);
        continue;
      }
      if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') continue;
      const coordinate = `${family}.${selection.name.value}`;
      found.add(coordinate);
      for (const member of members.get(family) ?? []) found.add(`${familyOf(member)}.${selection.name.value}`);
      if (selection.selectionSet) collect(familyOf(namedType(fieldTypes.get(coordinate)!)), selection.selectionSet);
    }
  };
  for (const [family, all] of sets) for (const set of all) collect(family, set);
  return found;
}

function requiredByFamily(requires: ReadonlyMap<string, SelectionSetNode>): Map<string, SelectionSetNode[]> {
  const sets = new Map<string, SelectionSetNode[]>();
  for (const [coordinate, set] of requires) {
    const family = coordinate.split('.')[0]!;
    sets.set(family, [...(sets.get(family) ?? []), set]);
  }
  return sets;
}

export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function membersOf(document: DocumentNode): [string, string[]][] {
  return document.definitions.flatMap((definition): [string, string[]][] => {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      return [[definition.name.value, (definition.types ?? []).map(({ name }) => name.value)]];
    }
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    const { value } = definition.name;
    const implementers = compositesOf(document).filter(
      (type) => type.kind === Kind.OBJECT_TYPE_DEFINITION && type.interfaces?.some(({ name }) => name.value === value),
    );
    return [[value, implementers.map(({ name }) => name.value)]];
  });
}

function enumsOf({ definitions }: DocumentNode): [string, string[]][] {
  return definitions.flatMap((definition): [string, string[]][] =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION
      ? [[definition.name.value, (definition.values ?? []).map(({ name }) => name.value)]]
      : [],
  );
}

/** Of each name, what all of its lists hold. */
function common(lists: readonly [string, readonly string[]][]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [name, list] of lists) found.set(name, found.get(name)?.filter((one) => list.includes(one)) ?? list);
  return found;
}
