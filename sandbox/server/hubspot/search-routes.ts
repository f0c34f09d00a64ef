import type { FastifyInstance } from 'fastify';
import type { Crm } from './crm.ts';
import type { ObjectTypeInfo } from './object-types.ts';
import { type HubspotRecord, propertiesOf, readProperty } from './properties/index.ts';
import type { ObjectRenderer } from './render.ts';
import { typeParameter } from './requests.ts';
import { compare, matches, matchesQuery } from './search-match.ts';
import { type Filter, parseSearch, type Search } from './search-request.ts';

export function useSearchRoutes(app: FastifyInstance, crm: Crm, render: ObjectRenderer): void {
  app.post<{ Params: { objectType: string } }>('/crm/v3/objects/:objectType/search', async (request, reply) => {
    reply.code(200);
    const type = typeParameter(request.params.objectType);
    const search = parseSearch(type, request);
    const found = sorted(run(crm, type, search), search);
    const page = found.slice(search.offset, search.offset + search.limit);
    const end = search.offset + page.length;
    const view = { properties: search.properties, propertiesWithHistory: [], associations: [] };
    return {
      total: found.length,
      results: page.map((record) => render(type, record, view)),
      ...(end < found.length && page.length > 0 ? { paging: { next: { after: String(end) } } } : {}),
    };
  });
}

function run(crm: Crm, type: ObjectTypeInfo, search: Search): HubspotRecord[] {
  const records = crm.records(type.name);
  const found: HubspotRecord[] = [];
  for (const id of candidates(crm, type, search)) {
    const record = records.get(id);
    if (record !== undefined && !record.archived && fits(type, search, record)) found.push(record);
  }
  return found;
}

/** Ids to look at, oldest first: few when every group has a filter that an index answers, else all. */
function candidates(crm: Crm, type: ObjectTypeInfo, { filterGroups }: Search): readonly number[] {
  if (filterGroups.length === 0) return crm.ids(type.name).ids;
  const ids = new Set<number>();
  for (const group of filterGroups) {
    const indexed = group.find(isIndexable);
    if (indexed === undefined) return crm.ids(type.name).ids;
    for (const value of askedValues(indexed)) {
      for (const id of crm.indexes.lookUp(type.name, indexed.property, value.toLowerCase())) ids.add(id);
    }
  }
  return [...ids].sort((a, b) => a - b);
}

function isIndexable({ operator, property }: Filter): boolean {
  const isText = property.type === 'string' || property.type === 'enumeration';
  return isText && (operator === 'EQ' || operator === 'IN');
}

function askedValues(filter: Filter): readonly string[] {
  return filter.operator === 'IN' ? filter.values : [filter.value];
}

function fits(type: ObjectTypeInfo, { filterGroups, query }: Search, record: HubspotRecord): boolean {
  const inGroups =
    filterGroups.length === 0 || filterGroups.some((group) => group.every((filter) => matches(filter, record)));
  return inGroups && (query === '' || matchesQuery(propertiesOf(type.name), query, record));
}

function sorted(records: HubspotRecord[], { sort }: Search): HubspotRecord[] {
  if (sort === null) return records;
  const { property, descending } = sort;
  const keyed = records.map((record) => ({ record, value: readProperty(property, record) }));
  // Records without a value come last, whichever way.
  return keyed
    .sort((a, b) => {
      if (a.value === null || b.value === null) return a.value === b.value ? 0 : a.value === null ? 1 : -1;
      return compare(property, a.value, b.value) * (descending ? -1 : 1);
    })
    .map(({ record }) => record);
}
