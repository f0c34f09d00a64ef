import { CodedError } from '../../../../common/errors.ts';
import { parseKsefNumber } from '../../ksef-number.ts';
import type { Invoice } from '../../model.ts';
import type { AccountingSource } from '../../source.ts';
import { type FakturowniaApi, PAGE_SIZE } from './api.ts';
import type { FullFakturowniaConfig } from './config.ts';
import { toInvoice } from './mapping.ts';
import { type MappingContext, VENDOR } from './mapping-context.ts';
import type { InvoicePayload } from './payloads.ts';

const MAX_PAGES = 10;

interface KsefSearchDeps {
  api: FakturowniaApi;
  config: FullFakturowniaConfig;
  mapping(): MappingContext;
}

/**
 * The filter `gov_id` came in 2026 and may not be everywhere: where it is ignored, documents of other numbers come.
 * Then those issued before the number was given are looked through, the latest first: a document is issued on the day on
 * which KSeF accepts it, or some days before.
 */
export function createKsefSearch({
  api,
  config,
  mapping,
}: KsefSearchDeps): Pick<AccountingSource, 'invoiceByKsefNumber'> {
  return {
    invoiceByKsefNumber: async (number, context) => {
      const has = ({ gov_id }: InvoicePayload) => gov_id?.toUpperCase() === number;
      const toHit = (payload: InvoicePayload): Invoice => toInvoice(payload, mapping());
      const { items } = await api.invoices('invoices.by_ksef', { gov_id: number, per_page: 2 }, context);
      const hit = items.find(has);
      if (hit || items.length === 0) return hit ? toHit(hit) : null;
      const until = dayAfter(parseKsefNumber(number)!.acceptedOn);
      const params = { period: 'more', date_from: '0001-01-01', date_to: until, order: 'issue_date.desc' };
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const { items: scanned, isLast } = await api.invoices('invoices.scan_ksef', { ...params, page }, context);
        const found = scanned.find(has);
        if (found) return toHit(found);
        if (isLast) return null;
      }
      throw notFoundInTime(config.name);
    },
  };
}

function notFoundInTime(source: string): CodedError {
  const message =
    `${source} (${VENDOR}): the vendor did not filter by KSeF number; ${MAX_PAGES * PAGE_SIZE} documents before ` +
    'the day in the number were checked, and more are left';
  return new CodedError('FILTER_NOT_SUPPORTED', message, { details: { source, vendor: VENDOR } });
}

/** For documents around midnight. */
function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
