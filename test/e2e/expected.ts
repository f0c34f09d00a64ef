import type { Dataset } from '../../sandbox/data/dataset.ts';
import type { FakturowniaInvoice, WooOrder } from '../../sandbox/data/records.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { minorToText } from '../../sandbox/server/money.ts';

/** What the systems themselves hold of a truth customer: read off their stores, past every server and mapping. */
export interface Expected {
  /** Order id to `gross, number of lines`. */
  orders: Map<string, string>;
  /** Invoice id to its gross. */
  invoices: Map<string, string>;
}

export function expectedOf(dataset: Dataset, { references, orderNumbers }: TruthCustomer): Expected {
  const idsOf = (prefix: string) =>
    references.filter((reference) => reference.startsWith(prefix)).map((reference) => Number(reference.split(':')[2]));
  const { woo, fakturownia } = dataset;
  const orderIds = new Set([
    ...idsOf('woo:customer:').flatMap((id) => woo.ordersByCustomer.get(id) ?? []),
    ...orderNumbers.flatMap((number) => woo.orderByNumber.get(number) ?? []),
  ]);
  const invoiceIds = idsOf('fakturownia:client:').flatMap((id) => fakturownia.invoicesByClient.get(id) ?? []);
  return {
    orders: new Map([...orderIds].map((id) => [`woo:order:${id}`, summaryOfOrder(woo.orders.get(id)!)])),
    invoices: new Map(
      invoiceIds.map((id) => [`fakturownia:invoice:${id}`, summaryOfInvoice(fakturownia.invoices.get(id)!)]),
    ),
  };
}

function summaryOfOrder({ number, totalMinor, currency, lines }: WooOrder): string {
  return `${number}: ${minorToText(totalMinor)} ${currency}, ${lines.length} lines`;
}

function summaryOfInvoice({ number, grossMinor, currency }: FakturowniaInvoice): string {
  return `${number}: ${minorToText(grossMinor)} ${currency}`;
}
