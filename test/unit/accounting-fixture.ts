import type { Invoice, InvoiceLine } from '../../subgraphs/accounting/model.ts';
import { money } from '../../subgraphs/shared/money.ts';

interface Values extends Partial<Omit<Invoice, 'id' | 'totals'>> {
  gross?: string;
  paid?: string;
}

/** A document of 100.00 PLN, due on 23 October 2026. */
export function invoice(id: number, { gross = '100', paid = '0', ...values }: Values = {}): Invoice {
  const currency = values.currency ?? 'PLN';
  const nobody = { name: null, taxId: null, address: null, email: null };
  return {
    id: `fakturownia:invoice:${id}`,
    number: `FV/${id}`,
    kind: 'INVOICE',
    kindRaw: 'vat',
    status: 'ISSUED',
    statusRaw: 'issued',
    issueDate: '2026-10-16',
    saleDate: null,
    dueDate: '2026-10-23',
    paidAt: null,
    currency,
    clientId: '1',
    isRetail: false,
    buyer: nobody,
    seller: nobody,
    orderNumbers: [],
    lines: [],
    vatMethod: null,
    totals: {
      net: money('0', currency),
      vat: money('0', currency),
      gross: money(gross, currency),
      paid: money(paid, currency),
    },
    fx: null,
    correctsId: null,
    madeFromId: null,
    advanceIds: [],
    correctionReason: null,
    ksef: null,
    splitPaymentMarked: null,
    formats: ['PDF'],
    payments: null,
    source: {
      system: 'ACCOUNTING',
      source: 'fakturownia',
      vendor: 'fakturownia',
      remoteId: String(id),
      url: null,
      fetchedAt: '2026-11-02T09:00:00.000Z',
      sourceUpdatedAt: null,
      stale: false,
    },
    ...values,
  };
}

export function correction(id: number, of: number, values: Values = {}): Invoice {
  return invoice(id, { kind: 'CORRECTION', correctsId: `fakturownia:invoice:${of}`, ...values });
}

export function line(code: string, net: string, vat: string, gross: string): InvoiceLine {
  const isPercent = /^\d+$/.test(code);
  return {
    id: '1',
    sku: null,
    name: 'Kawa',
    quantity: '1',
    unit: null,
    unitPriceNet: null,
    vatRate: { code, kind: isPercent ? 'STANDARD' : 'EXEMPT', percent: isPercent ? code : null, country: 'PL' },
    net: money(net, 'PLN'),
    vat: money(vat, 'PLN'),
    gross: money(gross, 'PLN'),
  };
}
