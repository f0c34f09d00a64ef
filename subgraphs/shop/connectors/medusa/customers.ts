import type { CallContext } from '../../../shared/upstream/context.ts';
import { chunksOf } from '../../batches.ts';
import type { ShopCustomer } from '../../model.ts';
import { readByOffset } from '../../offset-list.ts';
import type { ShopSource } from '../../source.ts';
import { listParam, type MedusaApi, PAGE_SIZE, type Query } from './api.ts';
import type { FullMedusaConfig } from './config.ts';
import type { MappingContext } from './mapping-context.ts';
import { isGuestRow, toCustomer } from './mapping-party.ts';
import { CUSTOMER_FIELDS, type CustomerPayload, customerPayload } from './payloads.ts';
import { phoneWords } from './search-text.ts';

/** A search reads at most 1,000 hits. */
const SEARCH_BOUNDS = { filter: 'search', maxPages: 10 };

interface CustomerReadsDeps {
  api: MedusaApi;
  config: FullMedusaConfig;
  mapping(): MappingContext;
}

type CustomerReads = Pick<ShopSource, 'customersByIds' | 'customersByEmails' | 'customersByPhones' | 'listCustomers'>;

export function createCustomerReads({ api, config, mapping }: CustomerReadsDeps): CustomerReads {
  const toAccounts = (payloads: readonly CustomerPayload[]): ShopCustomer[] =>
    payloads.filter((payload) => !isGuestRow(payload, config)).map((payload) => toCustomer(payload, mapping()));

  async function readBatches(
    name: 'id' | 'email',
    values: readonly string[],
    context: CallContext,
  ): Promise<ShopCustomer[]> {
    const pages = await Promise.all(
      chunksOf(values, PAGE_SIZE).map((chunk) => {
        // Two customers, one with an account and one without, may have one e-mail.
        const query: Query = [...listParam(name, chunk), ['limit', 2 * PAGE_SIZE], ['fields', CUSTOMER_FIELDS]];
        return api.list(
          { operation: `customers.by_${name}s`, path: 'customers', item: customerPayload, query },
          context,
        );
      }),
    );
    return toAccounts(pages.flatMap(({ items }) => items));
  }

  async function search(text: string, context: CallContext): Promise<ShopCustomer[]> {
    const query: Query = [
      ['q', text],
      ['fields', CUSTOMER_FIELDS],
    ];
    const call = { operation: 'customers.search', path: 'customers' as const, item: customerPayload, query };
    return toAccounts(await api.listAll(call, SEARCH_BOUNDS, context));
  }

  return {
    customersByIds: async (ids, context) => {
      const found = new Map((await readBatches('id', ids, context)).map((customer) => [customer.id, customer]));
      return ids.map((id) => found.get(id) ?? null);
    },

    /** The filter compares exactly, so "Anna@firma.pl" is found by a search alone: one call an e-mail. */
    customersByEmails: async (emails, context) => {
      const has = (email: string) => (customer: ShopCustomer) => customer.accountEmail === email;
      if (config.mixedCaseEmails) {
        return Promise.all(emails.map(async (email) => (await search(email, context)).filter(has(email))));
      }
      const found = await readBatches('email', emails, context);
      return emails.map((email) => found.filter(has(email)));
    },

    customersByPhones: (phones, context) =>
      Promise.all(
        phones.map(async (phone) =>
          (await search(phoneWords(phone), context)).filter(({ details }) => details.phones.includes(phone)),
        ),
      ),

    /** By ascending id, which grows with time: new accounts come at the end and a cursor by offset stays right. */
    listCustomers: ({ search: text, first, after }, context) => {
      const asked: Query = [
        ['q', text ?? undefined],
        ['order', 'id'],
        ['limit', first],
        ['fields', CUSTOMER_FIELDS],
      ];
      const call = { operation: 'customers.list', path: 'customers' as const, item: customerPayload };
      return readByOffset({
        first,
        after,
        read: (offset) => api.list({ ...call, query: [...asked, ['offset', offset]] }, context),
        toNode: (payload) => toAccounts([payload])[0] ?? null,
      });
    },
  };
}
