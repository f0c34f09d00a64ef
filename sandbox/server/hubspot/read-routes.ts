import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Crm, uniqueProperty } from './crm.ts';
import { batchError, invalid, objectNotFound } from './errors.ts';
import type { ObjectTypeInfo } from './object-types.ts';
import type { AnyProperty, HubspotRecord } from './properties/index.ts';
import type { ObjectRenderer } from './render.ts';
import { checkBatchSize, limitParameter, parseBody, queryOf, typeParameter, viewOf } from './requests.ts';

interface TypeParams {
  objectType: string;
}

const batchReadSchema = z.object({
  inputs: z.array(z.object({ id: z.coerce.string() })),
  idProperty: z.string().optional(),
  properties: z.array(z.string()).optional(),
  propertiesWithHistory: z.array(z.string()).optional(),
});

/** Property histories make a batch half as big. */
const MAX_BATCH_WITH_HISTORY = 50;
const MAX_LIST_LIMIT = 100;

/** List, get and batch read. */
export function useReadRoutes(app: FastifyInstance, crm: Crm, render: ObjectRenderer): void {
  app.get<{ Params: TypeParams }>('/crm/v3/objects/:objectType', async (request) => {
    const type = typeParameter(request.params.objectType);
    const query = queryOf(request);
    const limit = limitParameter(query, 10, MAX_LIST_LIMIT);
    const view = viewOf(query);
    const archived = query.get('archived') === 'true';
    const { page, nextId } = pageOf(crm, type, { after: query.get('after'), limit, archived });
    return {
      results: page.map((record) => render(type, record, view)),
      ...(nextId === null ? {} : { paging: { next: nextPage(request.url, nextId) } }),
    };
  });

  app.get<{ Params: TypeParams & { id: string } }>('/crm/v3/objects/:objectType/:id', async (request) => {
    const type = typeParameter(request.params.objectType);
    const query = queryOf(request);
    const find = finder(crm, type, query.get('idProperty') ?? undefined, query.get('archived') === 'true');
    const record = find(request.params.id);
    if (record === null) throw objectNotFound();
    return render(type, record, viewOf(query));
  });

  app.post<{ Params: TypeParams }>('/crm/v3/objects/:objectType/batch/read', async (request, reply) => {
    const startedAt = new Date().toISOString();
    const type = typeParameter(request.params.objectType);
    const body = parseBody(batchReadSchema, request);
    const propertiesWithHistory = body.propertiesWithHistory ?? [];
    checkHistoryBatch(body.inputs.length, propertiesWithHistory);
    checkBatchSize(body.inputs.length);
    const find = finder(crm, type, body.idProperty, queryOf(request).get('archived') === 'true');
    const { found, missing } = lookUpAll(body.inputs, find);
    const view = { properties: body.properties ?? [], propertiesWithHistory, associations: [] };
    reply.code(missing.length > 0 ? 207 : 200);
    return {
      status: 'COMPLETE',
      results: found.map((record) => render(type, record, view)),
      ...(missing.length === 0 ? {} : { numErrors: 1, errors: [notFoundError(type, missing)] }),
      startedAt,
      completedAt: new Date().toISOString(),
    };
  });
}

function pageOf(
  crm: Crm,
  type: ObjectTypeInfo,
  { after, limit, archived }: { after: string | null; limit: number; archived: boolean },
): { page: HubspotRecord[]; nextId: number | null } {
  const list = crm.ids(type.name);
  const start = after === null ? 0 : list.position(cursorId(after));
  const page: HubspotRecord[] = [];
  for (const id of list.ids.slice(start)) {
    const record = crm.records(type.name).get(id);
    if (record === undefined || record.archived !== archived) continue;
    if (page.length === limit) return { page, nextId: id };
    page.push(record);
  }
  return { page, nextId: null };
}

/** The cursor is the next record's id; HubSpot calls it opaque. */
function cursorId(after: string): number {
  if (!/^\d+$/.test(after)) throw invalid(`Invalid paging cursor: ${after}`);
  return Number(after);
}

function nextPage(url: string, nextId: number): { after: string; link: string } {
  const [path, query] = url.split('?', 2);
  const parameters = new URLSearchParams(query ?? '');
  parameters.set('after', String(nextId));
  return { after: String(nextId), link: `https://api.hubapi.com${path}?${parameters}` };
}

type Finder = (id: string) => HubspotRecord | null;

function finder(crm: Crm, type: ObjectTypeInfo, idProperty: string | undefined, archived: boolean): Finder {
  const property = uniqueProperty(type.name, idProperty);
  if (property === 'not unique') throw notUnique(idProperty ?? '');
  if (property !== null) return byProperty(crm, type, property);
  return (id) => (archived ? crm.archived(type.name, id) : crm.find(type.name, id));
}

function byProperty(crm: Crm, type: ObjectTypeInfo, property: AnyProperty): Finder {
  return (value) => crm.findBy(type.name, property, value);
}

function notUnique(name: string): Error {
  return invalid(`Property '${name}' does not exist or is not a unique identifier property`);
}

/** Each object once, also when several inputs name it (by an old id, say). */
function lookUpAll(inputs: readonly { id: string }[], find: Finder): { found: HubspotRecord[]; missing: string[] } {
  const found = new Map<number, HubspotRecord>();
  const missing = new Set<string>();
  for (const { id } of inputs) {
    const record = find(id);
    if (record === null) missing.add(id);
    else found.set(record.id, record);
  }
  return { found: [...found.values()], missing: [...missing] };
}

function checkHistoryBatch(size: number, propertiesWithHistory: readonly string[]): void {
  if (propertiesWithHistory.length === 0 || size <= MAX_BATCH_WITH_HISTORY) return;
  throw invalid(
    `The maximum number of inputs supported in a batch request for property histories is ${MAX_BATCH_WITH_HISTORY}`,
  );
}

function notFoundError(type: ObjectTypeInfo, ids: readonly string[]): Record<string, unknown> {
  return batchError(
    `Could not get some ${type.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
    { ids },
  );
}
