import { type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import type { PathToType } from './matrix-paths.ts';

/** How a field is written, with what marks it in the answer: so all shapes stand in one selection set. */
const SHAPES = [
  ['direct', ''],
  ['alias', 'a_'],
  ['named fragment', 'n_'],
  ['inline fragment', 'i_'],
  ['fragment without a type', 'u_'],
  ['nested fragments', 'x_'],
] as const;

export interface Cell {
  type: string;
  field: string;
  shape: string;
  /** Response keys from the root on. */
  path: string[];
  /** The steps that lead to it, with their response paths. */
  ancestors: { type: string; field: string; path: string[] }[];
}

export interface Operation {
  query: string;
  cells: Cell[];
}

/** Values of the variables that the fields of the root take, by `field.argument`. */
export type Arguments = Readonly<Record<string, string>>;

/** One operation with every field at the end of each path, each in every shape. */
export function writeOperation(schema: GraphQLSchema, paths: readonly PathToType[], args: Arguments): Operation {
  const written = paths.map((path, number) => writePath(schema, path, `p${number}`, args));
  const body = written.map(({ selection }) => selection).join('\n');
  return {
    query: `query { ${body} }\n${written.map(({ fragments }) => fragments).join('\n')}`,
    cells: written.flatMap(({ cells }) => cells),
  };
}

function writePath(schema: GraphQLSchema, { steps, type }: PathToType, name: string, args: Arguments) {
  const keys = steps.map(({ field }, depth) => (depth === 0 ? `${name}_${field}` : field));
  const ancestors = steps.map((step, depth) => ({ ...step, path: keys.slice(0, depth + 1) }));
  const { selections, fragments, fields } = writeFields(schema, type, name, steps.length === 0, args);
  const whole = steps.reduceRight(
    (inner, { field }, depth) =>
      depth === 0 ? `${keys[0]}: ${field}${argumentsOf(schema, field, args)} { ${inner} }` : `${field} { ${inner} }`,
    selections,
  );
  const cells = fields.flatMap((field) =>
    SHAPES.map(([shape, mark]) => ({ type, field, shape, path: [...keys, `${mark}${field}`], ancestors })),
  );
  return { selection: whole, fragments, cells };
}

function writeFields(schema: GraphQLSchema, typeName: string, name: string, isRoot: boolean, args: Arguments) {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  const written = Object.values(type.getFields()).map(({ name: field, type: given }) => {
    const below = isLeafType(getNamedType(given)) ? '' : ' { __typename }';
    return { field, text: `${field}${isRoot ? argumentsOf(schema, field, args) : ''}${below}` };
  });
  const all = (mark: string) => written.map(({ field, text }) => `${mark}${field}: ${text}`).join(' ');
  const direct = written.map(({ text }) => text).join(' ');
  return {
    fields: written.map(({ field }) => field),
    selections: `${direct} ${all('a_')} ...N_${name} ... on ${typeName} { ${all('i_')} } ... { ${all('u_')} } ...X_${name}`,
    fragments: [
      `fragment N_${name} on ${typeName} { ${all('n_')} }`,
      `fragment X_${name} on ${typeName} { ... on ${typeName} { ...Y_${name} } }`,
      `fragment Y_${name} on ${typeName} { ... { ${all('x_')} } }`,
    ].join('\n'),
  };
}

function argumentsOf(schema: GraphQLSchema, field: string, args: Arguments): string {
  const given = schema
    .getQueryType()!
    .getFields()
    [field]!.args.flatMap(({ name }) => {
      const value = args[`${field}.${name}`];
      return value === undefined ? [] : [`${name}: ${JSON.stringify(value)}`];
    });
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}
