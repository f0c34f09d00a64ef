import { Supergraph } from '@apollo/federation-internals';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildASTSchema, type ConstDirectiveNode, isObjectType, Kind, parse, printSchema, visit } from 'graphql';
import { sandboxClients } from '../../gateway/clients/sandbox-clients.ts';
import { stripSupergraph } from '../../gateway/supergraph/strip.ts';
import { sandboxPeople } from '../../sandbox/people.ts';
import { type Answer, eachOf } from '../e2e/product.ts';
import { createFieldReader } from './asked-fields.ts';
import { type Cell, type Operation, writeOperation } from './matrix-operations.ts';
import { type Audience, createOracle } from './matrix-oracle.ts';
import { findPaths, WAYS } from './matrix-paths.ts';
import { ABSENT, readArguments } from './matrix-subject.ts';
import { type RecordedProduct, SUPERGRAPH, startRecordedProduct } from './recorded-product.ts';

const CLIENTS = ['shopper', 'partner', 'support', 'sales', 'finance'] as const;
/** By client; null is nobody. */
const AUDIENCES = [
  ['anonymous', null, 'authenticated'],
  ['anonymous where RIGHTS_DEFAULT is public', null, 'public'],
  ...CLIENTS.map((client) => [client, client, 'authenticated'] as const),
] as const;

/** So many paths fit into an operation within the gateway's limits. */
const PATHS_AT_ONCE = 6;

const schema = Supergraph.build(stripSupergraph(SUPERGRAPH)).apiSchema().toGraphQLJSSchema();
const paths = findPaths(schema, entitiesOf(SUPERGRAPH));
const fieldsOf = createFieldReader();

/** What finds customers by what only `customers:pii` shows: without that scope the operation is refused whole. */
const LOOKUPS = {
  customerByEmail: 'customerByEmail(email: "a@b.example") { id }',
  customerByPhone: 'customerByPhone(phone: "+48600100200") { id }',
  customerByTaxId: 'customerByTaxId(taxId: "5252445767") { id }',
};
const WITHOUT_LOOKUPS = withoutRootFields(Object.keys(LOOKUPS));
const counts = { cells: 0, delivered: 0, denied: 0, fields: new Set<string>() };

let product: RecordedProduct;

beforeAll(async () => {
  product = await startRecordedProduct();
}, 120_000);

afterAll(async () => {
  await product[Symbol.asyncDispose]();
  process.stdout.write(
    `matrix: ${counts.cells} cells of ${counts.fields.size} fields: ${counts.delivered} delivered, ${counts.denied} denied\n`,
  );
});

test('the paths lead to every object type, and to customers in every way', () => {
  const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
  const readable = objects.map(({ name }) => name).filter((name) => !name.startsWith('__') && name !== 'Mutation');
  expect(new Set(paths.map(({ type }) => type))).toEqual(new Set(readable));
  const ways = paths.filter(({ type }) => type === 'Customer').map(({ way }) => way);
  expect(new Set(ways)).toEqual(new Set(WAYS));
});

describe.each(AUDIENCES)('%s', (_name, client, undeclared) => {
  const oracle = createOracle(parse(SUPERGRAPH), undeclared, ['Query', 'Mutation']);

  test('gets what the schema says, by every path and in every shape, and the rest is asked of no subgraph', async () => {
    const audience = await audienceOf(client);
    const token = client && (await product.token(client));
    const args = { ...ABSENT, ...(await readArguments(product, token ?? (await product.token('support')))) };
    const url = undeclared === 'public' ? product.openUrl : product.url;
    product.takeReached();
    const wrong: string[] = [];
    const reachable = mayUse(audience) ? { schema, paths } : WITHOUT_LOOKUPS;
    const operations = inGroups(reachable.paths, PATHS_AT_ONCE).map((group) =>
      writeOperation(reachable.schema, group, args),
    );
    await eachOf(
      operations,
      async (operation) => {
        const answer = await product.ask(operation.query, { token }, url);
        wrong.push(...compare(operation, answer, (type, field) => oracle.isDenied(type, field, audience)));
      },
      4,
    );
    expect(wrong).toEqual([]);

    const asked = fieldsOf(product.takeReached());
    const cells = operations.flatMap((operation) => operation.cells);
    const denied = new Set(cells.filter(({ type, field }) => oracle.isDenied(type, field, audience)).map(coordinateOf));
    expect([...denied].filter((coordinate) => asked.has(coordinate))).toEqual([]);
    expect(neverAsked(cells, asked, (type, field) => oracle.isDenied(type, field, audience))).toEqual([]);
  }, 240_000);
});

test('who may not see personal data may not find customers by it, in any shape: refused whole, and asked of no subgraph', async () => {
  const searches = [...Object.values(LOOKUPS), 'customers(search: "a") { nodes { id } }'];
  for (const client of [null, 'partner'] as const) {
    const token = client && (await product.token(client));
    product.takeReached();
    for (const search of searches) {
      for (const query of [`{ ${search} }`, `{ ...F } fragment F on Query { a: ${search} }`]) {
        const { data, errors = [] } = await product.ask(query, { token });
        expect(data).toEqual(client === null ? expect.anything() : null);
        const codes = new Set(errors.map(({ extensions }) => extensions.code));
        expect([...codes]).toEqual([client === null ? 'UNAUTHORIZED_FIELD_OR_TYPE' : 'FORBIDDEN_ARGUMENT']);
        counts.cells++;
        counts.denied++;
      }
    }
    expect(product.takeReached()).toEqual([]);
  }
});

/** Whether the audience may use arguments that find by personal data; one that sees no customers is never asked. */
function mayUse({ scopes }: Audience): boolean {
  return scopes.includes('customers:pii') || !scopes.includes('customers:read');
}

function withoutRootFields(names: readonly string[]) {
  const document = visit(parse(printSchema(schema)), {
    FieldDefinition: ({ name }) => (names.includes(name.value) ? null : undefined),
  });
  const smaller = buildASTSchema(document);
  return { schema: smaller, paths: findPaths(smaller, entitiesOf(SUPERGRAPH)) };
}

type IsDenied = (type: string, field: string) => boolean;

/** What differs between the answer and what the schema's text says, in words. */
function compare({ cells }: Operation, answer: Answer<unknown>, isDenied: IsDenied): string[] {
  if (answer.data === undefined) return [`not executed: ${JSON.stringify(answer).slice(0, 500)}`];
  const unauthorized = (answer.errors ?? []).filter(
    ({ extensions }) => extensions.code === 'UNAUTHORIZED_FIELD_OR_TYPE',
  );
  const told = unauthorized.map(({ path }) => path!.join('.'));
  const expected = new Map<string, Cell>();
  for (const cell of cells) {
    const place = [...cell.ancestors, cell].find(({ type, field }) => isDenied(type, field));
    counts.cells++;
    counts.fields.add(coordinateOf(cell));
    counts[place ? 'denied' : 'delivered']++;
    if (place) expected.set(place.path.join('.'), cell);
  }
  return [
    ...told.filter((path) => !expected.has(path)).map((path) => `denied, and should not be: ${path}`),
    ...told.filter((path, index) => told.indexOf(path) !== index).map((path) => `told twice: ${path}`),
    ...[...expected.keys()].filter((path) => !told.includes(path)).map((path) => `not denied: ${path}`),
    ...[...expected.keys()]
      .filter((path) => valuesAt(answer.data, path.split('.')).some((value) => value != null))
      .map((path) => `has a value: ${path}`),
  ];
}

/** All that stands there, in every row. */
function valuesAt(data: unknown, [key, ...rest]: string[]): unknown[] {
  if (Array.isArray(data)) return data.flatMap((item) => valuesAt(item, [key!, ...rest]));
  if (typeof data !== 'object' || data === null) return [];
  const value = (data as Record<string, unknown>)[key!];
  return rest.length === 0 ? [value] : valuesAt(value, rest);
}

/** What is allowed on a path that is allowed, and yet reached no subgraph: then the rest would prove nothing. */
function neverAsked(cells: readonly Cell[], asked: ReadonlySet<string>, isDenied: IsDenied): string[] {
  const allowed = cells.filter((cell) => ![...cell.ancestors, cell].some(({ type, field }) => isDenied(type, field)));
  return [...new Set(allowed.map(coordinateOf))].filter((coordinate) => !asked.has(coordinate));
}

function coordinateOf({ type, field }: { type: string; field: string }): string {
  return `${type}.${field}`;
}

/** In the sandbox support and sales write notes. */
const WRITERS: readonly string[] = ['support', 'sales'];

test('a write that its caller may not make is refused whole, in every shape, and asked of no subgraph', async () => {
  const note = 'addCustomerNote(customerId: "hubspot:contact:1", text: "x", idempotencyKey: "k") { __typename }';
  const shapes = [
    note,
    `a: ${note}`,
    `...N } fragment N on Mutation { n: ${note}`,
    `... on Mutation { ${note} } ... { u: ${note} }`,
    `...X } fragment X on Mutation { ... { ...Y } } fragment Y on Mutation { x: ${note}`,
  ];
  for (const client of [null, ...CLIENTS.filter((name) => !WRITERS.includes(name))]) {
    const token = client && (await product.token(client));
    product.takeReached();
    for (const shape of shapes) {
      const { data, errors } = await product.ask(`mutation { ${shape} }`, { token });
      expect(data).toBeNull();
      expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
        new Set(['UNAUTHORIZED_FIELD_OR_TYPE']),
      );
      counts.cells++;
      counts.denied++;
    }
    expect(product.takeReached()).toEqual([]);
  }
});

async function audienceOf(client: (typeof AUDIENCES)[number][1]): Promise<Audience> {
  const clients = await sandboxClients(sandboxPeople(product.sandbox.dataset));
  const { scopes } = clients.find(({ id }) => id === client) ?? { scopes: [] };
  return { isAuthenticated: client !== null, scopes };
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

/** The types with a key. */
function entitiesOf(supergraph: string): ReadonlySet<string> {
  return new Set(
    parse(supergraph).definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.directives?.some(hasKey) ? [node.name.value] : [],
    ),
  );
}

function hasKey({ arguments: args = [] }: ConstDirectiveNode): boolean {
  return args.some(({ name }) => name.value === 'key');
}
