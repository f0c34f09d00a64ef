import type { Dataset } from '../../sandbox/data/dataset.ts';
import type {
  HubspotActivity,
  HubspotActivityType,
  HubspotDeal,
  HubspotOwner,
  HubspotStore,
  HubspotTicket,
} from '../../sandbox/data/records.ts';
import { addCompany, addContact, emptyDataset } from './sandbox-fixture.ts';

const at = (text: string) => Date.parse(text);

/**
 * The CRM that crm-contract.ts describes, on HubSpot. Anna (501) and Jan (502) are at Palarnia (77), Ewa (503) at no
 * company, Piotr (504) at Palarnia and Hurtownia (78).
 */
export function portalDataset(): Dataset {
  const dataset = emptyDataset();
  const { hubspot } = dataset;
  addPeople(hubspot);
  addWork(hubspot);
  for (const [contact, companies] of [
    [501, [77]],
    [502, [77]],
    [504, [77, 78]],
  ] as const) {
    for (const company of companies) hubspot.associations.link('contacts', contact, 'companies', company);
  }
  return dataset;
}

function addPeople(hubspot: HubspotStore): void {
  addOwner(hubspot, { id: 9, firstName: 'Olga', lastName: 'Opiekun', email: 'olga@jeden.test' });
  addCompany(hubspot, 77, {
    name: 'Palarnia Kawy Sp. z o.o.',
    nip: '525-244-57-67',
    internalUnit: null,
    legalForm: 'SPZOO',
    wooCustomerId: 12,
    fakturowniaClientId: 3,
    ownerId: 9,
    phone: '+48 22 123 45 67',
    street: 'Nowa 44',
    city: 'Warszawa',
    zip: '00-001',
    country: 'Polska',
    lifecycleStage: 'customer',
  });
  addCompany(hubspot, 78, { name: 'Hurtownia Jan Kowalski', legalForm: 'JDG', lifecycleStage: 'opportunity' });
  addContact(hubspot, 501, {
    email: 'anna@palarnia.pl',
    additionalEmails: ['anna.nowak@dom.pl'],
    firstName: 'Anna',
    lastName: 'Nowak',
    phone: '600 100 200',
    mergedIds: [490],
    marketingConsent: true,
    lifecycleStage: 'lead',
  });
  addContact(hubspot, 502, {
    email: 'jan@palarnia.pl',
    firstName: 'Jan',
    lastName: 'Kowalski',
    marketingConsent: false,
  });
  addContact(hubspot, 503, {
    email: 'ewa@dom.pl',
    firstName: 'Ewa',
    lastName: 'Lis',
    wooCustomerId: 13,
    phone: '+48 601-200-300',
  });
  addContact(hubspot, 504, { email: 'piotr@biuro.pl', firstName: 'Piotr', lastName: 'Zając' });
}

function addWork(hubspot: HubspotStore): void {
  const { associations } = hubspot;
  addDeal(hubspot, 1, {
    name: 'Ekspres',
    createdAt: at('2026-03-01T10:00:00Z'),
    stage: 'closedwon',
    amountMinor: 150_000,
  });
  addDeal(hubspot, 2, { name: 'Młynek', createdAt: at('2026-04-01T10:00:00Z'), stage: 'qualifiedtobuy', ownerId: 9 });
  addDeal(hubspot, 3, {
    name: 'Filtry',
    createdAt: at('2026-05-01T10:00:00Z'),
    stage: 'closedlost',
    amountMinor: null,
  });
  addDeal(hubspot, 4, { name: 'Niczyja' });
  associations.link('deals', 1, 'companies', 77);
  // The same deal by the company and by its contact: it is one.
  associations.link('deals', 2, 'companies', 77);
  associations.link('deals', 2, 'contacts', 501);
  associations.link('deals', 3, 'contacts', 503);
  addTicket(hubspot, 1, {
    subject: 'Pęknięty dzbanek',
    category: 'CLAIM',
    orderNumber: '1001',
    stage: '2',
    priority: 'HIGH',
  });
  addTicket(hubspot, 2, {
    subject: 'Faktura',
    category: 'BILLING_ISSUE',
    stage: '4',
    closedAt: at('2026-06-03T10:00:00Z'),
  });
  associations.link('tickets', 1, 'contacts', 501);
  associations.link('tickets', 2, 'companies', 77);
  addActivity(hubspot, 'notes', 31, { at: at('2026-06-01T08:00:00Z'), body: '<p>Dzwonił &amp; pytał<br>o kawę</p>' });
  addActivity(hubspot, 'calls', 41, { at: at('2026-06-02T08:00:00Z'), subject: 'Oferta', status: 'COMPLETED' });
  addActivity(hubspot, 'emails', 51, {
    at: at('2026-06-03T08:00:00Z'),
    subject: 'Re: oferta',
    body: 'Od: Jan <jan@palarnia.pl>',
  });
  associations.link('notes', 31, 'companies', 77);
  associations.link('calls', 41, 'contacts', 501);
  associations.link('emails', 51, 'contacts', 501);
  associations.link('emails', 51, 'companies', 77);
}

const BASE = {
  createdAt: at('2026-01-01T10:00:00Z'),
  updatedAt: at('2026-08-10T08:30:00Z'),
  archived: false,
  extra: null,
};

function addOwner(store: HubspotStore, owner: Partial<HubspotOwner> & { id: number }): void {
  const base = { userId: owner.id + 1000, email: '', firstName: '', lastName: '', team: 'Sprzedaż' };
  store.owners.set(owner.id, { ...base, createdAt: BASE.createdAt, updatedAt: BASE.updatedAt, ...owner });
}

export function addDeal(store: HubspotStore, id: number, values: Partial<HubspotDeal> = {}): void {
  const deal = { name: `Szansa ${id}`, amountMinor: 100_00, currency: 'PLN', closeAt: null, ownerId: null };
  store.deals.set(id, { ...BASE, id, ...deal, pipeline: 'default', stage: 'appointmentscheduled', ...values });
}

function addTicket(store: HubspotStore, id: number, values: Partial<HubspotTicket> = {}): void {
  const ticket = { subject: `Sprawa ${id}`, content: null, pipeline: '0', stage: '1', category: null, priority: null };
  store.tickets.set(id, { ...BASE, id, ...ticket, closedAt: null, ownerId: null, orderNumber: null, ...values });
}

export function addActivity(
  store: HubspotStore,
  type: HubspotActivityType,
  id: number,
  values: Partial<HubspotActivity> = {},
): void {
  const activity = { at: BASE.createdAt, subject: null, body: null, status: null, direction: null, durationMs: null };
  store[type].set(id, { ...BASE, id, type, ownerId: null, ...activity, ...values });
}
