import {
  type GraphQLCompositeType,
  type GraphQLEnumType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type SelectionSetNode,
} from 'graphql';
import type { SelectedField, SelectedFields } from '../selected-fields.ts';
import { stringText } from './json-text.ts';
import { type Build, quote, readKey } from './source.ts';

type Data = Record<string, unknown>;

/** Writes data that fits the API schema as the JSON text of the answer; null for data that does not fit. */
export type WriteAnswer = (data: Data) => string | null;

export interface WriterConfig {
  schema: GraphQLSchema;
  selected: SelectedFields;
  /** Response key of the data to the client's own, where it is another. */
  clientKeys: ReadonlyMap<string, string>;
  /** Whether the objects at this path may stand in several places: then they are written once. */
  isShared(path: readonly string[]): boolean;
  build: Build;
}

/** Texts of objects that stand in several places of one answer, by the number of the selection that they were written for. */
type Written = (Map<object, string> | undefined)[];
type Write = (value: never, written: Written) => string;

/** Thrown by the compiled functions, which look at nothing twice. */
const MISFIT = Symbol('data that does not fit');

/** Compiles a function for each selection set, and under an abstract type one for each type when its first object comes. */
export function compileWriter(
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  config: WriterConfig,
): WriteAnswer {
  const write = objectWriter(type, sets, [], { ...config, numbers: numbers() });
  return (data) => {
    try {
      return write(data as never, []);
    } catch (error) {
      if (error === MISFIT) return null;
      throw error;
    }
  };
}

interface OwnConfig extends WriterConfig {
  /** Each another one. */
  numbers: Iterator<number, never>;
}

function* numbers(): Generator<number, never> {
  for (let number = 0; ; number += 1) yield number;
}

function compositeWriter(
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  path: readonly string[],
  config: OwnConfig,
): Write {
  if (isObjectType(type)) return objectWriter(type, sets, path, config);
  const byType = new Map<unknown, Write>();
  return (value: Data, written) => {
    const typename = value.__typename;
    let write = byType.get(typename);
    if (write === undefined) {
      const actual = typeof typename === 'string' ? config.schema.getType(typename) : null;
      if (!isObjectType(actual)) throw MISFIT;
      write = objectWriter(actual, sets, path, config);
      byType.set(typename, write);
    }
    return write(value as never, written);
  };
}

function objectWriter(
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  path: readonly string[],
  config: OwnConfig,
): Write {
  const scope = createScope();
  let reads = '';
  const pieces: Piece[] = [];
  for (const [index, field] of config.selected.of(sets, type).entries()) {
    const { key, name } = field;
    const label = `${index === 0 ? '' : ','}${quote(config.clientKeys.get(key) ?? key)}:`;
    pieces.push({ literal: label });
    if (name === '__typename') {
      pieces.push({ literal: quote(type.name) });
      continue;
    }
    const value = `v${index}`;
    reads += `const ${value}=${readKey('o', key)};`;
    const fieldType = type.getFields()[name]!.type;
    const place = { scope, field, path: [...path, key], isElement: false, config };
    pieces.push({ code: valueText(value, fieldType, place) });
  }
  const text = concatenate([{ literal: '{' }, ...pieces, { literal: '}' }]);
  return config.build(`return (o,w)=>{let x;${reads}return ${text};}`, scope.values);
}

type Piece = { literal: string } | { code: string };

function concatenate(pieces: readonly Piece[]): string {
  const terms: string[] = [];
  let literal = '';
  for (const piece of pieces) {
    if ('literal' in piece) {
      literal += piece.literal;
      continue;
    }
    terms.push(quote(literal), piece.code);
    literal = '';
  }
  return [...terms, quote(literal)].join('+');
}

interface Scope {
  values: Record<string, unknown>;
  add(value: unknown): string;
}

function createScope(): Scope {
  const values: Record<string, unknown> = { $misfit: misfit };
  let count = 0;
  return {
    values,
    add: (value) => {
      const name = `s${count++}`;
      values[name] = value;
      return name;
    },
  };
}

function misfit(): never {
  throw MISFIT;
}

interface Place {
  scope: Scope;
  field: SelectedField;
  path: readonly string[];
  /** It stands in a list, which is what is shared. */
  isElement: boolean;
  config: OwnConfig;
}

/** An expression for the text of the value that stands in the variable `value`. */
function valueText(value: string, type: GraphQLOutputType, place: Place): string {
  const isNonNull = isNonNullType(type);
  const nullable = isNonNull ? type.ofType : type;
  const whenNull = isNonNull ? '$misfit()' : '"null"';
  return `(${value}==null?${whenNull}:${presentText(value, nullable, place)})`;
}

function presentText(value: string, type: GraphQLOutputType, place: Place): string {
  const { scope, field, path, config } = place;
  if (isListType(type)) return shareable(`${scope.add(listWriter(type.ofType, place))}(${value},w)`, value, place);
  if (isLeafType(type)) return leafText(value, type, scope);
  // Cast: an output type that is neither is composite.
  const write = scope.add(compositeWriter(type as GraphQLCompositeType, field.sets, path, config));
  const text = `(typeof ${value}==='object'?${write}(${value},w):$misfit())`;
  return shareable(text, value, place);
}

/** Written at its first place; the others take the same text. */
function shareable(text: string, value: string, { field, path, isElement, config }: Place): string {
  if (isElement || field.sets.length === 0 || !config.isShared(path)) return text;
  const written = `w[${config.numbers.next().value}]`;
  return `((x=(${written}??=new Map()).get(${value}))!==undefined?x:(x=${text},${written}.set(${value},x),x))`;
}

function listWriter(elementType: GraphQLOutputType, place: Place): Write {
  const scope = createScope();
  const element = valueText('e', elementType, { ...place, scope, isElement: true });
  return place.config.build(
    `return (l,w)=>{if(!Array.isArray(l))$misfit();let r='[';
     for(let i=0;i<l.length;i++){const e=l[i];if(i!==0)r+=',';r+=${element};}return r+']';}`,
    scope.values,
  );
}

/** Kept close to `isLeafValue`, which says the same of one value. */
function leafText(value: string, type: GraphQLLeafType, scope: Scope): string {
  if (isEnumType(type)) {
    const names = scope.add(textsOf(type));
    return `(${names}.get(${value})??$misfit())`;
  }
  if (!isSpecifiedScalarType(type)) return `$leaf(${value})`;
  switch (type.name) {
    case 'Int':
      return `(${isInteger(value)}?""+${value}:$misfit())`;
    case 'Float':
      return `(Number.isFinite(${value})?""+${value}:$misfit())`;
    case 'Boolean':
      return `(${value}===true?"true":${value}===false?"false":$misfit())`;
    case 'ID':
      return `(typeof ${value}==='string'?${scope.add(stringText)}(${value}):${isInteger(value)}?""+${value}:$misfit())`;
    default:
      return `(typeof ${value}==='string'?${scope.add(stringText)}(${value}):$misfit())`;
  }
}

/** One object for each enum: functions are the same only over the same values. */
const textsByEnum = new WeakMap<GraphQLEnumType, ReadonlyMap<string, string>>();

function textsOf(type: GraphQLEnumType): ReadonlyMap<string, string> {
  const known = textsByEnum.get(type);
  if (known !== undefined) return known;
  const texts = new Map(type.getValues().map(({ name }) => [name, quote(name)]));
  textsByEnum.set(type, texts);
  return texts;
}

/** JSON writes larger ones with an exponent. */
function isInteger(value: string): string {
  return `Number.isInteger(${value})&&Math.abs(${value})<1e21`;
}
