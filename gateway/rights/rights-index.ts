import { type DocumentNode, Kind, OperationTypeNode, parse, specifiedScalarTypes } from 'graphql';
import { type DeclaredField, type DeclaredInput, type DeclaredType, readDeclaredTypes } from './declared-rules.ts';
import { createRuleBook, policiesOf, type Rule, type RuleBook } from './rule.ts';
import { createRuleDirectives, type RuleDirectives } from './rule-directives.ts';

/**
 * Which rules each place of one supergraph needs, all of them. A place that the supergraph does not know needs what
 * nobody has. Immutable.
 */
export interface RightsIndex {
  /** To enter a type by a type condition. */
  ofType(type: string): readonly Rule[];
  /** To select a field: its own, its return type's, its type's if that is a root, and all its implementers'. */
  ofField(type: string, field: string): readonly Rule[];
  ofArgument(type: string, field: string, argument: string): readonly Rule[];
  ofInputField(type: string, field: string): readonly Rule[];
  rules: readonly Rule[];
  /** The names of the policies that rules ask for. */
  policies: ReadonlySet<string>;
}

export interface RightsIndexOptions {
  /** What a field needs when neither it, nor its return type, nor its own type carries a rule. */
  undeclaredFields: 'public' | 'authenticated';
}

/** Throws when the supergraph's rules cannot all be understood: then nothing may be served from it. */
export function buildRightsIndex(supergraphSdl: string, options: RightsIndexOptions): RightsIndex {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const book = createRuleBook();
  return buildIndex(supergraph, createRuleDirectives(supergraph, book), book, options);
}

/** Of a graph in which nothing is anybody's: its rules, whatever they say, are not read. */
export function buildOpenIndex(supergraphSdl: string): RightsIndex {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  return buildIndex(supergraph, NO_RULES, createRuleBook(), { undeclaredFields: 'public' });
}

const NO_RULES: RuleDirectives = { accessRule: () => null, argumentRule: () => null };

function buildIndex(
  supergraph: DocumentNode,
  directives: RuleDirectives,
  book: RuleBook,
  options: RightsIndexOptions,
): RightsIndex {
  const types = readDeclaredTypes(supergraph, directives);
  const roots = findRoots(supergraph, types);
  const derived = deriveRules(types, roots, book, options);
  const unknown = [book.never];
  const rules = book.all();
  return {
    ofType: (type) => derived.types.get(type) ?? unknown,
    ofField: (type, field) => derived.fields.get(type)?.get(field) ?? unknown,
    ofArgument: (type, field, argument) => derived.arguments.get(type)?.get(field)?.get(argument) ?? unknown,
    ofInputField: (type, field) => derived.inputFields.get(type)?.get(field) ?? unknown,
    rules,
    policies: policiesOf(rules),
  };
}

/** A text without a schema is no supergraph, and would protect nothing. */
function findRoots(supergraph: DocumentNode, types: ReadonlyMap<string, DeclaredType>): ReadonlySet<string> {
  const declared = supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.operationTypes ?? [])
      : [],
  );
  const roots = new Map(declared.map(({ operation, type }) => [operation, type.name.value]));
  const query = roots.get(OperationTypeNode.QUERY);
  if (query === undefined || !types.has(query)) throw new Error('The supergraph names no query type that it defines');
  return new Set(roots.values());
}

type ByName<T> = ReadonlyMap<string, T>;
type Rules = readonly Rule[];

interface DerivedRules {
  types: ByName<Rules>;
  fields: ByName<ByName<Rules>>;
  arguments: ByName<ByName<ByName<Rules>>>;
  inputFields: ByName<ByName<Rules>>;
}

function deriveRules(
  types: ByName<DeclaredType>,
  roots: ReadonlySet<string>,
  book: RuleBook,
  options: RightsIndexOptions,
): DerivedRules {
  const derive = createDerivation(types, roots, book, options);
  return {
    types: new Map([...BUILT_IN_TYPES, ...mapValues(types, ({ rules }) => distinct(rules))]),
    fields: mapValues(types, (type, typeName) =>
      mapValues(type.fields, (_, fieldName) => distinct(derive.field(typeName, fieldName))),
    ),
    arguments: mapValues(types, (type, typeName) =>
      mapValues(type.fields, (field, fieldName) =>
        mapValues(field.arguments, (_, name) => distinct(derive.argument(typeName, fieldName, name))),
      ),
    ),
    inputFields: mapValues(types, ({ inputFields }) =>
      mapValues(inputFields, (input) => distinct(derive.input(input))),
    ),
  };
}

/** Stand in no text. */
const BUILT_IN_TYPES: ByName<Rules> = new Map(specifiedScalarTypes.map(({ name }) => [name, []]));

function createDerivation(
  types: ByName<DeclaredType>,
  roots: ReadonlySet<string>,
  book: RuleBook,
  options: RightsIndexOptions,
) {
  const implementers = groupImplementers(types);

  function ofType(name: string): Rules {
    return types.get(name)?.rules ?? BUILT_IN_TYPES.get(name) ?? [book.never];
  }

  function field(typeName: string, fieldName: string): Rules {
    const type = types.get(typeName);
    const declared = type?.fields.get(fieldName);
    if (type === undefined || declared === undefined) return [book.never];
    const own = [...declared.rules, ...rulesThroughInterfaces(type, fieldName, declared), ...ofType(declared.type)];
    const fallback = options.undeclaredFields === 'authenticated' ? [book.authenticated] : [];
    return [
      ...own,
      // Nobody selects a root type, so its rules are its fields'.
      ...(roots.has(typeName) ? type.rules : []),
      ...(own.length === 0 && type.rules.length === 0 ? fallback : []),
      ...namesOf(implementers, typeName).flatMap((name) => [...ofType(name), ...field(name, fieldName)]),
    ];
  }

  /** Older composition put a rule on the field of an `@interfaceObject`, and not on the fields it becomes. */
  function rulesThroughInterfaces(type: DeclaredType, fieldName: string, declared: DeclaredField): Rules {
    return interfaceFields(type, fieldName, declared).flatMap(({ rules }) => rules);
  }

  function interfaceFields(type: DeclaredType, fieldName: string, declared: DeclaredField): DeclaredField[] {
    if (!declared.isFromInterface) return [];
    const sources = type.interfaces.map((name) => types.get(name)).filter((source) => source?.isInterfaceObject);
    return sources.flatMap((source) => source?.fields.get(fieldName) ?? []);
  }

  function argument(typeName: string, fieldName: string, name: string): Rules {
    const type = types.get(typeName);
    const declared = type?.fields.get(fieldName);
    const own = declared?.arguments.get(name);
    if (type === undefined || declared === undefined || own === undefined) return [book.never];
    const inherited = interfaceFields(type, fieldName, declared).flatMap(
      (field) => field.arguments.get(name)?.rules ?? [],
    );
    const below = namesOf(implementers, typeName).flatMap((implementer) => argument(implementer, fieldName, name));
    return [...input(own), ...inherited, ...below];
  }

  /** A protected enum or scalar may not be sent either. */
  function input(declared: DeclaredInput): Rules {
    return [...declared.rules, ...ofType(declared.type)];
  }

  return { field, argument, input };
}

/** Each interface's objects and interfaces. */
function groupImplementers(types: ByName<DeclaredType>): ByName<string[]> {
  const implementers = new Map<string, string[]>();
  for (const [name, { interfaces }] of types) {
    for (const implemented of new Set(interfaces)) {
      implementers.set(implemented, [...namesOf(implementers, implemented), name]);
    }
  }
  return implementers;
}

function namesOf(implementers: ByName<string[]>, type: string): string[] {
  return implementers.get(type) ?? [];
}

function mapValues<From, To>(from: ByName<From>, map: (value: From, name: string) => To): Map<string, To> {
  return new Map([...from].map(([name, value]) => [name, map(value, name)]));
}

function distinct(rules: Rules): Rules {
  return [...new Set(rules)].sort((left, right) => left.id - right.id);
}
