import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Caller } from './caller.ts';
import { type MockObject, mockValue, ROOT_SEED } from './mock-data.ts';
import type { RandomOperation } from './random-operation.ts';
import type { Clause, Type, World } from './random-world.ts';

/**
 * What an answer must be, written from rights.md's words alone and without the product's code: slow, by plain recursion
 * over the original operation.
 */
export type Expected =
  | { kind: 'refused'; problems: string[] }
  | { kind: 'answered'; data: Record<string, unknown> | null; problems: string[] };

/** "`[[a, b], [c]]` means (a and b) or c." */
function passes(clauses: readonly Clause[], caller: Caller): boolean {
  return clauses.every((clause) => {
    if (clause.directive === 'authenticated') return caller.isAuthenticated;
    const granted = clause.directive === 'policy' ? caller.policies : caller.scopes;
    return clause.anyOf.some((all) => all.every((name) => granted.includes(name)));
  });
}

export function mayEnter(world: World, type: string, caller: Caller): boolean {
  return passes(world.types.get(type)?.rules ?? [], caller);
}

/**
 * "A field needs its own rule and its return type's. An interface's field needs every implementer's type rule and
 * field rule."
 */
export function maySelect(world: World, typeName: string, fieldName: string, caller: Caller): boolean {
  const type = world.types.get(typeName)!;
  const field = type.fields.get(fieldName)!;
  const returned = world.types.get(bare(field.type))?.rules ?? [];
  const hasDirective = field.rules.length + returned.length + type.rules.length > 0;
  if (!hasDirective && world.undeclaredFields === 'authenticated' && !caller.isAuthenticated) return false;
  if (!passes(field.rules, caller) || !passes(returned, caller)) return false;
  if ((typeName === 'Query' || typeName === 'Mutation') && !passes(type.rules, caller)) return false;
  return implementersOf(world, typeName).every(
    (name) => mayEnter(world, name, caller) && maySelect(world, name, fieldName, caller),
  );
}

export function maySend(world: World, typeName: string, fieldName: string, argument: string, caller: Caller): boolean {
  const input = world.types.get(typeName)!.fields.get(fieldName)!.args.get(argument)!;
  if (!passes(input.rules, caller) || !mayEnter(world, bare(input.type), caller)) return false;
  return implementersOf(world, typeName).every((name) => maySend(world, name, fieldName, argument, caller));
}

export function mayFill(world: World, typeName: string, fieldName: string, caller: Caller): boolean {
  const input = world.types.get(typeName)!.inputs.get(fieldName)!;
  return passes(input.rules, caller) && mayEnter(world, bare(input.type), caller);
}

function implementersOf(world: World, typeName: string): string[] {
  return [...world.types].filter(([, { interfaces }]) => interfaces.includes(typeName)).map(([name]) => name);
}

function bare(type: string): string {
  return type.replace(/[[\]!]/g, '');
}

/** A null that its place does not allow: it takes the next place up. */
class Bubble extends Error {}

export function answerOf(
  world: World,
  { query, variables }: RandomOperation,
  caller: Caller,
  schemaData: unknown,
): Expected {
  const document = parse(query);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  )!;
  const fragments = document.definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  const root = world.schema.getRootType(operation.operation)!;
  const problems = new Set<string>();
  const forbidden = new Set<string>();
  survey(operation.selectionSet, root, [], false);
  if (forbidden.size > 0 || (operation.operation === 'mutation' && problems.size > 0)) {
    const denied = operation.operation === 'mutation' ? problems : [];
    return { kind: 'refused', problems: [...forbidden, ...denied].sort() };
  }
  return { kind: 'answered', data: answer(), problems: [...problems].sort() };

  /** "A selection that is not included is not denied." */
  function isIncluded(directives: readonly DirectiveNode[] = []): boolean {
    return directives.every(({ name, arguments: [argument] = [] }) => {
      const value = argument!.value;
      const outcome = value.kind === Kind.VARIABLE ? variableValue(value.name.value) : valueFromASTUntyped(value);
      return name.value === 'skip' ? outcome === false : outcome === true;
    });
  }

  function variableValue(name: string): unknown {
    if (Object.keys(variables).includes(name)) return variables[name];
    const definition = operation.variableDefinitions!.find((node) => node.variable.name.value === name)!;
    return definition.defaultValue ? valueFromASTUntyped(definition.defaultValue) : undefined;
  }

  function bodyOf(
    selection: SelectionNode,
    scope: GraphQLCompositeType,
  ): { type: GraphQLCompositeType; set: SelectionSetNode; isConditioned: boolean } {
    if (selection.kind === Kind.FIELD) throw new Error('A field has no body');
    const body =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : fragments.find(({ name }) => name.value === selection.name.value)!;
    const condition = body.typeCondition;
    if (condition === undefined) return { type: scope, set: body.selectionSet, isConditioned: false };
    const type = world.schema.getType(condition.name.value);
    if (!isCompositeType(type)) throw new Error('Not composite');
    return { type, set: body.selectionSet, isConditioned: true };
  }

  function isDenied(selection: SelectionNode, scope: GraphQLCompositeType): boolean {
    if (selection.kind !== Kind.FIELD) {
      const body = bodyOf(selection, scope);
      return body.isConditioned && !mayEnter(world, body.type.name, caller);
    }
    return !selection.name.value.startsWith('__') && !maySelect(world, scope.name, selection.name.value, caller);
  }

  /** Finds what is denied or forbidden, whatever the data is. */
  function survey(set: SelectionSetNode, scope: GraphQLCompositeType, path: string[], isWithinDenied: boolean): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection.directives)) continue;
      const denied = isWithinDenied || isDenied(selection, scope);
      if (selection.kind !== Kind.FIELD) {
        const body = bodyOf(selection, scope);
        survey(body.set, body.type, path, denied);
        continue;
      }
      const name = selection.name.value;
      if (name.startsWith('__')) continue;
      const place = [...path, selection.alias?.value ?? name];
      if (denied) {
        problems.add(`${JSON.stringify(place)} ${scope.name}.${name}`);
        continue;
      }
      surveyArguments(selection, scope.name, place);
      const type = getNamedType(fieldType(scope, name));
      if (selection.selectionSet && isCompositeType(type)) survey(selection.selectionSet, type, place, false);
    }
  }

  function surveyArguments(selection: FieldNode, scope: string, place: string[]): void {
    const field = world.types.get(scope)!.fields.get(selection.name.value)!;
    for (const argument of selection.arguments ?? []) {
      const name = argument.name.value;
      const value = sentValue(argument.value);
      if (value === undefined) continue;
      if (!maySend(world, scope, selection.name.value, name, caller)) {
        forbidden.add(`${JSON.stringify(place)} ${scope}.${selection.name.value}(${name}:)`);
      }
      surveyInput(value, field.args.get(name)!.type, place);
    }
  }

  /** A literal with its variables put in; undefined where nothing was sent. */
  function sentValue(node: ValueNode): unknown {
    if (node.kind === Kind.VARIABLE) return variableValue(node.name.value);
    if (node.kind === Kind.LIST) return node.values.map((item) => sentValue(item) ?? null);
    if (node.kind !== Kind.OBJECT) return valueFromASTUntyped(node);
    const entries = node.fields.map((field): [string, unknown] => [field.name.value, sentValue(field.value)]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  function surveyInput(value: unknown, type: string, place: string[]): void {
    const model: Type | undefined = world.types.get(bare(type));
    if (Array.isArray(value)) for (const item of value) surveyInput(item, type, place);
    else if (model?.kind === 'input' && value !== null && typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) {
        if (!mayFill(world, bare(type), name, caller)) forbidden.add(`${JSON.stringify(place)} ${bare(type)}.${name}`);
        surveyInput(inner, model.inputs.get(name)!.type, place);
      }
    }
  }

  function answer(): Record<string, unknown> | null {
    try {
      return objectAt([{ set: operation.selectionSet, scope: root }], { seed: ROOT_SEED, type: root.name });
    } catch (error) {
      if (error instanceof Bubble) return null;
      throw error;
    }
  }

  /** A selection set with the type that it is written for, which may be wider than the object's. */
  type Layer = { set: SelectionSetNode; scope: GraphQLCompositeType };

  function objectAt(layers: Layer[], object: MockObject): Record<string, unknown> {
    const type = world.schema.getType(object.type) as GraphQLObjectType;
    const byKey = new Map<string, { name: string; isDenied: boolean; below: Layer[] }>();
    for (const { set, scope } of layers) gather(set, scope, false);
    const result: Record<string, unknown> = Object.create(null);
    for (const [key, { name, isDenied: denied, below }] of byKey) {
      result[key] = fieldAt(name, denied, below, object, type);
    }
    return result;

    function gather(set: SelectionSetNode, scope: GraphQLCompositeType, within: boolean): void {
      for (const selection of set.selections) {
        if (!isIncluded(selection.directives)) continue;
        const denied = within || isDenied(selection, scope);
        if (selection.kind !== Kind.FIELD) {
          const body = bodyOf(selection, scope);
          if (isA(type, body.type)) gather(body.set, body.type, denied);
          continue;
        }
        const name = selection.name.value;
        const key = selection.alias?.value ?? name;
        const entry = byKey.get(key) ?? { name, isDenied: false, below: [] };
        byKey.set(key, entry);
        entry.isDenied ||= denied;
        const below = name.startsWith('__') ? null : getNamedType(fieldType(scope, name));
        if (selection.selectionSet && isCompositeType(below))
          entry.below.push({ set: selection.selectionSet, scope: below });
      }
    }
  }

  /** "A denied selection becomes null at its place, then ordinary null propagation by the API schema." */
  function fieldAt(
    name: string,
    denied: boolean,
    below: Layer[],
    object: MockObject,
    type: GraphQLObjectType,
  ): unknown {
    if (name === '__typename') return type.name;
    if (name === '__schema') return schemaData;
    const declared = fieldType(type, name);
    if (!denied) return valueAt(mockValue(world.schema, object, name, declared), declared, below);
    if (isNonNullType(declared)) throw new Bubble();
    return null;
  }

  function valueAt(value: unknown, type: GraphQLOutputType, below: Layer[]): unknown {
    try {
      const nullable = getNullableType(type);
      if (value === null) throw new Bubble();
      if (isListType(nullable)) return (value as unknown[]).map((item) => valueAt(item, nullable.ofType, below));
      return isCompositeType(nullable) ? objectAt(below, value as MockObject) : value;
    } catch (error) {
      if (error instanceof Bubble && !isNonNullType(type)) return null;
      throw error;
    }
  }

  function isA(type: GraphQLObjectType, condition: GraphQLCompositeType): boolean {
    if (isUnionType(condition)) return condition.getTypes().includes(type);
    return isInterfaceType(condition) ? type.getInterfaces().includes(condition) : condition === type;
  }
}

function fieldType(scope: GraphQLCompositeType, name: string): GraphQLOutputType {
  if (isUnionType(scope)) throw new Error('A union has no fields');
  return scope.getFields()[name]!.type;
}
