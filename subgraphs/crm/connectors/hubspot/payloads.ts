import { z } from 'zod';

/** Ids are text in the objects API and numbers in some association answers. */
const id = z.union([z.string(), z.int()]).transform(String);

const nextPage = z.object({ next: z.object({ after: z.string() }).optional() }).optional();

const associatedIds = z.object({ results: z.array(z.object({ id })), paging: nextPage });

/** Every property is text, also numbers, dates and booleans; one without a value is null, "" or absent. */
export const objectSchema = z.object({
  id,
  properties: z.record(z.string(), z.string().nullable()),
  createdAt: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
  url: z.string().optional(),
  /** Only where the call asked for associations; by the plural name of the type, and absent when there are none. */
  associations: z.record(z.string(), associatedIds).optional(),
});

export type ObjectPayload = z.infer<typeof objectSchema>;

/** Errors that stand beside results (status 207) are checked before the schema, in errors.ts. */
export const batchSchema = z.object({ results: z.array(objectSchema) });

export const pageSchema = z.object({ results: z.array(objectSchema), paging: nextPage });

export const searchSchema = z.object({ total: z.int(), results: z.array(objectSchema), paging: nextPage });

export type PagePayload = z.infer<typeof pageSchema>;
export type SearchPayload = z.infer<typeof searchSchema>;

export const associationsSchema = z.object({
  results: z.array(
    z.object({
      from: z.object({ id }),
      to: z.array(z.object({ toObjectId: id, associationTypes: z.array(z.object({ typeId: z.int() })) })),
      paging: nextPage,
    }),
  ),
});

export type AssociationsPayload = z.infer<typeof associationsSchema>;

export const ownersSchema = z.object({
  results: z.array(
    z.object({
      id,
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      teams: z.array(z.object({ id })).nullish(),
    }),
  ),
  paging: nextPage,
});

export type OwnersPayload = z.infer<typeof ownersSchema>;

export const pipelinesSchema = z.object({
  results: z.array(
    z.object({ id: z.string(), label: z.string(), stages: z.array(z.object({ id: z.string(), label: z.string() })) }),
  ),
});

export type PipelinesPayload = z.infer<typeof pipelinesSchema>;

export const propertiesSchema = z.object({
  results: z.array(z.object({ name: z.string(), type: z.string(), hubspotDefined: z.boolean().optional() })),
});

export type PropertiesPayload = z.infer<typeof propertiesSchema>;

export const accountSchema = z.object({ portalId: z.int(), uiDomain: z.string().optional() });
