import type { FakturowniaBuyer, FakturowniaInvoice, FakturowniaStore } from '../../data/records.ts';
import { minorToCommaText, minorToText } from '../money.ts';
import { timestamp, yesNo } from './formats.ts';
import { renderPayment } from './render-payment.ts';
import { renderPosition } from './render-position.ts';

type Json = Record<string, unknown>;

export interface InvoiceView {
  withPositions: boolean;
  /** Positions of a correction with their states before and after it. */
  fullCorrections: boolean;
  /** `additional_fields[invoice]` */
  additional: readonly string[];
  /** `fields[invoice]`; empty = all. */
  fields: readonly string[];
  /** The company's today: what is overdue depends on it. */
  today: string;
}

export function renderInvoice(invoice: FakturowniaInvoice, store: FakturowniaStore, view: InvoiceView): Json {
  const rendered: Json = {
    ...renderHead(invoice),
    ...renderSums(invoice),
    ...renderSeller(invoice, store),
    ...renderBuyer(invoice.buyer),
    ...renderRecipient(invoice),
    ...renderLinks(invoice),
    ...renderKsef(invoice),
    'overdue?': isOverdue(invoice, view.today),
    created_at: timestamp(invoice.createdAt),
    updated_at: timestamp(invoice.updatedAt),
    ...(view.withPositions ? { positions: renderPositions(invoice, view) } : {}),
    ...renderAdditional(invoice, store, view.additional),
  };
  if (view.fields.length === 0) return rendered;
  return Object.fromEntries(view.fields.filter((name) => name in rendered).map((name) => [name, rendered[name]]));
}

function renderHead(invoice: FakturowniaInvoice): Json {
  return {
    id: invoice.id,
    number: invoice.number,
    kind: invoice.kind,
    income: '1',
    place: 'Warszawa',
    issue_date: invoice.issueDate,
    sell_date: invoice.sellDate,
    payment_to: invoice.dueDate,
    paid_date: invoice.paidDate,
    status: invoice.status,
    cancelled: invoice.cancelled,
    payment_type: invoice.paymentType,
    lang: invoice.buyer.country === null || invoice.buyer.country === 'PL' ? 'pl' : 'pl/en',
    oid: invoice.oid,
    description: invoice.description,
    internal_note: null,
    split_payment: yesNo(invoice.splitPayment),
    exempt_tax_kind: invoice.exemptTaxKind,
    np_tax_kind: invoice.npTaxKind,
    reverse_charge: invoice.positions.some((position) => position.vat === 'oo'),
    token: `sandbox${invoice.id.toString(36)}`,
    view_url: `/invoice/sandbox${invoice.id.toString(36)}`,
  };
}

/** Sums of the document have a dot; what was paid has a comma. Both occur at the vendor's. */
function renderSums(invoice: FakturowniaInvoice): Json {
  const { currency, exchangeRate } = invoice;
  return {
    currency,
    price_net: minorToText(invoice.netMinor),
    price_tax: minorToText(invoice.vatMinor),
    price_gross: minorToText(invoice.grossMinor),
    paid: minorToCommaText(invoice.paidMinor),
    exchange_currency: exchangeRate === null ? null : 'PLN',
    exchange_kind: exchangeRate === null ? null : 'nbp',
    exchange_currency_rate: exchangeRate === null ? null : (exchangeRate / 10_000).toFixed(4),
    exchange_note: invoice.exchangeNote,
    price_tax_pln: invoice.vatPlnMinor === null ? null : minorToText(invoice.vatPlnMinor),
  };
}

function renderSeller({ departmentId }: FakturowniaInvoice, store: FakturowniaStore): Json {
  const department = store.departments.get(departmentId);
  return {
    department_id: departmentId,
    seller_name: department?.name ?? '',
    seller_tax_no: department?.taxNumber ?? '',
    seller_street: department?.street ?? '',
    seller_post_code: department?.postCode ?? '',
    seller_city: department?.city ?? '',
    seller_country: 'PL',
    seller_bank_account: department?.bankAccount ?? '',
  };
}

function renderBuyer(buyer: FakturowniaBuyer): Json {
  return {
    buyer_name: buyer.name,
    buyer_tax_no: buyer.taxNumber,
    buyer_tax_no_kind: buyer.taxNumberKind,
    buyer_first_name: buyer.firstName,
    buyer_last_name: buyer.lastName,
    buyer_company: yesNo(buyer.isCompany),
    buyer_email: buyer.email,
    buyer_phone: buyer.phone,
    buyer_street: buyer.street,
    buyer_post_code: buyer.postCode,
    buyer_city: buyer.city,
    buyer_country: buyer.country,
  };
}

function renderRecipient({ recipientName }: FakturowniaInvoice): Json {
  return { recipient_id: null, recipient_name: recipientName };
}

function renderLinks(invoice: FakturowniaInvoice): Json {
  return {
    client_id: invoice.clientId,
    from_invoice_id: invoice.fromInvoiceId,
    invoice_id: invoice.kind === 'correction' ? invoice.fromInvoiceId : null,
    ...(invoice.advanceIds.length > 0 ? { invoice_ids: [...invoice.advanceIds] } : {}),
    correction_reason: invoice.correctionReason,
  };
}

/** Since KSeF 2.0 every document has these, null where it was never sent. */
function renderKsef(invoice: FakturowniaInvoice): Json {
  const { govId, govSentAt } = invoice;
  return {
    gov_status: invoice.govStatus,
    gov_id: govId,
    gov_send_date: govSentAt === null ? null : timestamp(govSentAt),
    gov_verification_link: govId === null ? null : `https://ksef.mf.gov.pl/web/verify/${govId}`,
    gov_error_messages: [...invoice.govErrors],
    gov_corrected_invoice_number: invoice.govCorrectedNumber,
  };
}

function isOverdue(invoice: FakturowniaInvoice, today: string): boolean {
  const isOpen = invoice.status !== 'paid' && !invoice.cancelled && invoice.kind !== 'proforma';
  return isOpen && invoice.dueDate !== null && invoice.dueDate < today;
}

function renderPositions(invoice: FakturowniaInvoice, view: InvoiceView): Json[] {
  return invoice.positions.map((position) => renderPosition(position, invoice.kind, view.fullCorrections));
}

function renderAdditional(invoice: FakturowniaInvoice, store: FakturowniaStore, names: readonly string[]): Json {
  const known: Readonly<Record<string, () => unknown>> = {
    connected_payments: () => paymentsOf(invoice, store),
    corrected_content_before: () => null,
    corrected_content_after: () => null,
    cancel_reason: () => null,
  };
  return Object.fromEntries(names.filter((name) => name in known).map((name) => [name, known[name]?.()]));
}

function paymentsOf(invoice: FakturowniaInvoice, store: FakturowniaStore): Json[] {
  const ids = store.paymentsByInvoice.get(invoice.id) ?? [];
  return ids.flatMap((id) => store.payments.get(id) ?? []).map((payment) => renderPayment(payment, store, false));
}
