import { type Connection, checkFirst, decodeCursor, encodeCursor, toConnection } from '../shared/connection.ts';
import type { Party } from '../shared/party.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { type CustomerListDeps, type CustomerListQuery, checkComplete, listCustomers } from './customer-list.ts';
import { type IdentifiedCustomer, referencesOf } from './model.ts';

/** Of so many customers all are worked out to search among them. */
const MAX_SEARCHED = 200;

/**
 * The customers whom the caller may see. Where the caller's rules name few, these alone are worked out, and searched
 * here: a search of the vendors' would find others, and how many these are would show in the pages.
 */
export async function listSeenCustomers(
  query: CustomerListQuery,
  deps: CustomerListDeps,
  call: CallContext,
): Promise<Connection<IdentifiedCustomer>> {
  const starts = await deps.rows.starts();
  const isSearch = !!query.search?.trim();
  if (starts === null || (isSearch && starts.length > MAX_SEARCHED)) return listCustomers(query, deps, call);
  return listFrom([...starts].sort(), query, deps);
}

const KIND = 'customers seen';

interface Found {
  customer: IdentifiedCustomer;
  start: string;
}

/** In the order of the references that lead to them, each customer at the first one. */
async function listFrom(
  starts: readonly string[],
  { search, first, after }: CustomerListQuery,
  deps: CustomerListDeps,
): Promise<Connection<IdentifiedCustomer>> {
  const wanted = checkFirst(first);
  const [last = ''] = after == null ? [] : decodeCursor(KIND, after);
  const rest = starts.filter((start) => start > last);
  const found: Found[] = [];
  // One more than asked for, to know whether the list goes on.
  for (let next = 0; next < rest.length && found.length <= wanted; next += wanted + 1) {
    const batch = await Promise.all(rest.slice(next, next + wanted + 1).map((start) => customersAt(start, deps)));
    found.push(...batch.flat().filter((one) => isFirst(one, starts) && fits(one.customer, search)));
  }
  const page = found.slice(0, wanted);
  return toConnection({
    nodes: page.map(({ customer }) => checkComplete(customer)),
    cursors: page.map(({ start }) => encodeCursor(KIND, [start])),
    hasNextPage: found.length > wanted,
    hasPreviousPage: after != null,
  });
}

async function customersAt(start: string, { identities, rows }: CustomerListDeps): Promise<Found[]> {
  const customers = await rows.read(() => identities.allByReference(start));
  return customers.map((customer) => ({ customer, start }));
}

function isFirst({ customer, start }: Found, starts: readonly string[]): boolean {
  const names = new Set([start, ...referencesOf(customer)]);
  return starts.find((one) => names.has(one)) === start;
}

/** Every word stands in a name, a mailbox, a telephone number or a tax id. */
function fits(customer: IdentifiedCustomer, search: string | null | undefined): boolean {
  const words = fold(search ?? '').split(/\s+/);
  const text = fold(customer.records.flatMap(textsOf).join('\n'));
  return words.every((word) => text.includes(word));
}

function textsOf({ displayName, firstName, lastName, legalName, emails, phones, taxIdentifiers }: Party): string[] {
  const names = [displayName, firstName, lastName, legalName].filter((name) => name !== null);
  return [...names, ...emails, ...phones, ...taxIdentifiers.map(({ value }) => value)];
}

function fold(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('pl').trim();
}
