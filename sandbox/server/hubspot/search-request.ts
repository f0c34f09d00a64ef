import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invalid } from './errors.ts';
import type { ObjectTypeInfo } from './object-types.ts';
import { type AnyProperty, propertyOf } from './properties/index.ts';
import { parseBody } from './requests.ts';

const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;

type Operator = (typeof OPERATORS)[number];

export interface Filter {
  property: AnyProperty;
  operator: Operator;
  value: string;
  highValue: string;
  values: readonly string[];
}

export interface Search {
  /** Filters of a group must all hold, of the groups one. */
  filterGroups: readonly (readonly Filter[])[];
  query: string;
  sort: { property: AnyProperty; descending: boolean } | null;
  properties: readonly string[];
  limit: number;
  offset: number;
}

const MAX_GROUPS = 5;
const MAX_FILTERS_A_GROUP = 6;
const MAX_FILTERS = 18;
const MAX_LIMIT = 200;
/** Nothing beyond this can be paged to. */
const MAX_RESULTS = 10_000;
const MAX_QUERY_CHARACTERS = 3000;

const textValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const bodySchema = z.object({
  filterGroups: z
    .array(
      z.object({
        filters: z.array(
          z.object({
            propertyName: z.string(),
            operator: z.enum(OPERATORS),
            value: textValue.nullish(),
            highValue: textValue.nullish(),
            values: z.array(textValue).nullish(),
          }),
        ),
      }),
    )
    .nullish(),
  sorts: z
    .array(z.union([z.string(), z.object({ propertyName: z.string(), direction: z.string().nullish() })]))
    .nullish(),
  query: z.string().nullish(),
  properties: z.array(z.string()).nullish(),
  limit: z.number().int().nullish(),
  after: z.union([z.string(), z.number()]).nullish(),
});

type Body = z.infer<typeof bodySchema>;
type BodyFilter = NonNullable<Body['filterGroups']>[number]['filters'][number];

export function parseSearch(type: ObjectTypeInfo, request: FastifyRequest): Search {
  const body = parseBody(bodySchema, request);
  const groups = body.filterGroups ?? [];
  checkCounts(groups);
  const limit = body.limit ?? 10;
  if (limit < 0 || limit > MAX_LIMIT) throw problem(`The limit must be between 0 and ${MAX_LIMIT}`);
  const query = body.query ?? '';
  if (query.length > MAX_QUERY_CHARACTERS)
    throw problem(`The query must not exceed ${MAX_QUERY_CHARACTERS} characters`);
  return {
    filterGroups: groups.map(({ filters }) => filters.map((filter) => toFilter(type, filter))),
    query,
    sort: sortOf(type, body.sorts?.[0]),
    properties: body.properties ?? [],
    limit,
    offset: offsetOf(body.after, limit),
  };
}

function checkCounts(groups: NonNullable<Body['filterGroups']>): void {
  const filters = groups.reduce((sum, group) => sum + group.filters.length, 0);
  if (groups.length > MAX_GROUPS) throw problem(`A search takes at most ${MAX_GROUPS} filterGroups`);
  if (filters > MAX_FILTERS || groups.some((group) => group.filters.length > MAX_FILTERS_A_GROUP)) {
    throw problem(`A search takes at most ${MAX_FILTERS_A_GROUP} filters a group and ${MAX_FILTERS} altogether`);
  }
}

function toFilter(type: ObjectTypeInfo, filter: BodyFilter): Filter {
  const { operator, value, highValue, values } = filter;
  const needs = neededValue(operator);
  if (needs === 'value' && value == null) throw problem(`operator ${operator} requires a value`);
  if (needs === 'range' && (value == null || highValue == null)) {
    throw problem(`operator ${operator} requires value and highValue`);
  }
  if (needs === 'values' && (values == null || values.length === 0)) {
    throw problem(`operator ${operator} requires values`);
  }
  return {
    property: existing(type, filter.propertyName),
    operator,
    value: value ?? '',
    highValue: highValue ?? '',
    values: values ?? [],
  };
}

function neededValue(operator: Operator): 'nothing' | 'value' | 'range' | 'values' {
  if (operator === 'HAS_PROPERTY' || operator === 'NOT_HAS_PROPERTY') return 'nothing';
  if (operator === 'BETWEEN') return 'range';
  return operator === 'IN' || operator === 'NOT_IN' ? 'values' : 'value';
}

function sortOf(type: ObjectTypeInfo, sort: NonNullable<Body['sorts']>[number] | undefined): Search['sort'] {
  if (sort === undefined) return null;
  if (typeof sort !== 'string') {
    return { property: existing(type, sort.propertyName), descending: sort.direction?.toUpperCase() === 'DESCENDING' };
  }
  const descending = sort.startsWith('-');
  return { property: existing(type, descending ? sort.slice(1) : sort), descending };
}

function existing(type: ObjectTypeInfo, name: string): AnyProperty {
  const property = propertyOf(type.name, name);
  if (property === null) throw problem(`Property '${name}' does not exist on ${type.name}`);
  return property;
}

function offsetOf(after: string | number | null | undefined, limit: number): number {
  if (after == null || after === '') return 0;
  const offset = Number(after);
  if (!Number.isInteger(offset) || offset < 0) throw problem(`Invalid paging cursor: ${after}`);
  if (offset + limit > MAX_RESULTS) throw problem(`Paging beyond ${MAX_RESULTS} results is not supported`);
  return offset;
}

function problem(message: string): Error {
  return invalid(`There was a problem with the request. ${message}.`);
}
