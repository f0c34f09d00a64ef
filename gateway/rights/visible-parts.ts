import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';
import type { Authority } from './guarded-operation.ts';
import { type CallerRights, isMet, type Rule } from './rule.ts';

type OutputField = GraphQLField<unknown, unknown>;

/** Which parts of the schema a caller could use. */
export interface VisibleParts {
  hasType(type: GraphQLNamedType): boolean;
  hasField(type: GraphQLNamedType, field: OutputField): boolean;
  hasArgument(type: GraphQLNamedType, field: OutputField, argument: GraphQLArgument): boolean;
  hasInputField(type: GraphQLNamedType, field: GraphQLInputField): boolean;
}

/**
 * A part is visible when its rules are met and what it cannot do without is visible: a field's type and required
 * arguments, a type's fields. Hiding one part may hide others, so types are hidden until nothing changes.
 */
export function findVisibleParts({ schema, index }: Authority, rights: CallerRights): VisibleParts {
  const hidden = new Set<string>();
  const areMet = (rules: readonly Rule[]) => rules.every((rule) => isMet(rule, rights));
  const isShown = (type: GraphQLNamedType) => !hidden.has(type.name);
  const hasInput = (rules: readonly Rule[], type: GraphQLInputType) => areMet(rules) && isShown(getNamedType(type));

  const parts: VisibleParts = {
    hasType: isShown,
    hasArgument: (type, field, { name, type: inputType }) =>
      hasInput(index.ofArgument(type.name, field.name, name), inputType),
    hasInputField: (type, field) => hasInput(index.ofInputField(type.name, field.name), field.type),
    hasField: (type, field) =>
      areMet(index.ofField(type.name, field.name)) &&
      isShown(getNamedType(field.type)) &&
      field.args.every((argument) => !isRequiredArgument(argument) || parts.hasArgument(type, field, argument)) &&
      implementationsOf(schema, type).every((implementation) =>
        parts.hasField(implementation, implementation.getFields()[field.name]!),
      ),
  };

  function isUsable(type: GraphQLNamedType): boolean {
    if (!areMet(index.ofType(type.name))) return false;
    if (isInputObjectType(type)) return isFillable(type, parts);
    if (isUnionType(type)) return type.getTypes().some(isShown);
    if (!isObjectType(type) && !isInterfaceType(type)) return true;
    return Object.values(type.getFields()).some((field) => parts.hasField(type, field));
  }

  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const hideUnusable = () => {
    const unusable = types.filter((type) => isShown(type) && !isUsable(type));
    for (const { name } of unusable) hidden.add(name);
    return unusable.length > 0;
  };
  while (hideUnusable());
  return parts;
}

function implementationsOf(schema: GraphQLSchema, type: GraphQLNamedType) {
  if (!isInterfaceType(type)) return [];
  const { objects, interfaces } = schema.getImplementations(type);
  return [...objects, ...interfaces];
}

function isFillable(type: GraphQLInputObjectType, parts: VisibleParts): boolean {
  const fields = Object.values(type.getFields());
  const usable = fields.filter((field) => parts.hasInputField(type, field));
  return usable.length > 0 && fields.every((field) => !isRequiredInputField(field) || usable.includes(field));
}
