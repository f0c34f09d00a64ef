import type { FakturowniaInvoice, FakturowniaStore } from '../../data/records.ts';
import { minorToText } from '../money.ts';

/** The attachments of a document that KSeF accepted: `gov` = what it was sent, `gov_upo` = its receipt. Null = none. */
export function createKsefFile(invoice: FakturowniaInvoice, store: FakturowniaStore, kind: string): string | null {
  const { govId, govStatus } = invoice;
  if (govStatus !== 'ok' || govId === null) return null;
  if (kind === 'gov') return invoiceXml(invoice, store);
  return kind === 'gov_upo' ? receiptXml(invoice, govId) : null;
}

/** The head of FA(3): parties, number, day and sum. The lines are left out. */
function invoiceXml(invoice: FakturowniaInvoice, store: FakturowniaStore): string {
  const seller = store.departments.get(invoice.departmentId);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/">',
    `<Podmiot1><DaneIdentyfikacyjne>${tag('NIP', seller?.taxNumber)}${tag('Nazwa', seller?.name)}</DaneIdentyfikacyjne></Podmiot1>`,
    `<Podmiot2><DaneIdentyfikacyjne>${tag('NIP', invoice.buyer.taxNumber)}${tag('Nazwa', invoice.buyer.name)}</DaneIdentyfikacyjne></Podmiot2>`,
    `<Fa>${tag('KodWaluty', invoice.currency)}${tag('P_1', invoice.issueDate)}${tag('P_2', invoice.number)}${tag('P_15', minorToText(invoice.grossMinor))}</Fa>`,
    '</Faktura>',
  ].join('');
}

function receiptXml({ govSentAt, number }: FakturowniaInvoice, govId: string): string {
  const sentAt = govSentAt === null ? null : new Date(govSentAt).toISOString();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Potwierdzenie xmlns="http://upo.schematy.mf.gov.pl/KSeF/v4-3">',
    `<Dokument>${tag('NumerKSeFDokumentu', govId)}${tag('NumerFaktury', number)}${tag('DataPrzeslania', sentAt)}</Dokument>`,
    '</Potwierdzenie>',
  ].join('');
}

function tag(name: string, text: string | null | undefined): string {
  return text === null || text === undefined ? '' : `<${name}>${escapeXml(text)}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
