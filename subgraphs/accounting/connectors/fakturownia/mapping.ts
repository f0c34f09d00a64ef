import { Big, type Money, money } from '../../../shared/money.ts';
import { normaliseEmail } from '../../../shared/normalise.ts';
import { formatReference } from '../../../shared/reference.ts';
import type {
  DocumentFormat,
  FxRate,
  Invoice,
  InvoiceLine,
  InvoiceTotals,
  PrintedParty,
  VatMethod,
} from '../../model.ts';
import { orderNumbersIn, splitOrderNumbers } from '../../order-numbers.ts';
import { toKind, toStatus } from './kinds.ts';
import { isRetailBuyer, type MappingContext, toSource } from './mapping-context.ts';
import { toKsef } from './mapping-ksef.ts';
import { toPayment } from './mapping-payment.ts';
import { toVatRate } from './mapping-vat.ts';
import { type InvoicePayload, isSet, type PositionPayload } from './payloads.ts';
import { toAddress, toCurrency, toDay, toDecimal, toMoney, toTaxId, toText } from './values.ts';

export function toInvoice(payload: InvoicePayload, context: MappingContext): Invoice {
  const source = context.config.name;
  const kind = toKind(payload);
  const currency = toCurrency(payload.currency);
  const reference = (id: number) => formatReference(source, 'invoice', id);
  const oid = splitOrderNumbers(payload.oid);
  const ksef = toKsef(payload, kind);
  const origin = payload.from_invoice_id ?? payload.invoice_id ?? null;
  const isCorrection = kind === 'CORRECTION';
  return {
    id: reference(payload.id),
    number: payload.number,
    kind,
    kindRaw: payload.kind,
    status: toStatus(payload),
    statusRaw: isSet(payload.cancelled) ? 'cancelled' : toText(payload.status),
    issueDate: payload.issue_date.slice(0, 10),
    saleDate: toDay(payload.sell_date),
    dueDate: toDay(payload.payment_to),
    paidAt: payload.status === 'paid' ? toDay(payload.paid_date) : null,
    currency,
    clientId: payload.client_id == null ? null : String(payload.client_id),
    isRetail: isRetailBuyer(payload, context.config),
    buyer: toBuyer(payload),
    seller: toSeller(payload),
    // What a remark says counts where the field for it is empty.
    orderNumbers: oid.length > 0 ? oid : orderNumbersIn(payload.description),
    lines: (payload.positions ?? []).map((position, index) => toLine(position, index, payload, currency)),
    vatMethod: toVatMethod(payload),
    totals: toTotals(payload, currency),
    fx: toFx(payload, currency),
    correctsId: isCorrection && origin !== null ? reference(origin) : null,
    madeFromId: !isCorrection && origin !== null ? reference(origin) : null,
    advanceIds: kind === 'FINAL' ? (payload.invoice_ids ?? []).map(reference) : [],
    correctionReason: toText(payload.correction_reason),
    ksef,
    splitPaymentMarked: payload.split_payment == null ? null : isSet(payload.split_payment),
    formats: toFormats(ksef?.status ?? null),
    payments: payload.connected_payments?.map((payment) => toPayment(payment, context)) ?? null,
    source: toSource(payload, context),
  };
}

function toFormats(ksefStatus: string | null): DocumentFormat[] {
  return ksefStatus === 'ACCEPTED' ? ['PDF', 'XML', 'UPO'] : ['PDF'];
}

function toBuyer(payload: InvoicePayload): PrintedParty {
  const name = toText(payload.buyer_name);
  return {
    name,
    taxId: toTaxId(payload.buyer_tax_no, payload.buyer_tax_no_kind),
    address: toAddress({
      name,
      street: payload.buyer_street,
      postCode: payload.buyer_post_code,
      city: payload.buyer_city,
      country: payload.buyer_country,
    }),
    // Several may stand there: the first one is whom the document was sent to.
    email: normaliseEmail((payload.buyer_email ?? '').split(/[,;\s]+/).find((part) => part !== '')),
  };
}

function toSeller(payload: InvoicePayload): PrintedParty {
  const name = toText(payload.seller_name);
  return {
    name,
    taxId: toTaxId(payload.seller_tax_no, payload.seller_tax_no_kind),
    address: toAddress({
      name,
      street: payload.seller_street,
      postCode: payload.seller_post_code,
      city: payload.seller_city,
      country: payload.seller_country,
    }),
    email: normaliseEmail(payload.seller_email),
  };
}

function toLine(position: PositionPayload, index: number, document: InvoicePayload, currency: string): InvoiceLine {
  const net = toMoney(position.total_price_net, currency);
  const gross = toMoney(position.total_price_gross, currency);
  const tax = toDecimal(position.total_price_tax);
  return {
    id: String(position.id ?? index + 1),
    sku: toText(position.code),
    name: toText(position.name) ?? '',
    quantity: toDecimal(position.quantity) ?? '1',
    unit: toText(position.quantity_unit),
    unitPriceNet: toDecimal(position.price_net),
    vatRate: toVatRate(position.tax, document),
    net,
    vat: tax === null ? difference(gross, net) : money(tax, currency),
    gross,
  };
}

function toTotals(payload: InvoicePayload, currency: string): InvoiceTotals {
  const net = toMoney(payload.price_net, currency);
  const gross = toMoney(payload.price_gross, currency);
  const tax = toDecimal(payload.price_tax);
  return {
    net,
    vat: tax === null ? difference(gross, net) : money(tax, currency),
    gross,
    paid: toPaid(payload, gross),
  };
}

/**
 * A document that somebody marked as paid may have no sum for it; a correction that takes away says nothing by that. What
 * was given back on one is written without a sign.
 */
function toPaid({ paid, status }: InvoicePayload, gross: Money): Money {
  const written = new Big(toDecimal(paid) ?? '0');
  const takesAway = new Big(gross.amount).lt('0');
  if (written.eq('0') && status === 'paid' && !takesAway) return gross;
  return money(takesAway && written.gt('0') ? written.times('-1') : written, gross.currency);
}

const VAT_METHODS: ReadonlyMap<string, VatMethod> = new Map([
  ['sum', 'PER_LINE'],
  ['keep_net', 'NET_SUM'],
  ['keep_gross', 'GROSS'],
]);

function toVatMethod({ calculating_strategy }: InvoicePayload): VatMethod | null {
  return VAT_METHODS.get(calculating_strategy?.sum ?? '') ?? null;
}

/** "Tabela nr 210/A/NBP/2026 z dnia 2026-10-29" */
function toFx(payload: InvoicePayload, currency: string): FxRate | null {
  const rate = toDecimal(payload.exchange_currency_rate);
  const to = toText(payload.exchange_currency);
  if (rate === null || to === null || toCurrency(to) === currency) return null;
  const note = payload.exchange_note ?? '';
  return {
    from: currency,
    to: toCurrency(to),
    rate,
    table: /\b\d{1,3}\/[ABC]\/NBP\/\d{4}\b/.exec(note)?.[0] ?? null,
    date: /\b\d{4}-\d{2}-\d{2}\b/.exec(note)?.[0] ?? null,
  };
}

function difference(gross: Money, net: Money): Money {
  return money(new Big(gross.amount).minus(net.amount), gross.currency);
}
