import { CodedError } from '../../../../common/errors.ts';
import type { SourcePage } from '../../../shared/connection.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Client } from '../../model.ts';
import type { AccountingSource, ClientQuery } from '../../source.ts';
import { type FakturowniaApi, PAGE_SIZE } from './api.ts';
import { toClient } from './mapping-client.ts';
import type { MappingContext } from './mapping-context.ts';

interface ClientListDeps {
  api: FakturowniaApi;
  mapping(): MappingContext;
}

/** How many pages of clients are looked through for a word. */
const MAX_SEARCHED_PAGES = 10;

/** All clients page by page, the latest first; or those in which a word stands. */
export function createClientList({ api, mapping }: ClientListDeps): Pick<AccountingSource, 'listClients'> {
  async function readPage(page: number, context: CallContext): Promise<{ clients: Client[]; isLast: boolean }> {
    const payloads = await api.clients('clients.list', { page }, context);
    const clients = payloads.map((payload) => toClient(payload, mapping()));
    return { clients, isLast: payloads.length < PAGE_SIZE };
  }

  async function listAll({ first, after }: ClientQuery, context: CallContext): Promise<SourcePage<Client>> {
    const offset = toOffset(after);
    const clients: Client[] = [];
    let page = Math.floor(offset / PAGE_SIZE);
    let isLast = false;
    const wanted = (offset % PAGE_SIZE) + first;
    while (clients.length < wanted && !isLast) {
      page += 1;
      const read = await readPage(page, context);
      clients.push(...read.clients);
      isLast = read.isLast;
    }
    return toPage(clients.slice(offset % PAGE_SIZE), offset, first, !isLast);
  }

  /**
   * The vendor compares whole fields: an exact name, short name, e-mail or tax number is found among any number of
   * clients, a part of one among the latest thousand.
   */
  async function search(
    text: string,
    { first, after }: ClientQuery,
    context: CallContext,
  ): Promise<SourcePage<Client>> {
    const exact = await Promise.all(
      exactFilters(text).map(async (params) => api.clients('clients.search', params, context)),
    );
    const found = new Map(exact.flat().map((payload) => [payload.id, toClient(payload, mapping())]));
    for (let page = 1; page <= MAX_SEARCHED_PAGES; page += 1) {
      const { clients, isLast } = await readPage(page, context);
      for (const client of clients) if (contains(client, text)) found.set(Number(client.id), client);
      if (isLast) break;
    }
    const offset = toOffset(after);
    return toPage([...found.values()].slice(offset), offset, first, false);
  }

  return {
    listClients: (query, context) =>
      query.search === null ? listAll(query, context) : search(query.search.trim(), query, context),
  };
}

function exactFilters(text: string): Record<string, string>[] {
  if (text.includes('@')) return [{ email: text.toLowerCase() }];
  const digits = text.replace(/[\s-]/g, '').replace(/^PL/i, '');
  return /^\d{10}$/.test(digits) ? [{ tax_no: digits }] : [{ name: text }, { shortcut: text }];
}

function contains({ name, emails, taxId }: Client, text: string): boolean {
  const word = text.toLocaleLowerCase('pl');
  const fields = [name ?? '', ...emails, taxId?.value ?? ''];
  return fields.some((field) => field.toLocaleLowerCase('pl').includes(word));
}

function toPage(rest: readonly Client[], offset: number, first: number, hasMore: boolean): SourcePage<Client> {
  const items = rest.slice(0, first).map((node, index) => ({ node, position: String(offset + index + 1) }));
  return { items, hasNextPage: rest.length > first || hasMore };
}

function toOffset(position: string | null): number {
  if (position === null) return 0;
  if (!/^\d{1,9}$/.test(position)) {
    throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  }
  return Number(position);
}
