import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, execute, type GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { CallerVerifier } from '../../common/caller-header.ts';
import type { JsonValue } from '../../common/errors.ts';
import { createFreshnessList, type Freshness } from '../../common/freshness.ts';
import type { Logger } from '../../common/log.ts';
import { createStaleList } from '../../common/stale-list.ts';
import { traceOf } from '../../common/tracing/span.ts';
import type {
  CallOptions,
  ExecutionResultBody,
  GraphQLRequestBody,
  SubgraphTransport,
} from '../../common/transport.ts';
import { readCaller } from './caller.ts';
import type { SignedCaller } from './identity-port.ts';
import { ownTurn } from './own-turn.ts';
import type { PartyPort } from './party.ts';
import { createRecordTags } from './record-tags.ts';
import { scalars } from './scalars.ts';
import { formatError, parseFailure, validationFailure } from './subgraph-errors.ts';
import { createTouchedList, noteEntities, type TouchedBy } from './touched.ts';
import type { CallContext } from './upstream/context.ts';

export { startSubgraphServer } from './subgraph-server.ts';

export interface Subgraph {
  name: string;
  schema: GraphQLSchema;
  transport: SubgraphTransport;
  parties?: PartyPort;
  close(): Promise<void>;
}

type BuildInput = Exclude<Parameters<typeof buildSubgraphSchema>[0], DocumentNode | readonly unknown[]>;

/** One request, with who asks. */
export interface RequestCall extends CallContext {
  caller: SignedCaller;
}

/** Resolvers as generated or hand-written types give them; the builder checks them against the SDL. */
export type SubgraphResolvers = Readonly<Record<string, unknown>>;

export interface SubgraphConfig<C extends CallContext> {
  name: string;
  /** SDL text. Scalars of the graph that it declares get their implementation from here. */
  typeDefs: string;
  resolvers: SubgraphResolvers;
  /** What the subgraph's entities stand for in the audit. Default: each for its own id. */
  touchedBy?: TouchedBy<C>;
  /** Called for every request: loaders made here live as long as the request. */
  createContext(call: RequestCall): C;
  /** Tells who asks, and refuses whom the gateway did not sign. Without it everybody sees every row. */
  verifyCaller?: CallerVerifier;
  internal?: PartyPort;
  log?: Logger;
  /** Releases what the subgraph's sources hold. */
  close?: () => Promise<void>;
}

/** A subgraph that answers in this process; `startSubgraphServer` puts it behind HTTP. */
export function createSubgraph<C extends CallContext>(config: SubgraphConfig<C>): Subgraph {
  const { name, internal, log, close = async () => {} } = config;
  const schema = buildSchema(config);
  const prepare = createDocumentCache(schema);
  return {
    name,
    schema,
    ...(internal ? { parties: internal } : {}),
    transport: {
      execute: async (body, options) => {
        const caller = await readCaller(options.headers, config.verifyCaller);
        const prepared = prepare(body.query);
        if ('errors' in prepared) return prepared;
        await ownTurn();
        const { createContext } = config;
        const span = options.span?.child(`execute ${name}`) ?? null;
        try {
          const call = { ...options, span };
          return await run({ schema, document: prepared.document, body, options: call, caller, createContext, log });
        } finally {
          span?.end();
        }
      },
      close,
    },
    close,
  };
}

function buildSchema<C extends CallContext>({ typeDefs, resolvers, touchedBy = {} }: SubgraphConfig<C>): GraphQLSchema {
  const document = parse(typeDefs);
  const declared = document.definitions.filter((definition) => definition.kind === Kind.SCALAR_TYPE_DEFINITION);
  const known = declared.map(({ name }) => name.value).filter((scalar) => Object.hasOwn(scalars, scalar));
  const ownScalars = Object.fromEntries(known.map((scalar) => [scalar, scalars[scalar]]));
  // Cast: Apollo's map type does not know the four-argument shape of __resolveReference.
  const all = { ...ownScalars, ...resolvers } as BuildInput['resolvers'];
  const schema = buildSubgraphSchema({ typeDefs: document, resolvers: all });
  noteEntities(schema, document, touchedBy);
  return schema;
}

type Prepared = { document: DocumentNode } | { errors: ExecutionResultBody['errors'] };

/** The gateway sends few different documents, again and again. */
function createDocumentCache(schema: GraphQLSchema): (query: string) => Prepared {
  const known = new LRUCache<string, Prepared>({
    max: 500,
    maxSize: 10_000_000,
    sizeCalculation: (_, text) => text.length + 1,
  });
  return (query) => {
    const prepared = known.get(query) ?? prepareDocument(schema, query);
    known.set(query, prepared);
    return prepared;
  };
}

function prepareDocument(schema: GraphQLSchema, query: string): Prepared {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors: errors.map(validationFailure) } : { document };
  } catch (error) {
    return { errors: [parseFailure(error)] };
  }
}

interface Run<C> {
  schema: GraphQLSchema;
  document: DocumentNode;
  body: GraphQLRequestBody;
  options: CallOptions;
  caller: SignedCaller;
  createContext(call: RequestCall): C;
  log?: Logger;
}

async function run<C extends CallContext>(input: Run<C>): Promise<ExecutionResultBody> {
  const { schema, document, body, options, caller, createContext, log } = input;
  const { requestId, signal, span } = options;
  const missing = createDistinctList();
  const gaps = createDistinctList();
  const touched = createTouchedList();
  const tags = createRecordTags();
  const freshness = createFreshnessList();
  const stale = createStaleList();
  const notProvided: CallContext['notProvided'] = ({ coordinate, source, vendor }) =>
    missing.add({ code: 'NOT_PROVIDED_BY_SOURCE', coordinate, source, vendor });
  const result = await execute({
    schema,
    document,
    contextValue: createContext({
      requestId,
      span,
      signal,
      deadlineAt: deadlineAt(options),
      caller,
      notProvided,
      incomplete: gaps.add,
      touched: touched.add,
      reliesOn: tags.note,
      served: (part) => {
        freshness.note(part);
        tags.note(part.tags);
        if (part.stale) stale.note(part.stale);
      },
    }),
    variableValues: body.variables,
    operationName: body.operationName,
  });
  const format = (error: GraphQLError) => formatError(error, log?.child({ requestId, ...traceOf(span) }));
  const { rows } = caller.facts;
  const recordTags = rows.kind === 'all' ? tags.toExtensions() : {};
  // For whoever keeps single entities of the answer.
  const count = recordTags.recordTags ? countOf(body.variables?.representations) : null;
  const extensions = {
    ...named('notProvided', missing.entries()),
    ...named('incomplete', gaps.entries()),
    ...named('stale', stale.entries()),
    ...touched.toExtensions(count),
    ...(rows.kind === 'all' ? freshnessExtension(freshness.total()) : {}),
    ...recordTags,
  };
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map(format) } : {}),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
  };
}

function countOf(representations: unknown): number | null {
  return Array.isArray(representations) ? representations.length : null;
}

/** Not for who sees some rows alone: how old a hidden one is would tell that it is there. */
function freshnessExtension(total: Freshness | null): { freshness?: Freshness } {
  return total ? { freshness: { ageMs: Math.round(total.ageMs), freshMs: Math.round(total.freshMs) } } : {};
}

/** From what the gateway says is left for this call. */
function deadlineAt({ headers }: CallOptions): number | undefined {
  const leftMs = Number(headers['x-deadline-ms']);
  return leftMs > 0 ? Date.now() + leftMs : undefined;
}

function named<T>(name: string, entries: readonly T[]): Record<string, readonly T[]> {
  return entries.length > 0 ? { [name]: entries } : {};
}

/** What is noted once, however many rows say so. */
function createDistinctList() {
  const entries = new Map<string, JsonValue>();
  return {
    add: (entry: JsonValue) => {
      entries.set(JSON.stringify(entry), entry);
    },
    entries: () => [...entries.values()],
  };
}
