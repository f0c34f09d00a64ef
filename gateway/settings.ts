import { z } from 'zod';
import { adminSettings } from '../common/admin-server.ts';
import { shutdownSettings } from '../common/run-service.ts';
import { hostSetting, logLevelSetting, portSetting } from '../common/service.ts';
import { setting } from '../common/settings.ts';
import { callerTraceSetting, tracingSettings } from '../common/tracing/settings.ts';
import { admissionSettings } from './admission-settings.ts';
import { auditSettings } from './audit/settings.ts';
import { authorizationSettings } from './authorization-settings.ts';
import { entityCacheSettings } from './entity-cache/settings.ts';
import { parseHeaderRules } from './http/forwarded-headers.ts';
import { DEFAULT_LIMITS } from './limits.ts';

/** What one request may cost. */
const limitSettings = {
  requestTimeoutMs: wholeNumber({
    name: 'REQUEST_TIMEOUT_MS',
    fallback: DEFAULT_LIMITS.requestTimeoutMs,
    description: "longest time for a request's calls to subgraphs together, in ms",
  }),
  subgraphTimeoutMs: wholeNumber({
    name: 'SUBGRAPH_TIMEOUT_MS',
    fallback: DEFAULT_LIMITS.subgraphTimeoutMs,
    description: 'longest time for one call to a subgraph, in ms',
  }),
  shareCallsMs: setting({
    name: 'SHARE_CALLS_MS',
    schema: z
      .string()
      .regex(/^\d{1,4}$/, 'expected a whole number up to 9999')
      .transform(Number),
    default: String(DEFAULT_LIMITS.shareCallsMs),
    description:
      'requests that ask a subgraph the same, with the same rights, share a call over HTTP that began at most so many ms before; 0 for never',
  }),
  planningTimeoutMs: wholeNumber({
    name: 'PLANNING_TIMEOUT_MS',
    fallback: DEFAULT_LIMITS.planningTimeoutMs,
    description: 'longest time to plan a new operation, in ms',
  }),
  maxBodyBytes: wholeNumber({
    name: 'MAX_BODY_BYTES',
    fallback: DEFAULT_LIMITS.maxBodyBytes,
    description: 'largest body of a request, in bytes',
  }),
  maxTokens: wholeNumber({
    name: 'MAX_TOKENS',
    fallback: DEFAULT_LIMITS.maxTokens,
    description: "most tokens of a request's document",
  }),
  maxDepth: wholeNumber({
    name: 'MAX_DEPTH',
    fallback: DEFAULT_LIMITS.maxDepth,
    description: 'deepest nesting of an operation, with its fragments written out',
  }),
  maxFields: wholeNumber({
    name: 'MAX_FIELDS',
    fallback: DEFAULT_LIMITS.maxFields,
    description: 'most fields of an operation, with its fragments written out',
  }),
  maxAliases: wholeNumber({
    name: 'MAX_ALIASES',
    fallback: DEFAULT_LIMITS.maxAliases,
    description: 'most aliases of an operation, with its fragments written out',
  }),
  maxRootFields: wholeNumber({
    name: 'MAX_ROOT_FIELDS',
    fallback: DEFAULT_LIMITS.maxRootFields,
    description: 'most fields at the top of an operation, with its fragments written out',
  }),
  maxDirectives: wholeNumber({
    name: 'MAX_DIRECTIVES',
    fallback: DEFAULT_LIMITS.maxDirectives,
    description: 'most directives in an operation, with its fragments written out',
  }),
  maxListSize: wholeNumber({
    name: 'MAX_LIST_SIZE',
    fallback: DEFAULT_LIMITS.maxListSize,
    description: 'most items of one list that an argument, as first, may ask for',
  }),
  maxCost: wholeNumber({
    name: 'MAX_COST',
    fallback: DEFAULT_LIMITS.maxCost,
    description: 'most cost points of one operation: an object is one, times the sizes of the lists it is in',
  }),
};

/** Settings of the gateway as its own service, beside `SUBGRAPH_<NAME>_URL`, which replaces a subgraph's address. */
export const gatewaySettings = {
  ...authorizationSettings,
  ...auditSettings,
  ...admissionSettings,
  port: portSetting('4000'),
  host: hostSetting,
  ...adminSettings,
  ...tracingSettings,
  callerTraces: callerTraceSetting,
  logLevel: logLevelSetting,
  ...shutdownSettings,
  supergraph: setting({
    name: 'SUPERGRAPH',
    schema: z.string(),
    default: 'schema/supergraph.graphql',
    description: 'file of the composed supergraph; it is watched, and read again when it changes',
  }),
  graphiql: setting({
    name: 'GRAPHIQL',
    schema: z.enum(['true', 'false'], 'expected true or false').transform((text) => text === 'true'),
    default: 'true',
    description: 'whether browsers get GraphiQL at /graphql',
  }),
  corsOrigins: setting({
    name: 'CORS_ORIGINS',
    schema: z
      .string()
      .transform((text) => text.split(',').map((origin) => origin.trim()))
      .refine(
        (origins) => origins.every(isOrigin),
        'expected origins, as https://app.example.com, comma separated, or *',
      ),
    default: null,
    description: 'origins whose pages may call the graph, comma separated, or * for all; without it none',
  }),
  forwardHeaders: setting({
    name: 'FORWARD_HEADERS',
    schema: z.string().transform((text, context) => {
      const rules = parseHeaderRules(text);
      if (rules !== null) return rules;
      context.addIssue(
        'expected names of headers, comma separated, each with a subgraph before it or not, as shop:x-tenant',
      );
      return z.NEVER;
    }),
    default: null,
    description:
      "headers of clients that subgraphs get, comma separated; with a subgraph's name before it, as shop:x-tenant, that subgraph alone",
  }),
  subgraphConnections: wholeNumber({
    name: 'SUBGRAPH_CONNECTIONS',
    fallback: 64,
    description: 'connections to one subgraph at a time',
  }),
  ...limitSettings,
  ...entityCacheSettings,
};

function wholeNumber(options: { name: string; fallback: number; description: string }) {
  const { name, fallback, description } = options;
  const expected = 'expected a whole number above zero';
  const schema = z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value > 0, expected);
  return setting({ name, schema, default: String(fallback), description });
}

function isOrigin(text: string): boolean {
  return text === '*' || (URL.canParse(text) && new URL(text).origin === text);
}
