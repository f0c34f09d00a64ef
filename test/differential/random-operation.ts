import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  doTypesOverlap,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
  Kind,
  type NameNode,
  OperationTypeNode,
  parseValue,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Choices } from '../fuzz/choices.ts';
import type { TestGraph } from './graphs/graph.ts';
import { createInputs, type Inputs } from './random-inputs.ts';
import { tidyDocument } from './tidy-document.ts';

type OperationSize = Pick<TestGraph, 'maxFields' | 'maxDepth'>;

export interface RandomOperation {
  document: DocumentNode;
  /** Values for its variables, other ones each time. */
  variables(choices: Choices): Record<string, unknown>;
}

/** What clients call fields: like other fields of the graph, like keys, like what lies on every object of JavaScript. */
const ALIASES = ['x', 'y', 'id', 'name', '_typename', '__proto__', 'constructor', 'toString'];

/** A random operation that is valid by the schema. */
export function randomOperation(schema: GraphQLSchema, choices: Choices, size: OperationSize = {}): RandomOperation {
  const { maxFields = 30, maxDepth = 6 } = size;
  const inputs = createInputs(choices);
  const mutation = schema.getMutationType();
  const kind = mutation && choices.chance(25) ? OperationTypeNode.MUTATION : OperationTypeNode.QUERY;
  const root = schema.getRootType(kind)!;
  const writer = createWriter(schema, choices, inputs, { maxFields, maxDepth });
  const fragments = writer.fragments();
  const selectionSet = writer.rootSet(root);
  const definitions: DocumentNode['definitions'] = [
    { kind: Kind.OPERATION_DEFINITION, operation: kind, variableDefinitions: inputs.definitions(), selectionSet },
    ...fragments,
  ];
  const document = tidyDocument(schema, { kind: Kind.DOCUMENT, definitions });
  return { document, variables: (other) => inputs.values(document, other) };
}

function createWriter(
  schema: GraphQLSchema,
  choices: Choices,
  inputs: Inputs,
  { maxFields, maxDepth }: Required<OperationSize>,
) {
  let left = maxFields;
  const fragments: { name: string; type: GraphQLCompositeType }[] = [];
  const composites = Object.values(schema.getTypeMap()).filter(isOpenComposite);
  const withTypenames = choices.pick([0, 5, 60]);

  function selectionSet(type: GraphQLCompositeType, depth: number): SelectionSetNode {
    const selections = Array.from({ length: 1 + choices.below(4) }, () => selection(type, depth));
    if (choices.chance(withTypenames)) selections.push(field('__typename'));
    return { kind: Kind.SELECTION_SET, selections };
  }

  function selection(type: GraphQLCompositeType, depth: number): SelectionNode {
    if (choices.chance(isUnionType(type) ? 85 : 25)) return fragment(type, depth);
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const isDeep = depth <= 0 || left <= 0;
    const open = fields.filter((one) => !isDeep || !isCompositeType(getNamedType(one.type)));
    // Objects lead on, and make an operation more than one subgraph's.
    const objects = open.filter((one) => isCompositeType(getNamedType(one.type)));
    if (open.length === 0) return field('__typename');
    return fieldOf(objects.length > 0 && choices.chance(45) ? choices.pick(objects) : choices.pick(open), type, depth);
  }

  function fieldOf(definition: GraphQLField<unknown, unknown>, parent: GraphQLCompositeType, depth: number): FieldNode {
    left -= 1;
    const { name, args, type } = definition;
    const named = getNamedType(type);
    const given = args.filter((one) => isRequiredArgument(one) || choices.chance(40));
    return {
      ...field(name, aliasIn(parent)),
      arguments: given.map((one) => argument(one.name, one.type, one.defaultValue !== undefined)),
      directives: conditions(),
      ...(isCompositeType(named) ? { selectionSet: selectionSet(named, depth - 1) } : {}),
    };
  }

  function aliasIn(parent: GraphQLCompositeType): string | null {
    if (!choices.chance(20)) return null;
    const siblings = isUnionType(parent) ? [] : Object.keys(parent.getFields());
    return choices.pick(choices.chance(50) && siblings.length > 0 ? siblings : ALIASES);
  }

  function argument(name: string, type: GraphQLInputType, isDefaulted: boolean): ArgumentNode {
    return {
      kind: Kind.ARGUMENT,
      name: nameOf(name),
      value: parseValue(inputs.text(type, isDefaulted), { noLocation: true }),
    };
  }

  function conditions(): DirectiveNode[] {
    return ['skip', 'include']
      .filter(() => choices.chance(6))
      .map((name) => ({
        kind: Kind.DIRECTIVE,
        name: nameOf(name),
        arguments: [
          { kind: Kind.ARGUMENT, name: nameOf('if'), value: parseValue(inputs.condition(), { noLocation: true }) },
        ],
      }));
  }

  function fragment(type: GraphQLCompositeType, depth: number): SelectionNode {
    const spreadable = fragments.filter((one) => doTypesOverlap(schema, type, one.type));
    if (spreadable.length > 0 && choices.chance(35)) {
      return { kind: Kind.FRAGMENT_SPREAD, name: nameOf(choices.pick(spreadable).name), directives: conditions() };
    }
    if (depth <= 0 || left <= 0) return field('__typename');
    const fitting = composites.filter((other) => doTypesOverlap(schema, type, other));
    const condition = choices.chance(85) ? choices.pick(fitting) : null;
    return {
      kind: Kind.INLINE_FRAGMENT,
      ...(condition ? { typeCondition: namedTypeOf(condition) } : {}),
      directives: conditions(),
      selectionSet: selectionSet(condition ?? type, depth - 1),
    };
  }

  return {
    /** Each may spread those before it. */
    fragments(): FragmentDefinitionNode[] {
      return ['F0', 'F1', 'F2'].slice(0, choices.below(4)).map((name) => {
        const type = choices.pick(composites);
        left = maxFields / 4;
        const definition: FragmentDefinitionNode = {
          kind: Kind.FRAGMENT_DEFINITION,
          name: nameOf(name),
          typeCondition: namedTypeOf(type),
          selectionSet: selectionSet(type, 2),
        };
        fragments.push({ name, type });
        return definition;
      });
    },
    rootSet(type: GraphQLCompositeType): SelectionSetNode {
      left = maxFields;
      const set = selectionSet(type, maxDepth);
      const isQuery = type === schema.getQueryType();
      return isQuery && choices.chance(4) ? { ...set, selections: [...set.selections, introspection()] } : set;
    },
  };
}

function introspection(): FieldNode {
  const queryType = {
    ...field('queryType'),
    selectionSet: { kind: Kind.SELECTION_SET as const, selections: [field('name')] },
  };
  return { ...field('__schema', 's'), selectionSet: { kind: Kind.SELECTION_SET, selections: [queryType] } };
}

function isOpenComposite(type: GraphQLNamedType): type is GraphQLCompositeType {
  return isCompositeType(type) && !type.name.startsWith('__');
}

function field(name: string, alias: string | null = null): FieldNode {
  return { kind: Kind.FIELD, name: nameOf(name), ...(alias ? { alias: nameOf(alias) } : {}) };
}

function namedTypeOf({ name }: GraphQLCompositeType) {
  return { kind: Kind.NAMED_TYPE as const, name: nameOf(name) };
}

function nameOf(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
