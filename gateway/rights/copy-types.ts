import {
  type GraphQLArgument,
  type GraphQLArgumentConfig,
  type GraphQLDirective,
  type GraphQLDirectiveConfig,
  type GraphQLFieldConfig,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLType,
  GraphQLUnionType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { VisibleParts } from './visible-parts.ts';

/** Copies types with their visible parts alone. Scalars and enums have no parts and stay what they are. */
export interface TypeCopier {
  named(type: GraphQLNamedType): GraphQLNamedType;
  directive(directive: GraphQLDirective): GraphQLDirectiveConfig;
}

/** Where a definition stood in its text is nothing that a caller needs. */
const NO_SOURCE = { astNode: undefined, extensionASTNodes: [] };

export function createTypeCopier(reachable: ReadonlySet<GraphQLNamedType>, parts: VisibleParts): TypeCopier {
  const copies = new Map<GraphQLNamedType, GraphQLNamedType>();

  function named(type: GraphQLNamedType): GraphQLNamedType {
    const copy = copies.get(type) ?? copyOf(type);
    copies.set(type, copy);
    return copy;
  }

  function copyOf(type: GraphQLNamedType): GraphQLNamedType {
    if (isObjectType(type)) {
      return new GraphQLObjectType({ ...type.toConfig(), ...NO_SOURCE, ...outputParts(type) });
    }
    if (isInterfaceType(type)) {
      return new GraphQLInterfaceType({ ...type.toConfig(), ...NO_SOURCE, ...outputParts(type) });
    }
    if (isUnionType(type)) {
      return new GraphQLUnionType({ ...type.toConfig(), ...NO_SOURCE, types: () => visible(type.getTypes()) });
    }
    if (!isInputObjectType(type)) return type;
    return new GraphQLInputObjectType({ ...type.toConfig(), ...NO_SOURCE, fields: () => inputFields(type) });
  }

  /** Thunks, because types refer to each other in circles. */
  function outputParts(type: GraphQLObjectType | GraphQLInterfaceType) {
    return { fields: () => outputFields(type), interfaces: () => visible(type.getInterfaces()) };
  }

  function visible<Type extends GraphQLNamedType>(types: readonly Type[]): Type[] {
    return types.filter((type) => reachable.has(type)).map(wrapped);
  }

  function outputFields(type: GraphQLObjectType | GraphQLInterfaceType) {
    const fields = Object.values(type.getFields()).filter((field) => parts.hasField(type, field));
    return Object.fromEntries(
      fields.map((field): [string, GraphQLFieldConfig<unknown, unknown>] => {
        const args = field.args.filter((argument) => parts.hasArgument(type, field, argument));
        const { description, deprecationReason } = field;
        return [field.name, { description, deprecationReason, type: wrapped(field.type), args: argumentsOf(args) }];
      }),
    );
  }

  function inputFields(type: GraphQLInputObjectType) {
    const fields = Object.values(type.getFields()).filter((field) => parts.hasInputField(type, field));
    return argumentsOf(fields);
  }

  function argumentsOf(inputs: readonly Omit<GraphQLArgument, 'extensions' | 'astNode'>[]) {
    return Object.fromEntries(
      inputs.map(({ name, description, defaultValue, deprecationReason, type }): [string, GraphQLArgumentConfig] => [
        name,
        { description, defaultValue, deprecationReason, type: wrapped(type) },
      ]),
    );
  }

  function wrapped<Type extends GraphQLType>(type: Type): Type {
    // Casts: graphql-js's types do not say that a copy is of its original's kind.
    if (isNonNullType(type)) return new GraphQLNonNull(wrapped(type.ofType)) as GraphQLType as Type;
    if (isListType(type)) return new GraphQLList(wrapped(type.ofType)) as GraphQLType as Type;
    return named(type as GraphQLNamedType) as Type;
  }

  return {
    named,
    directive: (directive) => ({ ...directive.toConfig(), ...NO_SOURCE, args: argumentsOf(directive.args) }),
  };
}
