import { CodedError } from '../../../../common/errors.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { AccountingSource, DocumentChunk } from '../../source.ts';
import { type FakturowniaApi, PAGE_SIZE, type Params } from './api.ts';
import { toInvoice } from './mapping.ts';
import type { MappingContext } from './mapping-context.ts';
import type { InvoicePayload } from './payloads.ts';

interface CorrectionReadsDeps {
  api: FakturowniaApi;
  mapping(): MappingContext;
}

/** Corrections of one client since one day; a client with more has to be looked at in the accounting itself. */
const MAX_PAGES = 20;

/** The vendor has no filter by the corrected document, only by kind, client and day. */
export function createCorrectionReads({
  api,
  mapping,
}: CorrectionReadsDeps): Pick<AccountingSource, 'corrections' | 'correctionsOfClient'> {
  async function read(
    params: Params,
    isWanted: (payload: InvoicePayload) => boolean,
    context: CallContext,
  ): Promise<DocumentChunk> {
    const operation = 'invoices.corrections';
    const query = { 'kinds[]': ['correction'], order: 'issue_date.desc', ...params };
    const { items, isLast } = await api.invoices(operation, query, context);
    if (!items.every((payload) => payload.kind === 'correction' && isWanted(payload)))
      throw api.filterIgnored(operation);
    return { invoices: items.map((payload) => toInvoice(payload, mapping())), isLast };
  }

  return {
    corrections: (index, context) => read({ page: index + 1 }, () => true, context),
    correctionsOfClient: async (clientId, since, context) => {
      const params = { client_id: clientId, period: 'more', date_from: since, date_to: '9999-12-31' };
      const isTheirs = ({ client_id }: InvoicePayload) => String(client_id) === clientId;
      const found: DocumentChunk['invoices'] = [];
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const { invoices, isLast } = await read({ ...params, page }, isTheirs, context);
        found.push(...invoices);
        if (isLast) return found;
      }
      const message = `One client has more than ${MAX_PAGES * PAGE_SIZE} corrections since ${since}`;
      throw new CodedError('OPERATION_TOO_LARGE', message);
    },
  };
}
