import { CodedError } from '../../../../common/errors.ts';
import { decodeCursor, encodeCursor } from '../../../shared/connection.ts';
import type { PartyListAnswer, PartyListQuery } from '../../../shared/party.ts';
import type { RecordCache } from '../../../shared/record-cache.ts';
import { collectionTag } from '../../../shared/tags.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Company, Contact } from '../../model.ts';
import type { HubspotApi } from './api.ts';
import type { AssociationReader } from './associations.ts';
import { COMPANIES, CONTACTS, type ObjectReader } from './objects.ts';
import type { PartyReader } from './parties.ts';
import type { ObjectPayload, PagePayload } from './payloads.ts';

type Phase = 'companies' | 'contacts';

/** Where the next page begins; null = from the phase's start. */
interface Place {
  phase: Phase;
  after: string | null;
}

interface Step {
  records: (Company | Contact)[];
  next: Place | null;
}

interface ListPage {
  ids: string[];
  next: Place | null;
}

const CURSOR = 'hubspot-parties';
const PAGE_SIZE = 100;
/** HubSpot's search pages no further. */
const MAX_SEARCH_RESULTS = 10_000;
/** Most contacts may belong to companies; a page that would take more calls ends early and says that there is more. */
const MAX_CALLS = 5;

/**
 * Pages through all parties by the list endpoints, which have no end: companies, then the contacts that are customers
 * of their own, so not those of exactly one company. With a search text, through the search endpoint, and then every
 * contact counts: who looks for a name means the person too.
 */
export function createPartyList(deps: {
  api: HubspotApi;
  objects: ObjectReader;
  associations: AssociationReader;
  parties: PartyReader;
  cache: RecordCache;
  source: string;
}) {
  const { api, objects, associations, parties, cache, source } = deps;

  /** A page is kept as links: what changes in a record costs the reading of that record alone. */
  async function listStep(place: Place, limit: number, context: CallContext): Promise<Step> {
    const { phase, after } = place;
    const key = { source, type: `${phase}-list`, id: JSON.stringify([after, limit]) };
    const load = async (call: CallContext): Promise<ListPage> => {
      const { records, next } = await readStep(place, limit, call);
      return { ids: records.map((record) => record.source.remoteId), next };
    };
    const tags = () => [collectionTag(source, phase)];
    // The loader never answers null; the cache's type allows it.
    const { ids, next } = (await cache.get(key, load, { tags, context }))!;
    const records = await objects.read<Company | Contact>(phase === 'companies' ? COMPANIES : CONTACTS, ids, context);
    return { records: records.filter((record) => record !== null), next };
  }

  async function readStep({ phase, after }: Place, limit: number, context: CallContext): Promise<Step> {
    const since = objects.startFill();
    if (phase === 'companies') {
      const page = await api.list('companies', { limit, after }, context);
      return { records: objects.keep(COMPANIES, page.results, since), next: nextPlace(phase, page) };
    }
    const page = await api.list('contacts', { limit, after, associations: ['companies'] }, context);
    const contacts = objects.keep(CONTACTS, page.results, since);
    page.results.forEach((payload) => {
      const ids = companiesOf(payload);
      if (ids !== null) associations.keep({ from: 'contacts', id: payload.id, to: 'companies' }, ids, since);
    });
    const records = contacts.filter((_, index) => companiesOf(page.results[index]!)?.length !== 1);
    return { records, next: nextPlace(phase, page) };
  }

  async function searchStep(
    query: string,
    { phase, after }: Place,
    limit: number,
    context: CallContext,
  ): Promise<Step> {
    const since = objects.startFill();
    const left = MAX_SEARCH_RESULTS - Number(after ?? 0);
    if (left <= 0) throw tooMany();
    const page = await api.search(phase, { query, limit: Math.min(limit, left), after }, context);
    const records =
      phase === 'companies'
        ? objects.keep(COMPANIES, page.results, since)
        : objects.keep(CONTACTS, page.results, since);
    return { records, next: nextPlace(phase, page) };
  }

  return async ({ search, first, after }: PartyListQuery, context: CallContext): Promise<PartyListAnswer> => {
    const text = search?.trim() ?? '';
    const step = (at: Place, limit: number) =>
      text === '' ? listStep(at, limit, context) : searchStep(text, at, limit, context);
    const records: (Company | Contact)[] = [];
    let place: Place | null = after === null ? { phase: 'companies', after: null } : parsePlace(after);
    for (let call = 0; place !== null && records.length < first && call < MAX_CALLS; call += 1) {
      // Never more than is still wanted: HubSpot's cursors stand only between pages.
      const taken: Step = await step(place, Math.min(first - records.length, PAGE_SIZE));
      records.push(...taken.records);
      place = taken.next;
    }
    return {
      parties: await parties.toParties(records, context),
      endCursor: place === null ? null : encodeCursor(CURSOR, [place.phase, place.after ?? '']),
      hasNextPage: place !== null,
    };
  };
}

function nextPlace(phase: Phase, { paging }: PagePayload): Place | null {
  if (paging?.next) return { phase, after: paging.next.after };
  return phase === 'companies' ? { phase: 'contacts', after: null } : null;
}

/** Null when the list was cut, so that its length says nothing. A primary company stands in it twice. */
function companiesOf({ associations }: ObjectPayload): string[] | null {
  const list = associations?.companies;
  if (list?.paging?.next) return null;
  return [...new Set(list?.results.map(({ id }) => id) ?? [])];
}

function parsePlace(cursor: string): Place {
  const [phase, after] = decodeCursor(CURSOR, cursor);
  return { phase: phase === 'contacts' ? 'contacts' : 'companies', after: after || null };
}

function tooMany(): CodedError {
  return new CodedError('OPERATION_TOO_LARGE', `Expected a search that at most ${MAX_SEARCH_RESULTS} records fit`);
}
