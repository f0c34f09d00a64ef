import type { FakturowniaInvoice } from '../../data/records.ts';
import { minorToText } from '../money.ts';
import type { Routes } from './accounting.ts';
import { notFound } from './errors.ts';
import { invoiceFilters, listInvoices } from './invoice-list.ts';
import { changeStatus, updateInvoice } from './invoice-update.ts';
import { createKsefFile } from './ksef-file.ts';
import { createPdf } from './pdf.ts';
import { bracketList, existing, type IdParams, pageOf, queryOf, takePage } from './query.ts';
import { renderInvoice } from './render-invoice.ts';

export const useInvoiceRoutes: Routes = (app, accounting) => {
  const { store, clock, sorted } = accounting;

  app.get('/invoices.json', async (request) => {
    const query = queryOf(request);
    const found = listInvoices(store, sorted, invoiceFilters(query, clock.today()));
    const withPositions = query.get('include_positions') === 'true';
    const view = {
      withPositions,
      fullCorrections: false,
      additional: [],
      fields: fieldsOf(query),
      today: clock.today(),
    };
    return takePage(found, pageOf(query)).map((invoice) => renderInvoice(invoice, store, view));
  });

  app.get<{ Params: IdParams }>('/invoices/:id.json', async (request) => {
    const query = queryOf(request);
    const invoice = existing(store.invoices, request.params.id);
    return renderInvoice(invoice, store, {
      withPositions: true,
      fullCorrections: query.get('correction_positions') === 'full',
      additional: bracketList(query, 'additional_fields[invoice]'),
      fields: fieldsOf(query),
      today: clock.today(),
    });
  });

  app.get<{ Params: IdParams }>('/invoices/:id.pdf', async (request, reply) => {
    const invoice = existing(store.invoices, request.params.id);
    const fileName = `${invoice.number.replace(/[^\w-]+/g, '_')}.pdf`;
    reply.type('application/pdf').header('content-disposition', `attachment; filename="${fileName}"`);
    return createPdf(pdfLines(invoice));
  });

  // What KSeF was sent, and its receipt; neither is there before KSeF has accepted the document.
  app.get<{ Params: IdParams }>('/invoices/:id/attachment', async (request, reply) => {
    const invoice = existing(store.invoices, request.params.id);
    const file = createKsefFile(invoice, store, queryOf(request).get('kind') ?? '');
    if (file === null) throw notFound();
    return reply.type('text/xml; charset=UTF-8').send(file);
  });

  app.put<{ Params: IdParams }>('/invoices/:id.json', async (request) => {
    return shown(updateInvoice(accounting, existing(store.invoices, request.params.id), request.body));
  });

  app.post<{ Params: IdParams }>('/invoices/:id/change_status.json', async (request) => {
    const status = queryOf(request).get('status');
    return shown(changeStatus(accounting, existing(store.invoices, request.params.id), status));
  });

  // The vendor answers 200 also when it sends nothing: a document without its KSeF number may not leave.
  app.post<{ Params: IdParams }>('/invoices/:id/send_by_email.json', async (request) => {
    const invoice = existing(store.invoices, request.params.id);
    const waits = invoice.govStatus !== null && !['ok', 'not_applicable'].includes(invoice.govStatus);
    if (waits) return { status: 'error', message: 'The invoice has no KSeF number yet and was not sent' };
    return { status: 'ok', message: 'The invoice was sent' };
  });

  function shown(invoice: FakturowniaInvoice): Record<string, unknown> {
    const view = { withPositions: true, fullCorrections: false, additional: [], fields: [], today: clock.today() };
    return renderInvoice(invoice, store, view);
  }
};

function fieldsOf(query: URLSearchParams): string[] {
  return bracketList(query, 'fields[invoice]');
}

function pdfLines(invoice: FakturowniaInvoice): string[] {
  return [
    `Faktura ${invoice.number}`,
    `Data wystawienia: ${invoice.issueDate}`,
    `Nabywca: ${invoice.buyer.name}`,
    `Razem: ${minorToText(invoice.grossMinor)} ${invoice.currency}`,
  ];
}
