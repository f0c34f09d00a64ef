import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type OperationTypeNode,
  parse,
  type TypeNode,
} from 'graphql';
import { type CostDirectives, createCostDirectives, type ListSizeRule } from './cost-directives.ts';

/** What each place of one supergraph costs. Immutable. */
export interface CostModel {
  rootType(operation: OperationTypeNode): string | null;
  field(type: string, field: string): FieldCost | null;
  /** The types whose values cost something when they are sent, to their fields. */
  inputs: ReadonlyMap<string, ReadonlyMap<string, InputCost>>;
  /** Every name of a field whose size the field around it may know. */
  sizedNames: ReadonlySet<string>;
}

export interface FieldCost {
  /** The named type that it returns. */
  type: string;
  /** Of one object or value, without what is selected in it. */
  weight: number;
  /** Lists around the type: 1 for `[T]`, 2 for `[[T]]`. */
  listLevels: number;
  /** Items of a list for which nothing is asked. */
  assumedSize: number;
  /** The arguments that say how many, to their default; null is none. */
  slicing: ReadonlyMap<string, number | null>;
  /** The fields inside that have so many; empty is the field itself. */
  sizedFields: ReadonlySet<string>;
  arguments: ReadonlyMap<string, InputCost>;
}

/** An argument or an input field. */
export interface InputCost {
  weight: number;
  type: string;
}

/** Without @cost: an object is 1, a value nothing. Without @listSize, a list has so many. */
const OBJECT_WEIGHT = 1;
const LIST_SIZE = 10;

/** How connections and lists are sliced where no @listSize says it (https://relay.dev/graphql/connections.htm). */
const SLICING_NAMES = new Set(['first', 'last', 'limit']);
const CONNECTION_LISTS = ['edges', 'nodes'];

/** Reads a supergraph, full or stripped. */
export function createCostModel(supergraphSdl: string): CostModel {
  const document = parse(supergraphSdl, { noLocation: true });
  const directives = createCostDirectives(document);
  const declared = readTypes(document, directives);
  const fields = new Map([...declared.keys()].map((type) => [type, fieldsOf(type, declared, directives)]));
  return {
    rootType: readRoots(document),
    field: (type, field) => fields.get(type)?.get(field) ?? null,
    inputs: readInputs(declared, directives),
    sizedNames: new Set(
      [...fields.values()].flatMap((all) => [...all.values()].flatMap((one) => [...one.sizedFields])),
    ),
  };
}

interface DeclaredType {
  isComposite: boolean;
  weight: number | null;
  fields: Map<string, FieldDefinitionNode>;
  inputFields: InputValueDefinitionNode[];
  /** Of an interface or union: the objects it may be. */
  members: string[];
}

function readTypes(document: DocumentNode, { weightOf }: CostDirectives): Map<string, DeclaredType> {
  const types = new Map<string, DeclaredType>();
  const typeNamed = (name: string): DeclaredType => {
    const known = types.get(name) ?? {
      isComposite: false,
      weight: null,
      fields: new Map(),
      inputFields: [],
      members: [],
    };
    types.set(name, known);
    return known;
  };
  for (const node of document.definitions) {
    if (!('name' in node) || node.name === undefined || node.kind === Kind.DIRECTIVE_DEFINITION) continue;
    const type = typeNamed(node.name.value);
    type.weight ??= weightOf(('directives' in node ? node.directives : []) as readonly ConstDirectiveNode[]);
    if (COMPOSITE.has(node.kind)) type.isComposite = true;
    if ('interfaces' in node)
      for (const { name } of node.interfaces ?? []) typeNamed(name.value).members.push(node.name.value);
    if ('types' in node) type.members.push(...(node.types ?? []).map(({ name }) => name.value));
    for (const field of 'fields' in node ? (node.fields ?? []) : []) {
      if (field.kind === Kind.FIELD_DEFINITION) type.fields.set(field.name.value, field);
      else type.inputFields.push(field);
    }
  }
  return types;
}

const COMPOSITE: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
]);

function fieldsOf(
  type: string,
  types: ReadonlyMap<string, DeclaredType>,
  directives: CostDirectives,
): Map<string, FieldCost> {
  return new Map(
    [...types.get(type)!.fields].map(([name, node]) => {
      // Through an interface a field must not be cheaper than on the objects that answer.
      const same = implementations(type, name, types);
      const costs = [node, ...same].map((one) => toFieldCost(one, types, directives));
      return [name, costs.reduce(dearest)];
    }),
  );
}

function implementations(type: string, field: string, types: ReadonlyMap<string, DeclaredType>): FieldDefinitionNode[] {
  return types.get(type)!.members.flatMap((member) => types.get(member)?.fields.get(field) ?? []);
}

function dearest(one: FieldCost, other: FieldCost): FieldCost {
  return {
    ...one,
    weight: Math.max(one.weight, other.weight),
    assumedSize: Math.max(one.assumedSize, other.assumedSize),
    slicing: new Map([...other.slicing, ...one.slicing]),
    sizedFields: new Set([...one.sizedFields, ...other.sizedFields]),
    arguments: new Map([...other.arguments, ...one.arguments]),
  };
}

function toFieldCost(
  node: FieldDefinitionNode,
  types: ReadonlyMap<string, DeclaredType>,
  { weightOf, listSizeOf }: CostDirectives,
): FieldCost {
  const type = namedType(node.type);
  const levels = listLevels(node.type);
  const rule = listSizeOf(node.directives ?? []) ?? ruleByConvention(node, type, levels, types);
  const inputs = node.arguments ?? [];
  return {
    type,
    weight: weightOf(node.directives ?? []) ?? typeWeight(type, types),
    listLevels: levels,
    assumedSize: rule.assumedSize ?? LIST_SIZE,
    slicing: new Map(
      inputs
        .filter(({ name }) => rule.slicingArguments.includes(name.value))
        .map((one) => [one.name.value, defaultOf(one)]),
    ),
    sizedFields: new Set(rule.sizedFields),
    arguments: new Map(inputs.map((one) => [one.name.value, toInputCost(one, weightOf)])),
  };
}

/** `orders(first: Int): OrderConnection` has so many `edges` and `nodes`; `orders(first: Int): [Order]` so many itself. */
function ruleByConvention(
  { arguments: inputs = [] }: FieldDefinitionNode,
  type: string,
  levels: number,
  types: ReadonlyMap<string, DeclaredType>,
): ListSizeRule {
  const slicingArguments = inputs
    .filter(
      ({ name, type: input }) => SLICING_NAMES.has(name.value) && namedType(input) === 'Int' && listLevels(input) === 0,
    )
    .map(({ name }) => name.value);
  const isList = (field: string) => listLevels(types.get(type)?.fields.get(field)?.type) > 0;
  const sizedFields = levels > 0 || slicingArguments.length === 0 ? [] : CONNECTION_LISTS.filter(isList);
  return {
    assumedSize: null,
    slicingArguments: levels > 0 || sizedFields.length > 0 ? slicingArguments : [],
    sizedFields,
  };
}

function typeWeight(name: string, types: ReadonlyMap<string, DeclaredType>): number {
  const type = types.get(name);
  const own = type?.weight ?? (type?.isComposite ? OBJECT_WEIGHT : 0);
  return Math.max(own, ...(type?.members ?? []).map((member) => types.get(member)?.weight ?? 0));
}

function readInputs(
  types: ReadonlyMap<string, DeclaredType>,
  { weightOf }: CostDirectives,
): ReadonlyMap<string, ReadonlyMap<string, InputCost>> {
  const inputs = new Map(
    [...types].map(([name, { inputFields }]) => [
      name,
      new Map(inputFields.map((field) => [field.name.value, toInputCost(field, weightOf)])),
    ]),
  );
  return new Map([...inputs].filter(([name]) => costsSomething(name, inputs, new Set())));
}

function costsSomething(
  type: string,
  inputs: ReadonlyMap<string, ReadonlyMap<string, InputCost>>,
  seen: Set<string>,
): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  return [...(inputs.get(type)?.values() ?? [])].some(
    ({ weight, type: inner }) => weight > 0 || costsSomething(inner, inputs, seen),
  );
}

function toInputCost(node: InputValueDefinitionNode, weightOf: CostDirectives['weightOf']): InputCost {
  return { weight: weightOf(node.directives ?? []) ?? 0, type: namedType(node.type) };
}

function defaultOf({ defaultValue }: InputValueDefinitionNode): number | null {
  return defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : null;
}

function readRoots(document: DocumentNode): CostModel['rootType'] {
  const schema = document.definitions.find(({ kind }) => kind === Kind.SCHEMA_DEFINITION);
  const named = schema?.kind === Kind.SCHEMA_DEFINITION ? schema.operationTypes : [];
  const roots = new Map(named.map(({ operation, type }) => [operation, type.name.value]));
  return (operation) => roots.get(operation) ?? null;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function listLevels(type: TypeNode | undefined): number {
  if (type === undefined || type.kind === Kind.NAMED_TYPE) return 0;
  return (type.kind === Kind.LIST_TYPE ? 1 : 0) + listLevels(type.type);
}
