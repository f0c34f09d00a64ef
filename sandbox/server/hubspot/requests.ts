import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { rawQuery } from '../vendor-server.ts';
import { invalid } from './errors.ts';
import { type ObjectTypeInfo, objectTypeOf } from './object-types.ts';
import type { ObjectView } from './render.ts';

/** Parses a body or answers as HubSpot does for JSON it cannot read. */
export function parseBody<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  const parsed = schema.safeParse(request.body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(`Invalid input JSON on line 1, column 1: ${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}

export function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(rawQuery(request));
}

/** `properties=a,b` and `properties=a&properties=b` are one. */
function listParameter(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

export function limitParameter(query: URLSearchParams, fallback: number, max: number): number {
  const text = query.get('limit');
  if (text === null) return fallback;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1)
    throw invalid(`Invalid integer value '${text}' for query parameter 'limit'`);
  if (limit > max) throw invalid(`The limit parameter must not exceed ${max}`);
  return limit;
}

export function viewOf(query: URLSearchParams): ObjectView {
  return {
    properties: listParameter(query, 'properties'),
    propertiesWithHistory: listParameter(query, 'propertiesWithHistory'),
    associations: listParameter(query, 'associations'),
  };
}

export function typeParameter(name: string): ObjectTypeInfo {
  const type = objectTypeOf(name);
  if (type === null) throw invalid(`Unable to infer object type from: ${name}`);
  return type;
}

/** HubSpot takes at most this many objects in one batch. */
const MAX_BATCH = 100;

export function checkBatchSize(size: number, max = MAX_BATCH): void {
  if (size <= max) return;
  throw invalid(
    `The maximum number of inputs supported in a batch is ${max}. Please reduce the number of items and try again`,
  );
}

/** Property values as clients send them: text by the book, numbers and booleans taken too. */
export const propertiesSchema = z.record(
  z.string(),
  z
    .union([z.string(), z.number(), z.boolean(), z.null()])
    .transform((value) => (value === null ? null : String(value))),
);
