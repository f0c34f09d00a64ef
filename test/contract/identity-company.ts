import type { Dataset } from '../../sandbox/data/dataset.ts';
import {
  addClient,
  addCompany,
  addContact,
  addInvoice,
  addOrder,
  address,
  addShopCustomer,
  emptyDataset,
} from './sandbox-fixture.ts';

const at = (day: string) => Date.parse(`${day}T10:00:00Z`);

/**
 * Palarnia: a company with the contact Anna (merged from 490), a client with the same NIP under the accountant's mailbox,
 * Anna's account in the shop, and a guest order of hers. Ewa: a private contact, unless told otherwise, and guest orders.
 * Hurtownia: a client with nothing in common with Palarnia but the mailbox of their accountant.
 */
export function palarniaDataset({ ewa: hasEwa = true } = {}): Dataset {
  const dataset = emptyDataset();
  const { hubspot, woo, fakturownia } = dataset;
  const street = { street: 'Nowa 44', city: 'Warszawa', zip: '00-001' };
  addCompany(hubspot, 77, { name: 'Palarnia Kawy Sp. z o.o.', nip: '525-244-57-67', legalForm: 'SPZOO', ...street });
  addContact(hubspot, 501, {
    email: 'anna@palarnia.pl',
    firstName: 'Anna',
    lastName: 'Nowak',
    phone: '600 100 200',
    mergedIds: [490],
  });
  hubspot.associations.link('contacts', 501, 'companies', 77);
  if (hasEwa)
    addContact(hubspot, 503, { email: 'ewa@dom.pl', firstName: 'Ewa', lastName: 'Lis', phone: '601 200 300' });
  const firm = { company: 'Palarnia Kawy', firstName: 'Anna', lastName: 'Nowak', phone: '600100200' };
  const billing = address({ ...firm, email: 'anna@palarnia.pl' });
  addShopCustomer(woo, 12, { email: 'anna@palarnia.pl', firstName: 'Anna', lastName: 'Nowak', billing });
  addOrder(woo, 1, { number: 'Z-1', customerId: 12, billing });
  addOrder(woo, 2, { billing, nip: '5252445767', createdAt: at('2026-05-01') });
  const ewa = address({ firstName: 'Ewa', lastName: 'Lis', email: 'ewa@dom.pl', phone: '601200300' });
  addOrder(woo, 3, { billing: ewa });
  addOrder(woo, 4, { billing: { ...ewa, phone: '' } });
  addClient(fakturownia, 3, {
    name: 'PALARNIA KAWY SPÓŁKA Z O.O.',
    taxNumber: 'PL5252445767',
    email: 'biuro@rachunki.pl',
    ...{ street: 'Nowa 44', city: 'Warszawa', postCode: '00-001' },
  });
  addClient(fakturownia, 4, { name: 'Hurtownia Sp. z o.o.', taxNumber: '1060000062', email: 'biuro@rachunki.pl' });
  addClient(fakturownia, 5, { name: 'Klient detaliczny', isCompany: false, email: null });
  addInvoice(fakturownia, 9, { clientId: 3, oid: 'Z-1' });
  addInvoice(fakturownia, 10, { clientId: 5 });
  return dataset;
}
