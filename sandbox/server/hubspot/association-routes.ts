import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ChangeBus } from '../changes.ts';
import { associationTypes } from './association-types.ts';
import { ASSOCIATION_PAGE_SIZE, type AssociationReader } from './associations.ts';
import type { Crm } from './crm.ts';
import { batchError, invalid, objectNotFound } from './errors.ts';
import type { ObjectTypeInfo } from './object-types.ts';
import type { HubspotRecord } from './properties/index.ts';
import { checkBatchSize, limitParameter, parseBody, queryOf, typeParameter } from './requests.ts';

/** Associations are read for more records at once than objects are. */
const MAX_INPUTS = 1000;

const batchReadSchema = z.object({
  inputs: z.array(z.object({ id: z.coerce.string(), after: z.string().nullish() })),
});

interface PairParams {
  fromType: string;
  toType: string;
}

interface ObjectParams extends PairParams {
  id: string;
}

interface Deps {
  crm: Crm;
  associations: AssociationReader;
  changes: ChangeBus;
}

export function useAssociationRoutes(app: FastifyInstance, { crm, associations, changes }: Deps): void {
  app.post<{ Params: PairParams }>('/crm/v4/associations/:fromType/:toType/batch/read', async (request, reply) => {
    const startedAt = new Date().toISOString();
    const [from, to] = pairOf(request.params);
    const { inputs } = parseBody(batchReadSchema, request);
    checkBatchSize(inputs.length, MAX_INPUTS);
    const pages = inputs.map(({ id, after }) => ({ id, page: pageOf(id, from, to, after ?? null) }));
    const none = [...new Set(pages.filter(({ page }) => page.results.length === 0).map(({ id }) => id))];
    reply.code(none.length > 0 ? 207 : 200);
    return {
      status: 'COMPLETE',
      results: pages.filter(({ page }) => page.results.length > 0).map(renderPage),
      ...(none.length === 0 ? {} : { numErrors: none.length, errors: none.map((id) => noneError(from, to, id)) }),
      startedAt,
      completedAt: new Date().toISOString(),
    };
  });

  app.get<{ Params: ObjectParams }>('/crm/v4/objects/:fromType/:id/associations/:toType', async (request) => {
    const [from, to] = pairOf(request.params);
    const record = existing(from, request.params.id);
    const query = queryOf(request);
    const limit = limitParameter(query, ASSOCIATION_PAGE_SIZE, ASSOCIATION_PAGE_SIZE);
    const { results, after } = associations.v4(from, record.id, to, { after: cursor(query.get('after')), limit });
    return { results, ...paging(after) };
  });

  app.put<{ Params: ObjectParams & { toId: string } }>(
    '/crm/v4/objects/:fromType/:id/associations/default/:toType/:toId',
    async (request) => {
      const at = new Date().toISOString();
      const [from, to] = pairOf(request.params);
      const [record, other] = [existing(from, request.params.id), existing(to, request.params.toId)];
      crm.store.associations.link(from.name, record.id, to.name, other.id);
      published(from, record, to, other);
      const results = [defaultAssociation(from, record, to, other), defaultAssociation(to, other, from, record)];
      return { status: 'COMPLETE', results, startedAt: at, completedAt: new Date().toISOString() };
    },
  );

  app.delete<{ Params: ObjectParams & { toId: string } }>(
    '/crm/v4/objects/:fromType/:id/associations/:toType/:toId',
    async (request, reply) => {
      const [from, to] = pairOf(request.params);
      const [record, other] = [existing(from, request.params.id), existing(to, request.params.toId)];
      crm.store.associations.unlink(from.name, record.id, to.name, other.id);
      published(from, record, to, other);
      return reply.code(204).send();
    },
  );

  function pageOf(id: string, from: ObjectTypeInfo, to: ObjectTypeInfo, after: string | null) {
    const record = crm.find(from.name, id);
    if (record === null) return { results: [], after: null };
    return associations.v4(from, record.id, to, { after: cursor(after), limit: ASSOCIATION_PAGE_SIZE });
  }

  function existing(type: ObjectTypeInfo, id: string): HubspotRecord {
    const record = crm.find(type.name, id);
    if (record === null) throw objectNotFound();
    return record;
  }

  function published(from: ObjectTypeInfo, record: HubspotRecord, to: ObjectTypeInfo, other: HubspotRecord): void {
    changes.publish({
      vendor: 'hubspot',
      event: 'associationChange',
      objectType: from.name,
      objectId: record.id,
      toObjectType: to.name,
      toObjectId: other.id,
    });
  }
}

function pairOf({ fromType, toType }: PairParams): [ObjectTypeInfo, ObjectTypeInfo] {
  const [from, to] = [typeParameter(fromType), typeParameter(toType)];
  if (associationTypes(from.name, to.name, false) !== null) return [from, to];
  throw invalid(`No association type exists between ${from.singular} and ${to.singular}`);
}

function cursor(after: string | null): string | null {
  if (after === null || after === '') return null;
  if (!/^\d+$/.test(after)) throw invalid(`Invalid paging cursor: ${after}`);
  return after;
}

function paging(after: string | null): Record<string, unknown> {
  return after === null ? {} : { paging: { next: { after, link: `?after=${after}` } } };
}

function renderPage({ id, page }: { id: string; page: ReturnType<AssociationReader['v4']> }): Record<string, unknown> {
  return { from: { id }, to: page.results, ...paging(page.after) };
}

/** HubSpot reports "has none" among the errors of a 207. */
function noneError(from: ObjectTypeInfo, to: ObjectTypeInfo, id: string): Record<string, unknown> {
  return batchError(
    `No ${to.singular} is associated with ${from.singular} ${id}.`,
    { fromObjectId: [id], fromObjectType: [from.singular], toObjectType: [to.singular] },
    'crm.associations.NO_ASSOCIATIONS_FOUND',
  );
}

function defaultAssociation(from: ObjectTypeInfo, record: HubspotRecord, to: ObjectTypeInfo, other: HubspotRecord) {
  const [type] = associationTypes(from.name, to.name, false) ?? [];
  return {
    from: { id: String(record.id) },
    to: { id: String(other.id) },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: type?.typeId ?? 0 },
  };
}
