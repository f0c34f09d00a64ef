import type { UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { AccountingSource } from '../../source.ts';
import { createFakturowniaApi } from './api.ts';
import { createClientList } from './client-list.ts';
import { createClientReads } from './clients.ts';
import { type FakturowniaConfig, fakturowniaConfigSchema } from './config.ts';
import { createCorrectionReads } from './corrections.ts';
import { createInvoiceChanges } from './invoice-changes.ts';
import { createInvoiceReads } from './invoices.ts';
import { createKsefSearch } from './ksef-search.ts';
import { createInvoiceList } from './list-invoices.ts';
import { VENDOR } from './mapping-context.ts';
import { createPaymentReads } from './payments.ts';
import { createProductReads } from './products.ts';

/** Fakturownia as a source of the domain. It only reads; see NOTES.md for what the vendor does otherwise. */
export function createFakturowniaSource(settings: FakturowniaConfig, deps: UpstreamClientDeps = {}): AccountingSource {
  const config = fakturowniaConfigSchema.parse(settings);
  const api = createFakturowniaApi(config, deps);
  const mapping = () => ({ config, fetchedAt: new Date().toISOString() });
  const invoiceList = createInvoiceList({ api, mapping });
  return {
    name: config.name,
    vendor: VENDOR,
    ...createInvoiceReads({ api, mapping }),
    ...invoiceList,
    invoiceChanges: createInvoiceChanges(invoiceList),
    ...createKsefSearch({ api, config, mapping }),
    ...createCorrectionReads({ api, mapping }),
    ...createPaymentReads({ api, mapping }),
    ...createClientReads({ api, config, mapping }),
    ...createClientList({ api, mapping }),
    ...createProductReads(api, config),
    document: (invoiceId, format, context) => api.document(invoiceId, format, context),
    close: () => api.close(),
  };
}
