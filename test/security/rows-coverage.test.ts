import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  type DirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  type IntrospectionQuery,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type RowsWorld, type SubgraphName, startRows } from './rows-fixture.ts';
import { LISTS, PATHS, WITHOUT_ROWS } from './rows-paths.ts';

/** A field of which the rows' tests must know, or a key by which an entity is reached. */
type Coordinate = string;

const SUBGRAPHS: readonly SubgraphName[] = ['identity', 'crm', 'shop', 'accounting'];

/** Tried by a test of its own; and the key that the domains are given. */
const ELSEWHERE: readonly Coordinate[] = [
  'crm Mutation.addCustomerNote',
  'identity Mutation.refreshCustomer',
  ...['crm', 'shop', 'accounting'].map((name) => `${name} Customer.records`),
];

let world: RowsWorld;

beforeAll(async () => {
  world = await startRows();
}, 60_000);

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test.each(SUBGRAPHS)(
  'every field of %s that leads to rows, and every key, is one that the matrix tries',
  async (name) => {
    const schema = await readSchema(name);
    const keys = await readKeys(name);
    const wanted = [
      ...leadingFields(schema, new Set(keys.map(({ type }) => type))),
      ...keys.map(({ type, fields }) => `${type}(${fields})`),
    ];
    const tried = new Set([...selectedFields(name, schema), ...triedKeys(name)]);
    const missing = wanted.map((coordinate) => `${name} ${coordinate}`).filter((one) => !ELSEWHERE.includes(one));
    expect(missing.filter((one) => !tried.has(one.slice(name.length + 1)))).toEqual([]);
    expect(wanted.length).toBeGreaterThan(5);
  },
);

async function readSchema(name: SubgraphName): Promise<GraphQLSchema> {
  const { data } = await world.as('all')(name, getIntrospectionQuery());
  // Cast: it is what was asked for.
  return buildClientSchema(data as unknown as IntrospectionQuery);
}

/** The entities of a subgraph, with each key by which it answers for them. */
async function readKeys(name: SubgraphName): Promise<{ type: string; fields: string }[]> {
  const { data } = await world.as('all')(name, '{ _service { sdl } }');
  const { sdl } = data!._service as { sdl: string };
  const types = parse(sdl).definitions.filter(
    (node): node is ObjectTypeDefinitionNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || (node.kind as string) === Kind.OBJECT_TYPE_EXTENSION,
  );
  return types
    .filter((type) => !WITHOUT_ROWS.includes(type.name.value))
    .flatMap((type) =>
      (type.directives ?? [])
        .filter(isResolvableKey)
        .map((key) => ({ type: type.name.value, fields: textOf(key, 'fields') })),
    );
}

function isResolvableKey(directive: DirectiveNode): boolean {
  return directive.name.value === 'key' && textOf(directive, 'resolvable') !== 'false';
}

function textOf({ arguments: args = [] }: DirectiveNode, name: string): string {
  const value = args.find((argument) => argument.name.value === name)?.value;
  return value && 'value' in value ? String(value.value) : '';
}

/** Root fields, all fields of customers, and whatever has an entity in it somewhere below. */
function leadingFields(schema: GraphQLSchema, entities: ReadonlySet<string>): Coordinate[] {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const leads = new Set(entities);
  for (let before = -1; before !== leads.size; ) {
    before = leads.size;
    for (const type of types) {
      if (Object.values(type.getFields()).some((field) => leads.has(named(field.type)))) leads.add(type.name);
    }
  }
  return types
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(
          (field) => !WITHOUT_ROWS.includes(named(field.type)) && !/^_|^Product/.test(field.name + named(field.type)),
        )
        .filter((field) => leads.has(named(field.type)) || type.name === 'Customer')
        .map((field) => `${type.name}.${field.name}`),
    );
}

function selectedFields(name: SubgraphName, schema: GraphQLSchema): Coordinate[] {
  const queries = [...PATHS, ...LISTS].filter(({ subgraph }) => subgraph === name).map(({ query }) => query);
  return queries.flatMap((query) => {
    const types = new TypeInfo(schema);
    const found: Coordinate[] = [];
    visit(
      parse(query),
      visitWithTypeInfo(types, {
        Field: ({ name: { value } }) => {
          found.push(`${types.getParentType()?.name}.${value}`);
        },
      }),
    );
    return found;
  });
}

/** "Order(id)", from the paths' names. */
function triedKeys(name: SubgraphName): Coordinate[] {
  return PATHS.filter(({ subgraph }) => subgraph === name).flatMap((path) => {
    const [, type, by] = /reference of (\w+) by (\w+)/.exec(path.name) ?? [];
    return type ? [`${type}(${by})`] : [];
  });
}

function named(type: Parameters<typeof getNamedType>[0]): string {
  return (getNamedType(type) as GraphQLNamedType).name;
}
