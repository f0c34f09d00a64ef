import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { executeSync, type GraphQLSchema, parse, print } from 'graphql';
import type { ExecutionErrorBody } from '../../common/transport.ts';
import { type Authorizer, createAuthorizer } from '../../gateway/rights/authorizer.ts';
import type { Decision } from '../../gateway/rights/decision.ts';
import { judgeRequest } from '../../gateway/rights/judge-request.ts';
import { buildRightsIndex, type RightsIndex, type RightsIndexOptions } from '../../gateway/rights/rights-index.ts';
import type { CallerRights } from '../../gateway/rights/rule.ts';
import { shapeData } from '../../gateway/rights/shape-data.ts';
import { stripSupergraph } from '../../gateway/supergraph/strip.ts';

/** What every subgraph of these tests links: the federation's directives, and ours for arguments. */
const HEADER = `
  extend schema
    @link(url: "https://specs.apollo.dev/link/v1.0")
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
      "@key", "@shareable", "@external", "@requires", "@inaccessible", "@interfaceObject", "@composeDirective",
      "@authenticated", "@requiresScopes", "@policy"
    ])
    @link(url: "https://rights.example/rights/v1.0", import: ["@argumentScopes"])
    @composeDirective(name: "@argumentScopes")
  directive @argumentScopes(scopes: [[String!]!]!) repeatable on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
`;

/** Composes subgraphs as the product does; a text with its own `extend schema` gets no header. */
export function compose(...subgraphs: string[]): string {
  const services = subgraphs.map((sdl, position) => ({
    name: `s${position}`,
    url: `http://s${position}`,
    typeDefs: parse(sdl.includes('extend schema') ? sdl : HEADER + sdl),
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return supergraphSdl;
}

export function callerWith(scopes = '', more: Partial<CallerRights> = {}): CallerRights {
  const names = scopes === '' ? [] : scopes.split(' ');
  return { isAuthenticated: true, scopes: new Set(names), policies: new Set(), ...more };
}

interface Request {
  caller?: CallerRights;
  variables?: Record<string, unknown>;
  /** What subgraphs hold; objects of abstract types say their `__typename`. */
  data?: Record<string, unknown>;
}

interface GuardedAnswer {
  kind: 'refused' | 'allowed';
  /** What is left of the operation, as text; null when nothing is. */
  asked: string | null;
  data: unknown;
  errors: readonly ExecutionErrorBody[];
}

export interface Guard {
  supergraphSdl: string;
  schema: GraphQLSchema;
  index: RightsIndex;
  authorizer: Authorizer;
  decide(query: string, caller?: CallerRights): Decision;
  /** Decides, judges, executes what is left on `data`, and shapes: what the gateway does, without subgraphs. */
  answer(query: string, request?: Request): GuardedAnswer;
}

export function guard(supergraphSdl: string, options: Partial<RightsIndexOptions> = {}): Guard {
  const schema = Supergraph.build(stripSupergraph(supergraphSdl)).apiSchema().toGraphQLJSSchema();
  const index = buildRightsIndex(supergraphSdl, { undeclaredFields: 'public', ...options });
  const authorizer = createAuthorizer({ schema, index });
  const decide = (query: string, caller = callerWith()) => authorizer.decide(parse(query), caller);
  return { supergraphSdl, schema, index, authorizer, decide, answer: (query, request = {}) => answer(query, request) };

  function answer(
    query: string,
    { caller = callerWith(), variables = {}, data: rootValue = {} }: Request,
  ): GuardedAnswer {
    const decision = decide(query, caller);
    const { kind, errors } = judgeRequest(decision, variables);
    const asked = decision.document && print(decision.document);
    if (kind === 'refused') return { kind, asked, data: null, errors };
    const execute = (document: Decision['document'], by: GraphQLSchema) =>
      document && (executeSync({ schema: by, document, rootValue, variableValues: variables }).data ?? null);
    const introspection = execute(decision.introspection, authorizer.visibleSchema(caller));
    const data = decision.document === null ? {} : execute(decision.document, schema);
    return { kind, asked, data: shapeData(decision, { data, introspection, variables }), errors };
  }
}

/** What an error says of its place, for comparing. */
export function placesOf(errors: readonly ExecutionErrorBody[]): string[] {
  return errors.map(({ path, extensions }) => `${path?.join('.')} ${String(extensions?.coordinate)}`);
}
