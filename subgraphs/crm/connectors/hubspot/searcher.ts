import { CodedError, UpstreamError } from '../../../../common/errors.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { AnyOf, HubspotApi } from './api.ts';
import { chunk } from './chunk.ts';
import type { ObjectType } from './object-types.ts';
import type { ObjectKind, ObjectReader, RecordModel } from './objects.ts';

/** Of one `IN` filter. */
const MAX_VALUES = 100;
/** HubSpot's text of the limit says 5, its specification 6. */
const MAX_GROUPS = 5;
const PAGE_SIZE = 200;
/** Values that so many records share identify nobody. */
const MAX_PAGES = 10;

export interface Searcher {
  /** All records that have any of the values, by as few searches as HubSpot's limits allow. */
  find<T extends RecordModel>(kind: ObjectKind<T>, anyOf: readonly AnyOf[], context: CallContext): Promise<T[]>;
}

export function createSearcher(deps: { api: HubspotApi; objects: ObjectReader; source: string }): Searcher {
  const { api, objects, source } = deps;
  /** Properties that this portal does not have, by object type: learned when HubSpot refuses a search. */
  const missing = new Map<ObjectType, ReadonlySet<string>>();

  async function find<T extends RecordModel>(
    kind: ObjectKind<T>,
    anyOf: readonly AnyOf[],
    context: CallContext,
  ): Promise<T[]> {
    const known = anyOf.filter(({ property }) => !missing.get(kind.type)?.has(property));
    const searches = chunk(toGroups(known), MAX_GROUPS);
    try {
      const answers = await Promise.all(searches.map((groups) => findPages(kind, groups, context)));
      return answers.flat();
    } catch (error) {
      if (!(await learnMissing(kind.type, known, error, context))) throw error;
      return find(kind, known, context);
    }
  }

  async function findPages<T extends RecordModel>(
    kind: ObjectKind<T>,
    anyOf: readonly AnyOf[],
    context: CallContext,
  ): Promise<T[]> {
    const since = objects.startFill();
    const found: T[] = [];
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { results, paging } = await api.search(kind.type, { anyOf, limit: PAGE_SIZE, after }, context);
      found.push(...objects.keep(kind, results, since));
      if (!paging?.next) return found;
      after = paging.next.after;
    }
    throw tooMany(source, kind.type);
  }

  /**
   * HubSpot refuses a search that names a property the portal lacks, with all the values it could have found. Then the
   * portal's properties are read, once, and what it lacks is left out from then on: no record can hold it.
   */
  async function learnMissing(
    type: ObjectType,
    asked: readonly AnyOf[],
    error: unknown,
    context: CallContext,
  ): Promise<boolean> {
    if (!(error instanceof UpstreamError && error.status === 400)) return false;
    const { results } = await api.properties(type, context);
    const names = new Set(results.map(({ name }) => name));
    const lacking = asked.map(({ property }) => property).filter((property) => !names.has(property));
    missing.set(type, new Set([...(missing.get(type) ?? []), ...lacking]));
    return lacking.length > 0;
  }

  return { find };
}

/** Values of one property together, each once, in filters as big as HubSpot takes them. */
function toGroups(anyOf: readonly AnyOf[]): AnyOf[] {
  return [...Map.groupBy(anyOf, ({ property }) => property)].flatMap(([property, same]) => {
    const values = [...new Set(same.flatMap((filter) => filter.values))];
    return chunk(values, MAX_VALUES).map((part) => ({ property, values: part }));
  });
}

function tooMany(source: string, type: ObjectType): CodedError {
  const message = `${source} (hubspot): expected identifiers that at most ${PAGE_SIZE * MAX_PAGES} ${type} share`;
  return new CodedError('OPERATION_TOO_LARGE', message, { details: { source, vendor: 'hubspot' } });
}
