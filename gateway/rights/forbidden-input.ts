import {
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type ObjectFieldNode,
  type ObjectValueNode,
  type ValueNode,
} from 'graphql';
import type { ArgumentUse } from './argument-uses.ts';
import type { RightsIndex } from './rights-index.ts';
import type { Rule } from './rule.ts';
import type { UnmetOf } from './selection-rules.ts';
import type { SentVariables } from './sent-variables.ts';

/** What one use of an argument reveals to a caller who may not use it: the argument itself, or input fields in it. */
export interface ForbiddenInput {
  /** `Type.field(argument:)` or `Input.field` */
  coordinate: string;
  unmet: readonly Rule[];
}

/**
 * What this use holds with one request's variables. Sent is used, also when it is null: "is null" is a filter too.
 * Values that the schema gives by default are its author's, not the caller's.
 */
export function findForbiddenInput(
  use: ArgumentUse,
  variables: SentVariables,
  { index, unmetOf }: { index: RightsIndex; unmetOf: UnmetOf },
): ForbiddenInput[] {
  const found: ForbiddenInput[] = [];

  function readField(typeName: string, fieldName: string): void {
    const unmet = unmetOf(index.ofInputField(typeName, fieldName));
    if (unmet.length > 0) found.push({ coordinate: `${typeName}.${fieldName}`, unmet });
  }

  function readLiteral(value: ValueNode, type: GraphQLInputType): void {
    const nullable = getNullableType(type);
    if (value.kind === Kind.VARIABLE) readVariable(value.name.value, nullable);
    else if (isListType(nullable)) {
      for (const item of value.kind === Kind.LIST ? value.values : [value]) readLiteral(item, nullable.ofType);
    } else if (isInputObjectType(nullable) && value.kind === Kind.OBJECT) {
      for (const { name, value: inner } of sentFields(value, variables)) {
        readField(nullable.name, name.value);
        const field = nullable.getFields()[name.value];
        if (field) readLiteral(inner, field.type);
      }
    }
  }

  function readVariable(name: string, type: GraphQLInputType): void {
    const sent = variables.sent(name);
    const literal = variables.defaultOf(name);
    if (sent !== undefined) readValue(sent.value, type);
    else if (literal !== undefined) readLiteral(literal, type);
  }

  function readValue(value: unknown, type: GraphQLInputType): void {
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      for (const item of Array.isArray(value) ? value : [value]) readValue(item, nullable.ofType);
    } else if (isInputObjectType(nullable) && typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        readField(nullable.name, name);
        const field = nullable.getFields()[name];
        if (field) readValue(inner, field.type);
      }
    }
  }

  const { argument, coordinate, type, unmet } = use;
  if (!isSent(argument.value, variables)) return [];
  if (unmet.length > 0) found.push({ coordinate, unmet });
  readLiteral(argument.value, type);
  return found;
}

/** An input field given by a variable that was not sent is absent. */
function sentFields(value: ObjectValueNode, variables: SentVariables): ObjectFieldNode[] {
  return value.fields.filter((field) => isSent(field.value, variables));
}

function isSent(value: ValueNode, variables: SentVariables): boolean {
  if (value.kind !== Kind.VARIABLE) return true;
  const name = value.name.value;
  return variables.sent(name) !== undefined || variables.defaultOf(name) !== undefined;
}
