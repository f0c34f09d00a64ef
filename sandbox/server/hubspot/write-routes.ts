import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { otherEndOf } from './association-types.ts';
import { type Crm, uniqueProperty } from './crm.ts';
import { invalid, objectNotFound } from './errors.ts';
import { type ObjectTypeInfo, objectTypeOf } from './object-types.ts';
import type { HubspotRecord } from './properties/index.ts';
import type { ObjectRenderer } from './render.ts';
import { checkBatchSize, parseBody, propertiesSchema, queryOf, typeParameter } from './requests.ts';
import type { CrmWriter, NewAssociation } from './writer.ts';

const createSchema = z.object({
  properties: propertiesSchema,
  associations: z
    .array(
      z.object({
        to: z.object({ id: z.coerce.string() }),
        types: z.array(z.object({ associationCategory: z.string(), associationTypeId: z.number().int() })),
      }),
    )
    .nullish(),
});
const updateSchema = z.object({ properties: propertiesSchema });
const batchCreateSchema = z.object({ inputs: z.array(createSchema) });
const batchUpdateSchema = z.object({
  inputs: z.array(updateSchema.extend({ id: z.coerce.string(), idProperty: z.string().optional() })),
});
const batchArchiveSchema = z.object({ inputs: z.array(z.object({ id: z.coerce.string() })) });
const mergeSchema = z.object({ primaryObjectId: z.coerce.string(), objectIdToMerge: z.coerce.string() });

interface TypeParams {
  objectType: string;
}

interface Deps {
  crm: Crm;
  writer: CrmWriter;
  render: ObjectRenderer;
}

export function useWriteRoutes(app: FastifyInstance, { crm, writer, render }: Deps): void {
  const path = '/crm/v3/objects/:objectType';

  app.post<{ Params: TypeParams }>(path, async (request, reply) => {
    const type = typeParameter(request.params.objectType);
    const record = createOne(type, parseBody(createSchema, request));
    return reply.code(201).send(shown(type, record));
  });

  app.patch<{ Params: TypeParams & { id: string } }>(`${path}/:id`, async (request) => {
    const type = typeParameter(request.params.objectType);
    const record = existing(type, request.params.id, queryOf(request).get('idProperty') ?? undefined);
    return shown(type, writer.update(type, record, parseBody(updateSchema, request).properties));
  });

  app.delete<{ Params: TypeParams & { id: string } }>(`${path}/:id`, async (request, reply) => {
    const type = typeParameter(request.params.objectType);
    archiveIfThere(type, request.params.id);
    return reply.code(204).send();
  });

  app.post<{ Params: TypeParams }>(`${path}/batch/create`, async (request, reply) => {
    const type = typeParameter(request.params.objectType);
    const { inputs } = parseBody(batchCreateSchema, request);
    checkBatchSize(inputs.length);
    return reply.code(201).send(batch(type, () => inputs.map((input) => createOne(type, input))));
  });

  app.post<{ Params: TypeParams }>(`${path}/batch/update`, async (request) => {
    const type = typeParameter(request.params.objectType);
    const { inputs } = parseBody(batchUpdateSchema, request);
    checkBatchSize(inputs.length);
    return batch(type, () =>
      inputs.map(({ id, idProperty, properties }) => writer.update(type, existing(type, id, idProperty), properties)),
    );
  });

  app.post<{ Params: TypeParams }>(`${path}/batch/archive`, async (request, reply) => {
    const type = typeParameter(request.params.objectType);
    const { inputs } = parseBody(batchArchiveSchema, request);
    checkBatchSize(inputs.length);
    for (const { id } of inputs) archiveIfThere(type, id);
    return reply.code(204).send();
  });

  app.post<{ Params: TypeParams }>(`${path}/merge`, async (request) => {
    const type = typeParameter(request.params.objectType);
    const { primaryObjectId, objectIdToMerge } = parseBody(mergeSchema, request);
    return shown(type, writer.merge(type, existing(type, primaryObjectId), existing(type, objectIdToMerge)));
  });

  function createOne(type: ObjectTypeInfo, { properties, associations }: z.infer<typeof createSchema>): HubspotRecord {
    const others = (associations ?? []).map(({ to, types }) => ({
      id: to.id,
      type: otherEnd(type, types[0]?.associationTypeId),
    }));
    return writer.create(type, properties, others satisfies NewAssociation[]);
  }

  function existing(type: ObjectTypeInfo, id: string, idProperty?: string): HubspotRecord {
    const property = uniqueProperty(type.name, idProperty);
    if (property === 'not unique') throw invalid(`Property '${idProperty}' is not a unique identifier property`);
    const record = property === null ? crm.find(type.name, id) : crm.findBy(type.name, property, id);
    if (record === null) throw objectNotFound();
    return record;
  }

  /** HubSpot answers 204 also for an id that never was. */
  function archiveIfThere(type: ObjectTypeInfo, id: string): void {
    const record = crm.find(type.name, id);
    if (record !== null) writer.archive(type, record);
  }

  function shown(type: ObjectTypeInfo, record: HubspotRecord): Record<string, unknown> {
    const written = Object.keys(record.extra ?? {});
    return render(type, record, {
      properties: [...type.defaults, ...written],
      propertiesWithHistory: [],
      associations: [],
    });
  }

  function batch(type: ObjectTypeInfo, write: () => HubspotRecord[]): Record<string, unknown> {
    const startedAt = new Date().toISOString();
    const results = write().map((record) => shown(type, record));
    return { status: 'COMPLETE', results, startedAt, completedAt: new Date().toISOString() };
  }
}

/** The type at the other end, told by the number of the association's type. */
function otherEnd(type: ObjectTypeInfo, associationTypeId: number | undefined): ObjectTypeInfo {
  const to = associationTypeId === undefined ? null : otherEndOf(type.name, associationTypeId);
  const info = to === null ? null : objectTypeOf(to);
  if (info === null) throw invalid(`${type.singular} has no association type with id ${associationTypeId}`);
  return info;
}
