import {
  createUpstreamClient,
  type UpstreamClientDeps,
  type UpstreamRequest,
  type UpstreamResponse,
} from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { ParsedHubspotConfig } from './config.ts';
import { checkBatch, describeHubspotError } from './errors.ts';
import { type ObjectType, propertiesByType } from './object-types.ts';
import { createPaths } from './paths.ts';
import {
  type AssociationsPayload,
  accountSchema,
  associationsSchema,
  batchSchema,
  type ObjectPayload,
  type OwnersPayload,
  objectSchema,
  ownersSchema,
  type PagePayload,
  type PipelinesPayload,
  type PropertiesPayload,
  pageSchema,
  pipelinesSchema,
  propertiesSchema,
  type SearchPayload,
  searchSchema,
} from './payloads.ts';
import { hubspotLimits, readHubspotLimits } from './rate-limits.ts';

/** One `IN` filter; the filters of a search are alternatives. */
export interface AnyOf {
  property: string;
  values: readonly string[];
}

interface SearchRequest {
  /** At most 5 (HubSpot's limit of filter groups), of at most 100 values each. */
  anyOf?: readonly AnyOf[];
  query?: string;
  limit: number;
  after?: string | null;
}

interface ListRequest {
  limit: number;
  after: string | null;
  /** Ids of these come along with each object. */
  associations?: readonly ObjectType[];
  /** Default: what the mappings read. */
  properties?: readonly string[];
}

interface NewObject {
  properties: Readonly<Record<string, string>>;
  associations: readonly {
    to: { id: string };
    types: readonly { associationCategory: string; associationTypeId: number }[];
  }[];
}

/** HubSpot's calls as typed functions; each is one HTTP call. Batches and pages are the callers' affair. */
export interface HubspotApi {
  /** At most 100 keys; what does not exist is absent from the answer, whose order is not promised. */
  batchRead(
    type: ObjectType,
    keys: readonly string[],
    context: CallContext,
    idProperty?: string,
  ): Promise<ObjectPayload[]>;
  /** One object with the ids associated with it; null when there is none. */
  readWithAssociations(
    type: ObjectType,
    id: string,
    to: readonly ObjectType[],
    context: CallContext,
  ): Promise<ObjectPayload | null>;
  list(type: ObjectType, request: ListRequest, context: CallContext): Promise<PagePayload>;
  search(type: ObjectType, request: SearchRequest, context: CallContext): Promise<SearchPayload>;
  /** At most 1000 inputs. */
  associations(
    from: ObjectType,
    to: ObjectType,
    inputs: readonly { id: string; after?: string }[],
    context: CallContext,
  ): Promise<AssociationsPayload>;
  /** Never repeated: what became of a call that broke is not known. */
  create(type: ObjectType, object: NewObject, context: CallContext): Promise<ObjectPayload>;
  owners(after: string | null, archived: boolean, context: CallContext): Promise<OwnersPayload>;
  pipelines(type: 'deals' | 'tickets', context: CallContext): Promise<PipelinesPayload>;
  properties(type: ObjectType, context: CallContext): Promise<PropertiesPayload>;
  /** With the headers, which tell the rate limits. */
  account(context: CallContext): Promise<UpstreamResponse<{ portalId: number }>>;
  close(): Promise<void>;
}

export function createHubspotApi(config: ParsedHubspotConfig, deps: UpstreamClientDeps = {}): HubspotApi {
  const paths = createPaths(config.apiVersion);
  const properties = propertiesByType(config.properties);
  const client = createUpstreamClient(
    {
      source: config.name,
      vendor: 'hubspot',
      baseUrl: config.url,
      timeoutMs: config.timeoutMs,
      concurrency: config.concurrency,
      credential: config.token,
      limits: hubspotLimits(config),
      readLimits: readHubspotLimits,
      syncShare: config.syncShare,
      authorize: (request) => ({
        ...request,
        headers: { ...request.headers, authorization: `Bearer ${config.token}` },
      }),
      checkBody: checkBatch,
      describeError: describeHubspotError,
    },
    deps,
  );
  const data = async <T>(request: UpstreamRequest<T>, context: CallContext): Promise<T> =>
    (await client.request(request, context)).data;
  /** Reads that HubSpot wants as POST. */
  const post = <T>(request: UpstreamRequest<T>, context: CallContext): Promise<T> =>
    data({ ...request, method: 'POST', idempotent: true }, context);

  return {
    batchRead: async (type, keys, context, idProperty) => {
      const inputs = keys.map((id) => ({ id }));
      const body = {
        inputs,
        properties: properties[type],
        propertiesWithHistory: [],
        ...(idProperty ? { idProperty } : {}),
      };
      const path = `${paths.objects(type)}/batch/read`;
      return (await post({ operation: `${type}.batchRead`, path, body, schema: batchSchema }, context)).results;
    },
    readWithAssociations: async (type, id, to, context) => {
      const path = `${paths.objects(type)}/${encodeURIComponent(id)}`;
      const query = [['properties', 'hs_object_id'] as const, ['associations', to.join(',')] as const];
      const request = { operation: `${type}.get`, path, query, schema: objectSchema, notFound: 'null' as const };
      return (await client.request(request, context)).data;
    },
    list: (type, { limit, after, associations = [], properties: named = properties[type] }, context) => {
      const query = [
        ['limit', String(limit)] as const,
        ['properties', named.join(',')] as const,
        ...(after === null ? [] : [['after', after] as const]),
        ...(associations.length === 0 ? [] : [['associations', associations.join(',')] as const]),
      ];
      return data({ operation: `${type}.list`, path: paths.objects(type), query, schema: pageSchema }, context);
    },
    search: (type, { anyOf = [], query, limit, after }, context) => {
      const filterGroups = anyOf.map(({ property, values }) => ({
        filters: [{ propertyName: property, operator: 'IN', values }],
      }));
      const body = {
        filterGroups,
        sorts: [],
        properties: properties[type],
        limit,
        after: after ?? '0',
        ...(query === undefined ? {} : { query }),
      };
      const path = `${paths.objects(type)}/search`;
      return post({ operation: `${type}.search`, path, body, schema: searchSchema }, context);
    },
    associations: (from, to, inputs, context) => {
      const operation = `associations.${from}.${to}`;
      const path = `${paths.associations(from, to)}/batch/read`;
      return post({ operation, path, body: { inputs }, schema: associationsSchema }, context);
    },
    create: (type, object, context) => {
      const request = { operation: `${type}.create`, path: paths.objects(type), body: object, schema: objectSchema };
      return data({ ...request, method: 'POST', idempotent: false }, context);
    },
    owners: (after, archived, context) => {
      const query = [
        ['limit', '500'] as const,
        ['archived', String(archived)] as const,
        ...(after === null ? [] : [['after', after] as const]),
      ];
      return data({ operation: 'owners.list', path: paths.owners, query, schema: ownersSchema }, context);
    },
    pipelines: (type, context) =>
      data({ operation: `pipelines.${type}`, path: paths.pipelines(type), schema: pipelinesSchema }, context),
    properties: (type, context) =>
      data({ operation: `properties.${type}`, path: paths.properties(type), schema: propertiesSchema }, context),
    account: (context) =>
      client.request({ operation: 'account.details', path: paths.account, schema: accountSchema }, context),
    close: client.close,
  };
}
