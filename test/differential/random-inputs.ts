import {
  type DocumentNode,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  parseType,
  parseValue,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { Choices } from '../fuzz/choices.ts';

/** Writes arguments and conditions, and the variables in them. */
export interface Inputs {
  /** A value for an argument; `isDefaulted` ones take nullable variables. */
  text(type: GraphQLInputType, isDefaulted: boolean): string;
  /** A value for @skip and @include. */
  condition(): string;
  definitions(): VariableDefinitionNode[];
  /** Values for the variables that the document defines. */
  values(document: DocumentNode, choices: Choices): Record<string, unknown>;
}

interface Variable {
  type: string;
  default: string | null;
  isRequired: boolean;
  value(choices: Choices): unknown;
}

const MAX_INPUT_DEPTH = 2;

export function createInputs(choices: Choices): Inputs {
  const variables = new Map<string, Variable>();

  function condition(): string {
    if (choices.chance(20)) return choices.pick(['true', 'false']);
    const name = choices.pick(['b0', 'b1', 'b2']);
    if (!variables.has(name)) {
      const isDefaulted = choices.chance(30);
      variables.set(name, {
        type: isDefaulted ? 'Boolean' : 'Boolean!',
        default: isDefaulted ? choices.pick(['true', 'false']) : null,
        isRequired: !isDefaulted,
        value: (other) => other.chance(50),
      });
    }
    return `$${name}`;
  }

  function text(type: GraphQLInputType, isDefaulted: boolean, depth = MAX_INPUT_DEPTH): string {
    if (choices.chance(35)) return variable(type, isDefaulted);
    if (!isNonNullType(type) && choices.chance(8)) return 'null';
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const items = Array.from({ length: choices.below(3) }, () => text(nullable.ofType, false, depth));
      return `[${items.join(', ')}]`;
    }
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(
        (one) => isRequiredInputField(one) || (depth > 0 && choices.chance(40)),
      );
      return `{${fields.map((one) => `${one.name}: ${text(one.type, false, depth - 1)}`).join(', ')}}`;
    }
    return toText(leafValue(nullable, choices), isEnumType(nullable));
  }

  function variable(type: GraphQLInputType, isDefaulted: boolean): string {
    const name = `v${variables.size}`;
    const isRequired = isNonNullType(type) && !isDefaulted;
    variables.set(name, {
      type: String(isRequired ? type : getNullableType(type)),
      default: !isRequired && choices.chance(30) ? constantText(type, choices) : null,
      isRequired,
      // Null for a variable that stands where null cannot would be the client's mistake.
      value: (other) => constant(type, other, { mayBeNull: !isNonNullType(type) }),
    });
    return `$${name}`;
  }

  return {
    text,
    condition,
    definitions: () =>
      [...variables].map(([name, { type, default: value }]) => ({
        kind: Kind.VARIABLE_DEFINITION,
        variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
        type: parseType(type, { noLocation: true }),
        // Cast: a literal without variables in it.
        ...(value === null ? {} : { defaultValue: parseValue(value, { noLocation: true }) as never }),
      })),
    values(document, other) {
      const sent: Record<string, unknown> = {};
      visit(document, {
        VariableDefinition({ variable: { name } }) {
          const known = variables.get(name.value)!;
          if (known.isRequired || other.chance(60)) sent[name.value] = known.value(other);
        },
      });
      return sent;
    },
  };
}

function constant(
  type: GraphQLInputType,
  choices: Choices,
  { mayBeNull = !isNonNullType(type), depth = MAX_INPUT_DEPTH } = {},
): unknown {
  if (mayBeNull && choices.chance(10)) return null;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    return Array.from({ length: choices.below(3) }, () => constant(nullable.ofType, choices, { depth }));
  }
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields()).filter(
      (one) => isRequiredInputField(one) || (depth > 0 && choices.chance(40)),
    );
    return Object.fromEntries(fields.map((one) => [one.name, constant(one.type, choices, { depth: depth - 1 })]));
  }
  return leafValue(nullable, choices);
}

function constantText(type: GraphQLInputType, choices: Choices): string {
  const write = (value: unknown, of: GraphQLInputType): string => {
    const nullable = getNullableType(of);
    if (value === null) return 'null';
    if (isListType(nullable)) return `[${(value as unknown[]).map((one) => write(one, nullable.ofType)).join(', ')}]`;
    if (isInputObjectType(nullable)) {
      const fields = Object.entries(value as Record<string, unknown>);
      return `{${fields.map(([name, one]) => `${name}: ${write(one, nullable.getFields()[name]!.type)}`).join(', ')}}`;
    }
    return toText(value, isEnumType(nullable));
  };
  return write(constant(type, choices, { mayBeNull: false }), type);
}

function leafValue(type: GraphQLInputType, choices: Choices): unknown {
  if (isEnumType(type)) return choices.pick(type.getValues()).name;
  const number = choices.below(4);
  switch (String(type)) {
    case 'Int':
      return number;
    case 'Float':
      return number / 4;
    case 'Boolean':
      return number % 2 === 0;
    default:
      return choices.pick(['a', 'ż "quoted"', `id-${number}`]);
  }
}

function toText(value: unknown, isEnum: boolean): string {
  return isEnum ? String(value) : JSON.stringify(value);
}
