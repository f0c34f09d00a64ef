import {
  doTypesOverlap,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';
import type { Choices } from './choices.ts';

export interface RandomOperation {
  query: string;
  variables: Record<string, unknown>;
}

const ALIASES = ['x', 'y', '__proto__', 'constructor', 'toString', '_typename', '_typename0'];

/** A random operation that is valid by the schema, with fragments of every kind, conditions, and variables. */
export function createOperation(schema: GraphQLSchema, choices: Choices): RandomOperation {
  const writer = createWriter(schema, choices);
  const isMutation = schema.getMutationType() != null && choices.chance(20);
  const root = isMutation ? schema.getMutationType()! : schema.getQueryType()!;
  const composites = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLCompositeType => isCompositeType(type) && !type.name.startsWith('__'),
  );
  for (const name of ['F0', 'F1', 'F2'].slice(0, choices.below(4))) writer.addFragment(name, choices.pick(composites));
  const set = writer.rootSet(root);
  const { definitions, variables } = writer.variables();
  const head = `${isMutation ? 'mutation' : 'query'}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''}`;
  return { query: [`${head} ${set}`, ...writer.fragments()].join('\n'), variables };
}

function createWriter(schema: GraphQLSchema, choices: Choices) {
  const fragments = new Map<string, { type: GraphQLCompositeType; text: string }>();
  const { conditions, valueText, variables } = createInputWriter(choices);
  const signatures = new Map<string, string>();

  /** Selections with one response key must ask for the same thing everywhere, or they cannot merge. */
  function aliasFor(field: string, signature: string): string {
    const wanted = choices.chance(25) ? choices.pick(ALIASES) : field;
    const candidates = [wanted, ...Array.from({ length: signatures.size + 1 }, (_, number) => `${field}_${number}`)];
    const key = candidates.find((candidate) => (signatures.get(candidate) ?? signature) === signature)!;
    signatures.set(key, signature);
    return key === field ? '' : `${key}: `;
  }

  function fieldText(field: GraphQLField<unknown, unknown>, depth: number): string {
    const args = field.args.filter((argument) => isRequiredArgument(argument) || choices.chance(50));
    const texts = args.map((argument: GraphQLArgument) => `${argument.name}: ${valueText(argument)}`);
    const call = `${field.name}${texts.length > 0 ? `(${texts.join(', ')})` : ''}`;
    const type = getNamedType(field.type);
    const alias = aliasFor(field.name, `${call} ${field.type}`);
    return `${alias}${call}${conditions()}${isCompositeType(type) ? ` ${setText(type, depth - 1)}` : ''}`;
  }

  function typenameText(): string {
    return `${aliasFor('__typename', '__typename')}__typename${conditions()}`;
  }

  function setText(type: GraphQLCompositeType, depth: number): string {
    const selections = Array.from({ length: 1 + choices.below(4) }, () => selectionText(type, depth));
    return `{ ${selections.join(' ')} }`;
  }

  function selectionText(type: GraphQLCompositeType, depth: number): string {
    if (choices.chance(35)) return fragmentText(type, depth);
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const affordable = fields.filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
    if (affordable.length === 0 || choices.chance(8)) return typenameText();
    return fieldText(choices.pick(affordable), depth);
  }

  function fragmentText(type: GraphQLCompositeType, depth: number): string {
    const spreadable = [...fragments].filter(([, { type: other }]) => doTypesOverlap(schema, type, other));
    if (spreadable.length > 0 && choices.chance(50)) return `...${choices.pick(spreadable)[0]}${conditions()}`;
    if (depth <= 0) return typenameText();
    const others = Object.values(schema.getTypeMap()).filter(
      (other): other is GraphQLCompositeType => isCompositeType(other) && doTypesOverlap(schema, type, other),
    );
    const condition = choices.chance(80) ? choices.pick(others) : null;
    return `...${condition ? ` on ${condition.name}` : ''}${conditions()} ${setText(condition ?? type, depth - 1)}`;
  }

  return {
    addFragment(name: string, type: GraphQLCompositeType): void {
      fragments.set(name, { type, text: `fragment ${name} on ${type.name} ${setText(type, 2)}` });
    },
    rootSet(type: GraphQLObjectType): string {
      const more = type === schema.getQueryType() && choices.chance(5) ? ' s: __schema { queryType { name } }' : '';
      return setText(type, 4).replace(/ }$/, `${more} }`);
    },
    fragments: () => [...fragments.values()].map(({ text }) => text),
    variables,
  };
}

/** Writes @skip, @include and input values, with variables in them. */
function createInputWriter(choices: Choices) {
  const definitions = new Map<string, string>();
  const sent: Record<string, unknown> = {};

  function conditions(): string {
    const texts = ['skip', 'include'].filter(() => choices.chance(10)).map((name) => `@${name}(if: ${condition()})`);
    return texts.length > 0 ? ` ${texts.join(' ')}` : '';
  }

  function condition(): string {
    if (choices.chance(25)) return choices.pick(['true', 'false']);
    const name = choices.pick(['b0', 'b1', 'b2']);
    if (!definitions.has(name)) {
      const hasDefault = choices.chance(30);
      definitions.set(
        name,
        hasDefault ? `$${name}: Boolean = ${choices.pick(['true', 'false'])}` : `$${name}: Boolean!`,
      );
      if (!hasDefault || choices.chance(50)) sent[name] = choices.chance(50);
    }
    return `$${name}`;
  }

  function valueText({ type, defaultValue }: { type: GraphQLInputType; defaultValue?: unknown }): string {
    if (choices.chance(40)) return variable(type, defaultValue !== undefined);
    if (!isNonNullType(type) && choices.chance(10)) return 'null';
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      // A single item stands for a list of one, but a variable of the item's type does not.
      if (choices.chance(25)) return constantText(nullable.ofType);
      return `[${Array.from({ length: choices.below(3) }, () => valueText({ type: nullable.ofType })).join(', ')}]`;
    }
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(
        (field) => isRequiredInputField(field) || choices.chance(25),
      );
      return `{${fields.map((field) => `${field.name}: ${valueText(field)}`).join(', ')}}`;
    }
    return isEnumType(nullable) ? 'A' : '1';
  }

  function variable(type: GraphQLInputType, isDefaulted: boolean): string {
    const name = `v${definitions.size}`;
    const isRequired = isNonNullType(type) && !isDefaulted;
    // A literal without variables: the operation's defaults are constants.
    const literal = !isRequired && choices.chance(30) ? constantText(type) : null;
    definitions.set(
      name,
      `$${name}: ${isRequired ? type : getNullableType(type)}${literal === null ? '' : ` = ${literal}`}`,
    );
    if (isRequired || choices.chance(50))
      sent[name] = constant(isDefaulted ? getNullableType(type) : type, isNonNullType(type));
    return `$${name}`;
  }

  function constant(type: GraphQLInputType, isNeeded: boolean): unknown {
    if (!isNonNullType(type) && !isNeeded && choices.chance(15)) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      if (choices.chance(25)) return constant(nullable.ofType, true);
      return Array.from({ length: choices.below(3) }, () => constant(nullable.ofType, false));
    }
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(
        (field) => isRequiredInputField(field) || choices.chance(25),
      );
      // No prototype: graphql-js would take an inherited `constructor` for an input field of that name.
      return Object.assign(
        Object.create(null),
        Object.fromEntries(fields.map((field) => [field.name, constant(field.type, false)])),
      );
    }
    return isEnumType(nullable) ? 'A' : 1;
  }

  function constantText(type: GraphQLInputType): string {
    return JSON.stringify(constant(type, true))
      .replace(/"(\w+)":/g, '$1:')
      .replaceAll('"A"', 'A');
  }

  return { conditions, valueText, variables: () => ({ definitions: [...definitions.values()], variables: sent }) };
}
