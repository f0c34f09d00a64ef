import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import type { Choices } from './choices.ts';

/** One condition, as an author writes it. */
export type Clause =
  | { directive: 'authenticated' }
  | { directive: 'requiresScopes' | 'policy' | 'argumentScopes'; anyOf: string[][] };

interface Input {
  type: string;
  rules: Clause[];
  default: string | null;
}

interface Field {
  type: string;
  rules: Clause[];
  args: Map<string, Input>;
}

export interface Type {
  kind: 'type' | 'interface' | 'union' | 'enum' | 'scalar' | 'input';
  rules: Clause[];
  interfaces: string[];
  members: string[];
  fields: Map<string, Field>;
  inputs: Map<string, Input>;
}

/** A random supergraph: its text with rules, and the API schema that clients see. */
export interface World {
  types: Map<string, Type>;
  undeclaredFields: 'public' | 'authenticated';
  supergraphSdl: string;
  schema: GraphQLSchema;
}

export const SCOPES = ['s0', 's1', 's2'];
export const POLICIES = ['p0', 'p1'];
const FIELD_NAMES = ['f', 'g', 'h', 'constructor'];
const OBJECTS = ['A', 'B', 'C', 'D'];
const INTERFACES = ['I', 'J'];
const LEAVES = ['Int', 'E', 'S'];

export function createWorld(choices: Choices): World {
  const types = new Map<string, Type>();
  for (const [name, kind] of [
    ['E', 'enum'],
    ['S', 'scalar'],
  ] as const) {
    types.set(name, { ...emptyType(kind), rules: accessRules(choices, 15) });
  }
  addInputs(types, choices);
  addInterfaces(types, choices);
  const members = choices.some(OBJECTS, 50);
  types.set('U', { ...emptyType('union'), members: members.length > 0 ? members : ['A'] });
  for (const name of OBJECTS) addObject(types, name, choices);
  addRoot(types, 'Query', choices);
  addRoot(types, 'Mutation', choices);
  const undeclaredFields = choices.chance(20) ? 'authenticated' : 'public';
  const apiSdl = print(types, () => '');
  return {
    types,
    undeclaredFields,
    supergraphSdl: supergraphOf(types, choices),
    schema: buildASTSchema(parse(apiSdl), { assumeValidSDL: true }),
  };
}

function emptyType(kind: Type['kind']): Type {
  return { kind, rules: [], interfaces: [], members: [], fields: new Map(), inputs: new Map() };
}

function accessRules(choices: Choices, percent: number): Clause[] {
  if (!choices.chance(percent)) return [];
  const rules: Clause[] = [{ directive: 'requiresScopes', anyOf: alternatives(choices, SCOPES) }];
  if (choices.chance(15)) rules.push({ directive: 'policy', anyOf: alternatives(choices, POLICIES) });
  if (choices.chance(15)) rules.push({ directive: 'authenticated' });
  return choices.chance(20) ? rules.slice(1) : rules;
}

function argumentRules(choices: Choices): Clause[] {
  const rules: Clause[] = [];
  if (choices.chance(25)) rules.push({ directive: 'argumentScopes', anyOf: alternatives(choices, SCOPES) });
  if (choices.chance(5)) rules.push({ directive: 'argumentScopes', anyOf: alternatives(choices, SCOPES) });
  return rules;
}

function alternatives(choices: Choices, names: readonly string[]): string[][] {
  return Array.from({ length: 1 + choices.below(2) }, () =>
    Array.from({ length: 1 + choices.below(2) }, () => choices.pick(names)),
  );
}

function addInputs(types: Map<string, Type>, choices: Choices): void {
  for (const name of ['X', 'Y']) {
    const inputs = new Map(
      FIELD_NAMES.slice(0, 2 + choices.below(3)).map((field) => [
        field,
        {
          type: choices.pick(['Int', 'E', '[Int]', 'S', 'X', 'Y', '[X!]', '[[Y]]']),
          rules: argumentRules(choices),
          default: null,
        },
      ]),
    );
    if (choices.chance(10)) inputs.set('needed', { type: 'Int!', rules: argumentRules(choices), default: null });
    types.set(name, { ...emptyType('input'), inputs });
  }
}

function addInterfaces(types: Map<string, Type>, choices: Choices): void {
  for (const name of INTERFACES) {
    const fields = new Map(
      FIELD_NAMES.slice(0, 1 + choices.below(3)).map((field) => [field, randomField(choices, 15)]),
    );
    types.set(name, { ...emptyType('interface'), rules: accessRules(choices, 20), fields });
  }
  if (choices.chance(30)) implement(types, types.get('J')!, 'I', choices);
}

function addObject(types: Map<string, Type>, name: string, choices: Choices): void {
  const fields = new Map(FIELD_NAMES.slice(0, 1 + choices.below(4)).map((field) => [field, randomField(choices, 25)]));
  const type = { ...emptyType('type'), rules: accessRules(choices, 20), fields };
  types.set(name, type);
  for (const implemented of choices.some(INTERFACES, 45)) {
    for (const above of types.get(implemented)!.interfaces) implement(types, type, above, choices);
    implement(types, type, implemented, choices);
  }
}

/** Takes over the interface's fields, with rules of their own. The interface that comes last decides a field's type. */
function implement(types: Map<string, Type>, type: Type, name: string, choices: Choices): void {
  if (type.interfaces.includes(name)) return;
  const fields = [...types.get(name)!.fields];
  const conflicts = fields.some(([field, { type: fieldType, args }]) =>
    type.interfaces.some((other) => {
      const inherited = types.get(other)!.fields.get(field);
      if (inherited === undefined) return false;
      return ![inherited.type, `${inherited.type}!`].includes(fieldType) || inherited.args.size + args.size > 0;
    }),
  );
  if (conflicts) return;
  type.interfaces.push(name);
  for (const [field, inherited] of fields) {
    const args = new Map([...inherited.args].map(([key, input]) => [key, { ...input, rules: argumentRules(choices) }]));
    type.fields.set(field, { type: narrow(types, inherited.type, choices), rules: accessRules(choices, 25), args });
  }
}

/** A type that may stand where the inherited one does: non-null, or an object instead of an interface or union. */
function narrow(types: Map<string, Type>, inherited: string, choices: Choices): string {
  const narrowed = !inherited.endsWith('!') && choices.chance(20) ? `${inherited}!` : inherited;
  const name = inherited.replace(/[[\]!]/g, '');
  const members = types.get(name)?.members ?? [];
  const below = [...types].filter(
    ([other, type]) => type.kind === 'type' && (type.interfaces.includes(name) || members.includes(other)),
  );
  if (below.length === 0 || !choices.chance(25)) return narrowed;
  return narrowed.replace(name, choices.pick(below)[0]);
}

function addRoot(types: Map<string, Type>, name: string, choices: Choices): void {
  const fields = new Map<string, Field>();
  for (const [position, target] of [...INTERFACES, 'U', ...OBJECTS].entries()) {
    if (choices.chance(70)) fields.set(`r${position}`, { ...randomField(choices, 10), type: wrap(target, choices) });
  }
  fields.set('leaf', randomField(choices, 20));
  types.set(name, { ...emptyType('type'), rules: accessRules(choices, 4), fields });
}

function randomField(choices: Choices, percent: number): Field {
  const named = choices.chance(60) ? choices.pick([...OBJECTS, ...INTERFACES, 'U']) : choices.pick(LEAVES);
  const args = new Map<string, Input>();
  if (choices.chance(35))
    args.set('a', {
      type: choices.pick(['X', 'Int', '[Y]', 'E', '[[X!]!]']),
      rules: argumentRules(choices),
      default: null,
    });
  if (choices.chance(10))
    args.set('needed', { type: 'Int!', rules: argumentRules(choices), default: choices.chance(50) ? '1' : null });
  return { type: wrap(named, choices), rules: accessRules(choices, percent), args };
}

function wrap(type: string, choices: Choices): string {
  return choices.pick([type, type, `${type}!`, `[${type}]`, `[${type}!]!`, `[[${type}!]]`, `[[${type}]!]!`]);
}

/** As composition writes it, with rule directives under any names. */
function supergraphOf(types: Map<string, Type>, choices: Choices): string {
  const isRenamed = choices.chance(30);
  const nameOf = (directive: string) => (isRenamed ? `my_${directive}` : directive);
  const imported = (directive: string) =>
    isRenamed ? `, import: [{ name: "@${directive}", as: "@${nameOf(directive)}" }]` : '';
  const links = ['authenticated', 'requiresScopes', 'policy'].map(
    (name) => `@link(url: "https://specs.apollo.dev/${name}/v0.1", for: SECURITY${imported(name)})`,
  );
  const ours = isRenamed ? imported('argumentScopes') : ', import: ["@argumentScopes"]';
  const printRule = (clause: Clause) => ` @${nameOf(clause.directive)}${printArguments(clause)}`;
  return `
    schema @link(url: "https://specs.apollo.dev/link/v1.0") ${links.join(' ')} @link(url: "https://rights.example/rights/v1.0"${ours})
    { query: Query mutation: Mutation }
    directive @${nameOf('argumentScopes')}(scopes: [[String!]!]!) repeatable on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
    ${print(types, printRule)}`;
}

function printArguments(clause: Clause): string {
  if (clause.directive === 'authenticated') return '';
  return `(${clause.directive === 'policy' ? 'policies' : 'scopes'}: ${JSON.stringify(clause.anyOf)})`;
}

function print(types: Map<string, Type>, printRule: (clause: Clause) => string): string {
  const rules = (clauses: Clause[]) => clauses.map(printRule).join('');
  const input = ([name, { type, rules: own, default: value }]: [string, Input]) =>
    `${name}: ${type}${value === null ? '' : ` = ${value}`}${rules(own)}`;
  const args = (all: Map<string, Input>) => (all.size === 0 ? '' : `(${[...all].map(input).join(', ')})`);
  const field = ([name, { type, rules: own, args: all }]: [string, Field]) =>
    `${name}${args(all)}: ${type}${rules(own)}`;
  return [...types]
    .map(([name, type]) => {
      const head = `${type.kind} ${name}`;
      const implemented = type.interfaces.length > 0 ? ` implements ${type.interfaces.join(' & ')}` : '';
      if (type.kind === 'union') return `${head} = ${type.members.join(' | ')}`;
      if (type.kind === 'enum') return `${head}${rules(type.rules)} { A B }`;
      if (type.kind === 'scalar') return `${head}${rules(type.rules)}`;
      if (type.kind === 'input') return `${head} { ${[...type.inputs].map(input).join(' ')} }`;
      return `${head}${implemented}${rules(type.rules)} { ${[...type.fields].map(field).join(' ')} }`;
    })
    .join('\n');
}
