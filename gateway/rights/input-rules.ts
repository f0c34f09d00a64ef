import {
  type ArgumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type ValueNode,
} from 'graphql';
import type { RightsIndex } from './rights-index.ts';
import type { Rule } from './rule.ts';

/** Every rule that this argument can come to need: its own, and those of the input fields it holds or may hold. */
export function rulesOfArgument(
  argument: ArgumentNode,
  parent: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
  index: RightsIndex,
): ReadonlySet<Rule> {
  const rules = new Set(index.ofArgument(parent.name, field.name, argument.name.value));
  collect(argument.value, argumentType(field, argument), index, rules);
  return rules;
}

export function argumentType(field: GraphQLField<unknown, unknown>, argument: ArgumentNode): GraphQLInputType {
  const declared = field.args.find(({ name }) => name === argument.name.value);
  if (declared === undefined) throw new Error(`${field.name} has no argument ${argument.name.value}`);
  return declared.type;
}

/** A variable may hold anything of its type; a literal only what is written. */
function collect(value: ValueNode, type: GraphQLInputType, index: RightsIndex, into: Set<Rule>): void {
  const nullable = getNullableType(type);
  if (value.kind === Kind.VARIABLE) collectAll(nullable, index, into);
  else if (isListType(nullable)) {
    const items = value.kind === Kind.LIST ? value.values : [value];
    for (const item of items) collect(item, nullable.ofType, index, into);
  } else if (isInputObjectType(nullable) && value.kind === Kind.OBJECT) {
    for (const { name, value: inner } of value.fields) {
      const field = nullable.getFields()[name.value];
      if (field === undefined) throw new Error(`${nullable.name} has no field ${name.value}`);
      addAll(into, index.ofInputField(nullable.name, field.name));
      collect(inner, field.type, index, into);
    }
  }
}

/** The rules of all input fields that a value of this type can have, each type visited once. */
function collectAll(type: GraphQLInputType, index: RightsIndex, into: Set<Rule>): void {
  const types = new Set([getNamedType(type)]);
  // A set hands out what is added while it is read.
  for (const current of types) {
    if (!isInputObjectType(current)) continue;
    for (const field of Object.values(current.getFields())) {
      addAll(into, index.ofInputField(current.name, field.name));
      types.add(getNamedType(field.type));
    }
  }
}

function addAll(into: Set<Rule>, rules: readonly Rule[]): void {
  for (const rule of rules) into.add(rule);
}
