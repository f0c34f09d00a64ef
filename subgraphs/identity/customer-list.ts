import { CodedError } from '../../common/errors.ts';
import { type Connection, checkFirst, decodeCursor, encodeCursor, toConnection } from '../shared/connection.ts';
import type { PartyListAnswer } from '../shared/party.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { CustomerRows } from './customer-rows.ts';
import { DOMAINS, type Domain, type PartyPorts } from './domains.ts';
import { cannotTell, type Identities } from './identities.ts';
import { createMeetings, type Meetings } from './meetings.ts';
import type { IdentifiedCustomer } from './model.ts';

export interface CustomerListQuery {
  search?: string | null;
  first?: number | null;
  after?: string | null;
}

export interface CustomerListDeps {
  ports: PartyPorts;
  identities: Identities;
  rows: CustomerRows;
  sealer: Sealer;
}

/**
 * A place in the list: behind `offset` records of the page of `size` that begins after `after` in `domain`. Domains give
 * a cursor only between pages, so a page is read again to go on within it.
 */
interface Place {
  domain: Domain;
  after: string | null;
  size: number;
  offset: number;
}

/** A customer with the place behind it. */
interface Entry {
  customer: IdentifiedCustomer;
  cursor: string;
}

/** Pages of the domains that are read for one page of ours at most; then it ends early and says that there is more. */
const MAX_READS = 6;

/**
 * The CRM's parties, then the accounting's, then the shop's, each customer where it is met first. A system that fails
 * fails the list: one that lacks a system would look complete.
 */
export async function listCustomers(
  { search, first, after }: CustomerListQuery,
  { ports, identities, rows, sealer }: CustomerListDeps,
  call: CallContext,
): Promise<Connection<IdentifiedCustomer>> {
  const wanted = checkFirst(first);
  const text = search?.trim() || null;
  const { seal, open } = cursorsFor(rows, sealer);
  const cursor = after == null ? null : parseCursor(open(after));
  const meetings = createMeetings({ isSearch: text !== null, met: cursor?.met ?? '' });
  const entries: Entry[] = [];
  let place: Place | null = cursor?.place ?? startOf(DOMAINS[0], wanted);
  for (let read = 0; place && entries.length < wanted && read < MAX_READS; read += 1) {
    const page = await ports[place.domain].list({ search: text, first: place.size, after: place.after }, call);
    const taken = await takeFrom(page, place, wanted - entries.length, { identities, rows, meetings });
    entries.push(...taken.entries);
    place = taken.offset < page.parties.length ? { ...place, offset: taken.offset } : nextPage(place, page, wanted);
  }
  const connection = toConnection({
    nodes: entries.map((entry) => entry.customer),
    cursors: entries.map((entry) => seal(entry.cursor)),
    hasNextPage: place !== null,
    hasPreviousPage: after != null,
  });
  // Behind those that were passed over too, so that a page without customers still leads on.
  return place ? withEnd(connection, seal(toCursor(place, meetings))) : connection;
}

/** Works out whose the next records are, as many as are wanted at a time, until there are enough or the page ends. */
async function takeFrom(
  page: PartyListAnswer,
  place: Place,
  wanted: number,
  { identities, rows, meetings }: { identities: Identities; rows: CustomerRows; meetings: Meetings },
): Promise<{ entries: Entry[]; offset: number }> {
  const entries: Entry[] = [];
  let { offset } = place;
  while (offset < page.parties.length && entries.length < wanted) {
    const parties = page.parties.slice(offset, offset + wanted - entries.length);
    const customers = await identities.ofParties(parties);
    const seen = await Promise.all(customers.map((customer) => customer && rows.sees(customer)));
    for (const [index, customer] of customers.entries()) {
      offset += 1;
      if (!customer || !seen[index] || !meetings.isFirst(checkComplete(customer), parties[index]!)) continue;
      entries.push({ customer, cursor: toCursor({ ...place, offset }, meetings) });
    }
  }
  return { entries, offset };
}

/** A place counts the records that were passed over: whoever may not see them all must not read it. */
function cursorsFor({ kind }: CustomerRows, sealer: Sealer) {
  const plain = (cursor: string) => cursor;
  if (kind === 'all') return { seal: plain, open: plain };
  return {
    seal: (cursor: string) => sealer.seal('cursor', [KIND, cursor]),
    open: (cursor: string) => sealer.open('cursor', cursor)[1] ?? '',
  };
}

export function checkComplete(customer: IdentifiedCustomer): IdentifiedCustomer {
  const [missing] = customer.unavailable;
  if (missing) throw cannotTell(missing);
  return customer;
}

function startOf(domain: Domain, size: number): Place {
  return { domain, after: null, size: Math.max(size, 1), offset: 0 };
}

function nextPage({ domain }: Place, { hasNextPage, endCursor }: PartyListAnswer, size: number): Place | null {
  if (hasNextPage) return { ...startOf(domain, size), after: endCursor };
  const next = DOMAINS[DOMAINS.indexOf(domain) + 1];
  return next ? startOf(next, size) : null;
}

function withEnd<T>(connection: Connection<T>, endCursor: string): Connection<T> {
  return { ...connection, pageInfo: { ...connection.pageInfo, endCursor } };
}

const KIND = 'customers';

function toCursor({ domain, after, size, offset }: Place, meetings: Meetings): string {
  return encodeCursor(KIND, [domain, after ?? '', String(size), String(offset), meetings.met()]);
}

function parseCursor(cursor: string): { place: Place; met: string } {
  const [name, after = '', size = '', offset = '', met = ''] = decodeCursor(KIND, cursor);
  const domain = DOMAINS.find((one) => one === name);
  const isPlace = domain && /^[1-9]\d{0,2}$/.test(size) && /^\d{1,4}$/.test(offset);
  if (!isPlace) throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  return { place: { domain, after: after || null, size: Math.min(Number(size), 100), offset: Number(offset) }, met };
}
