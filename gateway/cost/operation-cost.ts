import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { add, type Cost, evaluate, type ListSize, sizeOf, times, toSize, type Variables, when } from './cost.ts';
import type { CostModel, FieldCost } from './cost-model.ts';
import { createInputCosts, type InputCosts } from './input-cost.ts';

/** What one operation costs, as a function of a request's variables. */
export interface OperationCost {
  /** Points; at least 1. */
  points(variables: Variables): number;
  /** The largest list that is asked for by an argument. */
  listSize(variables: Variables): number;
  /** Neither depends on variables. */
  isConstant: boolean;
}

/** What a mutation costs beside what it selects: it writes. */
const MUTATION_COST = 10;
/** Of `__schema` or `__type`, whatever is asked inside: the gateway answers it from memory. */
const INTROSPECTION_COST = 10;
const INTROSPECTION = new Set(['__schema', '__type']);

/** Of a selection set: lists that the field around it may size are kept apart, by name. */
interface SetCost {
  fixed: Cost;
  sized: ReadonlyMap<string, { item: Cost; alone: Cost }>;
}

const FREE: SetCost = { fixed: 0, sized: new Map() };

/**
 * In time linear in the document: a fragment is looked at once, however often it is spread. The document need not be
 * valid; what the supergraph does not know costs as little as can be, because it will never run.
 */
export function costOfOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  model: CostModel,
): OperationCost {
  const compiler = createCompiler(document, operation, model);
  const root = model.rootType(operation.operation);
  const base = operation.operation === OperationTypeNode.MUTATION ? MUTATION_COST : 0;
  const cost = add([base, total(compiler.ofSet(operation.selectionSet, root))]);
  const { sizes } = compiler;
  return {
    points: (variables) => Math.max(1, evaluate(cost, variables) + compiler.inputs.ofRequest(variables)),
    listSize: (variables) => sizes.reduce((most, size) => Math.max(most, sizeOf(size, variables)), 0),
    isConstant:
      typeof cost === 'number' && compiler.inputs.isConstant && sizes.every((size) => size.variables.length === 0),
  };
}

function createCompiler(document: DocumentNode, operation: OperationDefinitionNode, model: CostModel) {
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
  const known = new Map<string, SetCost>();
  const sizes: ListSize[] = [];
  const inputs: InputCosts = createInputCosts(model.inputs, defaults);

  function ofSet(set: SelectionSetNode, type: string | null): SetCost {
    return sum(set.selections.map((selection) => withConditions(selection, ofSelection(selection, type))));
  }

  function ofSelection(selection: SelectionNode, type: string | null): SetCost {
    switch (selection.kind) {
      case Kind.FIELD:
        return ofField(selection, type);
      case Kind.INLINE_FRAGMENT:
        return ofSet(selection.selectionSet, selection.typeCondition?.name.value ?? type);
      case Kind.FRAGMENT_SPREAD:
        return ofFragment(selection.name.value);
    }
  }

  function ofFragment(name: string): SetCost {
    const before = known.get(name);
    if (before !== undefined) return before;
    // Meanwhile: a circle of fragments is refused by validation, and ends here.
    known.set(name, FREE);
    const fragment = fragments.get(name);
    const cost = fragment ? ofSet(fragment.selectionSet, fragment.typeCondition.name.value) : FREE;
    known.set(name, cost);
    return cost;
  }

  function ofField(node: FieldNode, type: string | null): SetCost {
    const name = node.name.value;
    if (INTROSPECTION.has(name)) return { ...FREE, fixed: INTROSPECTION_COST };
    const field = type === null ? null : model.field(type, name);
    const below = node.selectionSet ? ofSet(node.selectionSet, field?.type ?? null) : FREE;
    if (field === null) return { ...FREE, fixed: node.selectionSet ? add([1, total(below)]) : 0 };
    const size = askedSize(node, field);
    const item = add([field.weight, field.sizedFields.size > 0 ? sizedTotal(below, field, size) : total(below)]);
    const args = inputs.ofArguments(node.arguments ?? [], field.arguments);
    if (field.listLevels === 0) return { ...FREE, fixed: add([item, args]) };
    // Inner lists of lists are never sized by arguments.
    const inner = times(field.assumedSize ** (field.listLevels - 1), item);
    const alone = times(size, inner);
    if (!model.sizedNames.has(name)) return { ...FREE, fixed: add([alone, args]) };
    return { fixed: args, sized: new Map([[name, { item: inner, alone }]]) };
  }

  function askedSize(node: FieldNode, { slicing, assumedSize }: FieldCost): number | ListSize {
    if (slicing.size === 0) return assumedSize;
    const size = toListSize(node, slicing, assumedSize, defaults);
    if (node.arguments?.some(({ name }) => slicing.has(name.value))) sizes.push(size);
    return size.variables.length === 0 ? sizeOf(size, {}) : size;
  }

  function withConditions({ directives = [] }: SelectionNode, cost: SetCost): SetCost {
    return directives.reduce((rest, directive) => mapCosts(rest, (one) => onCondition(directive, one, defaults)), cost);
  }

  return { ofSet, sizes, inputs };
}

function toListSize(
  node: FieldNode,
  slicing: FieldCost['slicing'],
  fallback: number,
  defaults: ReadonlyMap<string, unknown>,
): ListSize {
  const given = (node.arguments ?? []).filter(({ name }) => slicing.has(name.value));
  const names = new Set(given.map(({ name }) => name.value));
  const literals = [...slicing].filter(([name]) => !names.has(name)).map(([, size]) => size);
  const variables: ListSize['variables'][number][] = [];
  for (const { name, value } of given) {
    const argumentDefault = slicing.get(name.value) ?? null;
    if (value.kind === Kind.VARIABLE) {
      const variable = value.name.value;
      variables.push({ name: variable, default: defaults.get(variable), argumentDefault });
    } else literals.push((value.kind === Kind.INT ? toSize(Number(value.value)) : null) ?? argumentDefault);
  }
  const asked = literals.filter((size) => size !== null);
  return { kind: 'size', variables, literal: asked.length === 0 ? null : Math.max(...asked), fallback };
}

function onCondition(directive: DirectiveNode, cost: Cost, defaults: ReadonlyMap<string, unknown>): Cost {
  const isIncludedIf = CONDITIONS.get(directive.name.value);
  const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
  if (isIncludedIf === undefined || value === undefined) return cost;
  if (value.kind === Kind.BOOLEAN) return value.value === isIncludedIf ? cost : 0;
  if (value.kind !== Kind.VARIABLE) return cost;
  const variable = value.name.value;
  return when({ kind: 'condition', variable, default: defaults.get(variable), isIncludedIf }, cost);
}

const CONDITIONS: ReadonlyMap<string, boolean> = new Map([
  ['include', true],
  ['skip', false],
]);

function total({ fixed, sized }: SetCost): Cost {
  return add([fixed, ...[...sized.values()].map(({ alone }) => alone)]);
}

/** As `total`, where the field around knows how many of its lists' items there are. */
function sizedTotal({ fixed, sized }: SetCost, { sizedFields }: FieldCost, size: number | ListSize): Cost {
  const lists = [...sized].map(([name, { item, alone }]) => (sizedFields.has(name) ? times(size, item) : alone));
  return add([fixed, ...lists]);
}

function sum(costs: readonly SetCost[]): SetCost {
  const names = new Set(costs.flatMap(({ sized }) => [...sized.keys()]));
  const partsOf = (name: string) => costs.flatMap(({ sized }) => sized.get(name) ?? []);
  const sized = [...names].map((name) => {
    const parts = partsOf(name);
    return [name, { item: add(parts.map(({ item }) => item)), alone: add(parts.map(({ alone }) => alone)) }] as const;
  });
  return { fixed: add(costs.map(({ fixed }) => fixed)), sized: new Map(sized) };
}

function mapCosts({ fixed, sized }: SetCost, map: (cost: Cost) => Cost): SetCost {
  const mapped = [...sized].map(([name, { item, alone }]) => [name, { item: map(item), alone: map(alone) }] as const);
  return { fixed: map(fixed), sized: new Map(mapped) };
}
