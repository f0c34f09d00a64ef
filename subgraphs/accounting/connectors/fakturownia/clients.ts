import { taxIdKey } from '../../../shared/normalise.ts';
import { parseReference } from '../../../shared/reference.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Client } from '../../model.ts';
import type { AccountingSource } from '../../source.ts';
import type { FakturowniaApi } from './api.ts';
import type { FullFakturowniaConfig } from './config.ts';
import { isId } from './ids.ts';
import { toClient } from './mapping-client.ts';
import type { MappingContext } from './mapping-context.ts';
import { taxNumberSpellings } from './tax-number.ts';

type ClientReads = Pick<
  AccountingSource,
  'clientsByIds' | 'clientsByEmails' | 'clientsByTaxIds' | 'clientsByExternalReferences'
>;

interface ClientReadsDeps {
  api: FakturowniaApi;
  config: FullFakturowniaConfig;
  mapping(): MappingContext;
}

/** One call for each id or value: the vendor takes a single one. Hits are checked against the client's own fields. */
export function createClientReads({ api, config, mapping }: ClientReadsDeps): ClientReads {
  async function search(operation: string, params: Record<string, string>, context: CallContext): Promise<Client[]> {
    const payloads = await api.clients(operation, params, context);
    return payloads.map((payload) => toClient(payload, mapping()));
  }

  async function byTaxId(key: string, context: CallContext): Promise<Client[]> {
    const found = await Promise.all(
      taxNumberSpellings(key).map((tax_no) => search('clients.by_tax_id', { tax_no }, context)),
    );
    return distinct(found.flat()).filter(({ taxId }) => taxId !== null && taxIdKey(taxId) === key);
  }

  /** Records of a system that the clients do not point at are nobody's, without asking. */
  async function byExternalReference(reference: string, context: CallContext): Promise<Client[]> {
    const parsed = parseReference(reference);
    if (!parsed || `${parsed.source}:${parsed.type}` !== config.externalIdReference) return [];
    const found = await search('clients.by_external_id', { external_id: parsed.remoteId }, context);
    return found.filter(({ externalReference }) => externalReference === reference);
  }

  return {
    clientsByIds: (ids, context) =>
      Promise.all(
        ids.map(async (id) => {
          const payload = isId(id) ? await api.client(id, context) : null;
          return payload && toClient(payload, mapping());
        }),
      ),
    clientsByEmails: (emails, context) =>
      Promise.all(
        emails.map(async (email) => {
          const found = await search('clients.by_email', { email }, context);
          return found.filter((client) => client.emails.includes(email));
        }),
      ),
    clientsByTaxIds: (keys, context) => Promise.all(keys.map((key) => byTaxId(key, context))),
    clientsByExternalReferences: (references, context) =>
      Promise.all(references.map((reference) => byExternalReference(reference, context))),
  };
}

function distinct(clients: readonly Client[]): Client[] {
  return [...new Map(clients.map((client) => [client.id, client])).values()];
}
