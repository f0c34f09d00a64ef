import { CodedError } from '../../common/errors.ts';
import { decodeCursor, encodeCursor } from '../shared/connection.ts';
import type {
  OwnedAnswer,
  OwnedQuery,
  PartyAnswer,
  PartyListAnswer,
  PartyListQuery,
  PartyPort,
  PartyQuery,
  RefreshQuery,
} from '../shared/party.ts';
import { parseReference } from '../shared/reference.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { recordsBySource } from './customer-records.ts';
import type { CrmSource, PartyLookup } from './source.ts';

const CURSOR = 'crm-parties';

/** What identity asks of the CRMs: all of them at once by identifier, one after the other in a list. */
export function createCrmParties(sources: readonly CrmSource[]): PartyPort {
  return {
    parties: async (query, context) => mergeAnswers(query, await askAll(sources, query, context)),
    list: (query, context) => listAcross(sources, query, context),
    owned: (query, context) => ownedIn(sources, query, context),
    refresh: (query) => refreshIn(sources, query),
  };
}

/** The look-ups of every CRM: a record that is new in another one may have the same identifiers. */
async function refreshIn(sources: readonly CrmSource[], { references, identifiers }: RefreshQuery): Promise<void> {
  const known = new Map(recordsBySource(references, sources).map(({ source, records }) => [source, records]));
  await Promise.all(sources.map((source) => source.forget(known.get(source) ?? [], identifiers)));
}

type Asked = { source: string; lookup: PartyLookup } | { source: string; failure: CodedError };

/** A CRM that fails is reported beside the others' answers: identity decides what it can still say. */
function askAll(sources: readonly CrmSource[], { identifiers }: PartyQuery, context: CallContext): Promise<Asked[]> {
  return Promise.all(
    sources.map(async (source) => {
      try {
        return { source: source.name, lookup: await source.parties(identifiers, context) };
      } catch (error) {
        if (!(error instanceof CodedError) || context.signal.aborted) throw error;
        return { source: source.name, failure: error };
      }
    }),
  );
}

/** Each CRM knows its own people. */
async function ownedIn(
  sources: readonly CrmSource[],
  { owners }: OwnedQuery,
  context: CallContext,
): Promise<OwnedAnswer> {
  const answers = await Promise.all(
    sources.map(async (source) => {
      const own = owners.filter((owner) => parseReference(owner)?.source === source.name);
      try {
        const owned = own.length === 0 ? NOTHING_OWNED : await source.owned(own, context);
        return { ...owned, unavailable: [] };
      } catch (error) {
        if (!(error instanceof CodedError) || context.signal.aborted) throw error;
        return { ...NOTHING_OWNED, unavailable: [{ source: source.name, code: error.code, message: error.message }] };
      }
    }),
  );
  const lists = answers.map(({ references }) => references);
  return {
    people: answers.flatMap(({ people }) => people),
    references: lists.includes(null) ? null : lists.flatMap((list) => list ?? []),
    unavailable: answers.flatMap(({ unavailable }) => unavailable),
  };
}

const NOTHING_OWNED = { people: [], references: [] };

function mergeAnswers({ identifiers }: PartyQuery, asked: readonly Asked[]): PartyAnswer {
  const answers = asked.filter((one) => 'lookup' in one);
  const failed = asked.filter((one) => 'failure' in one);
  return {
    parties: answers.flatMap(({ lookup }) => lookup.parties),
    found: identifiers.map((_, index) => answers.flatMap(({ lookup }) => lookup.found[index] ?? [])),
    unavailable: failed.map(({ source, failure }) => ({ source, code: failure.code, message: failure.message })),
    unsupported: answers.flatMap(({ source, lookup }) =>
      lookup.unsupported.map((identifier) => ({ identifier, source })),
    ),
  };
}

/** Goes on in the next source where one ends; the cursor names the source and the place in it. */
async function listAcross(
  sources: readonly CrmSource[],
  { search, first, after }: PartyListQuery,
  context: CallContext,
): Promise<PartyListAnswer> {
  const [name = sources[0]?.name, place = ''] = after === null ? [] : decodeCursor(CURSOR, after);
  const parties: PartyListAnswer['parties'] = [];
  let position = place || null;
  const start = sources.findIndex((one) => one.name === name);
  if (start < 0 && after !== null) throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  for (const source of sources.slice(start)) {
    const page = await source.partyList({ search, first: first - parties.length, after: position }, context);
    parties.push(...page.parties);
    if (page.hasNextPage) {
      return { parties, endCursor: encodeCursor(CURSOR, [source.name, page.endCursor ?? '']), hasNextPage: true };
    }
    position = null;
  }
  return { parties, endCursor: null, hasNextPage: false };
}
