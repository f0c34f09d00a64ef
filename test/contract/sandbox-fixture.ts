import type { Dataset } from '../../sandbox/data/dataset.ts';
import { putClient, putContact, putInvoice, putOrder, putShopCustomer } from '../../sandbox/data/put.ts';
import type {
  FakturowniaBuyer,
  FakturowniaClient,
  FakturowniaInvoice,
  FakturowniaStore,
  HubspotCompany,
  HubspotContact,
  HubspotStore,
  WooAddress,
  WooCustomer,
  WooOrder,
  WooStore,
} from '../../sandbox/data/records.ts';
import { emptyFakturowniaStore, emptyHubspotStore, emptyWooStore } from '../../sandbox/data/stores.ts';

/** A few records whose every value a test can name. */
const AS_OF = new Date('2026-11-02T09:00:00Z');

const MARCH = Date.parse('2026-03-22T15:28:02Z');
const AUGUST = Date.parse('2026-08-10T08:30:00Z');

/** An empty company; tests add what they need. */
export function emptyDataset(): Dataset {
  return {
    asOf: AS_OF,
    hubspot: emptyHubspotStore(counter()),
    woo: emptyWooStore(counter()),
    fakturownia: emptyFakturowniaStore(counter()),
    truth: () => ({ asOf: AS_OF.toISOString(), customers: [], lookups: [], discrepancies: [] }),
  };
}

export function addContact(store: HubspotStore, id: number, values: Partial<HubspotContact> = {}): HubspotContact {
  const contact: HubspotContact = {
    id,
    createdAt: MARCH + id,
    updatedAt: AUGUST + id,
    archived: false,
    extra: null,
    email: `contact${id}@firma.pl`,
    additionalEmails: [],
    firstName: 'Anna',
    lastName: `Nowak${id}`,
    phone: null,
    mobilePhone: null,
    street: null,
    city: null,
    zip: null,
    country: null,
    lifecycleStage: 'customer',
    ownerId: null,
    wooCustomerId: null,
    fakturowniaClientId: null,
    mergedIds: [],
    marketingConsent: null,
    ...values,
  };
  putContact(store, contact);
  return contact;
}

export function addCompany(store: HubspotStore, id: number, values: Partial<HubspotCompany> = {}): HubspotCompany {
  const company: HubspotCompany = {
    id,
    createdAt: MARCH + id,
    updatedAt: AUGUST + id,
    archived: false,
    extra: null,
    name: `Firma ${id} Sp. z o.o.`,
    domain: `firma${id}.pl`,
    phone: null,
    street: null,
    city: null,
    zip: null,
    country: 'Polska',
    lifecycleStage: 'customer',
    ownerId: null,
    nip: null,
    internalUnit: null,
    legalForm: null,
    wooCustomerId: null,
    fakturowniaClientId: null,
    ...values,
  };
  store.companies.set(id, company);
  return company;
}

export function address(values: Partial<WooAddress> = {}): WooAddress {
  const blank = { firstName: 'Jan', lastName: 'Kowalski', company: '', street: 'Długa 1', city: 'Gdańsk' };
  return { ...blank, postcode: '80-001', country: 'PL', email: 'jan@dom.pl', phone: '600 100 200', ...values };
}

export function addShopCustomer(store: WooStore, id: number, values: Partial<WooCustomer> = {}): WooCustomer {
  const customer: WooCustomer = {
    id,
    createdAt: MARCH,
    modifiedAt: AUGUST,
    email: `klient${id}@dom.pl`,
    firstName: 'Jan',
    lastName: 'Kowalski',
    username: `klient${String(id).padStart(6, '0')}`,
    billing: address(),
    shipping: address(),
    nip: null,
    nipKey: '_billing_nip',
    meta: [],
    ...values,
  };
  putShopCustomer(store, customer);
  return customer;
}

/** One line of two pieces at 49.99 net, and postage. */
export function addOrder(store: WooStore, id: number, values: Partial<WooOrder> = {}): WooOrder {
  const order: WooOrder = {
    id,
    number: String(id),
    status: 'completed',
    currency: 'PLN',
    createdAt: MARCH,
    modifiedAt: AUGUST,
    paidAt: MARCH,
    completedAt: null,
    customerId: 0,
    billing: address(),
    shipping: address({ email: '' }),
    nip: null,
    nipKey: '_billing_nip',
    paymentMethod: 'przelewy24',
    paymentMethodTitle: 'Przelewy24',
    transactionId: '',
    createdVia: 'checkout',
    pricesIncludeTax: false,
    lines: [
      {
        id: id * 100,
        productId: 7,
        sku: 'KAWA-1',
        name: 'Kawa ziarnista',
        quantity: 2,
        subtotalMinor: 9998,
        subtotalTaxMinor: 2300,
        totalMinor: 9998,
        totalTaxMinor: 2300,
        vat: '23',
      },
    ],
    shippingLines: [
      {
        id: id * 100 + 1,
        methodId: 'flat_rate',
        methodTitle: 'Kurier',
        totalMinor: 1000,
        totalTaxMinor: 230,
        vat: '23',
      },
    ],
    feeLines: [],
    couponLines: [],
    totalMinor: 13528,
    totalTaxMinor: 2530,
    discountMinor: 0,
    discountTaxMinor: 0,
    shippingMinor: 1000,
    shippingTaxMinor: 230,
    refundIds: [],
    shipments: [],
    promisedDate: null,
    customerNote: '',
    meta: [],
    writtenNotes: [],
    ...values,
  };
  putOrder(store, order);
  return order;
}

export function addClient(
  store: FakturowniaStore,
  id: number,
  values: Partial<FakturowniaClient> = {},
): FakturowniaClient {
  const client: FakturowniaClient = {
    id,
    name: `Klient ${id} Sp. z o.o.`,
    taxNumber: null,
    taxNumberKind: '',
    firstName: null,
    lastName: null,
    isCompany: true,
    email: `klient${id}@firma.pl`,
    phone: null,
    street: null,
    city: null,
    postCode: null,
    country: 'PL',
    externalId: null,
    note: null,
    createdAt: MARCH,
    updatedAt: AUGUST,
    ...values,
  };
  putClient(store, client);
  return client;
}

const BUYER: FakturowniaBuyer = {
  name: 'Klient 1 Sp. z o.o.',
  taxNumber: '5252445767',
  taxNumberKind: '',
  firstName: null,
  lastName: null,
  isCompany: true,
  email: 'klient1@firma.pl',
  phone: null,
  street: 'Nowa 44',
  city: 'Warszawa',
  postCode: '00-001',
  country: 'PL',
};

export function addInvoice(
  store: FakturowniaStore,
  id: number,
  values: Partial<FakturowniaInvoice> = {},
): FakturowniaInvoice {
  const invoice: FakturowniaInvoice = {
    id,
    number: `FV/${id}/2026`,
    kind: 'vat',
    clientId: 1,
    departmentId: 1,
    issueDate: '2026-10-16',
    sellDate: '2026-10-16',
    dueDate: '2026-10-23',
    paidDate: null,
    status: 'issued',
    paymentType: 'transfer',
    currency: 'PLN',
    exchangeRate: null,
    exchangeNote: null,
    oid: null,
    description: null,
    buyer: BUYER,
    recipientName: null,
    positions: [
      {
        id: id * 10,
        productId: null,
        name: 'Kawa ziarnista',
        code: 'KAWA-1',
        quantity: 1,
        unit: 'szt',
        vat: '23',
        unitNetMinor: 5900,
        netMinor: 5900,
        grossMinor: 7257,
        before: null,
        after: null,
      },
    ],
    netMinor: 5900,
    vatMinor: 1357,
    grossMinor: 7257,
    vatPlnMinor: null,
    paidMinor: 0,
    fromInvoiceId: null,
    advanceIds: [],
    correctionReason: null,
    govStatus: 'ok',
    govId: '5252445767-20261016-ABC123DEF456-78',
    govSentAt: AUGUST,
    govErrors: [],
    govCorrectedNumber: null,
    splitPayment: false,
    exemptTaxKind: null,
    npTaxKind: null,
    cancelled: false,
    createdAt: AUGUST,
    updatedAt: AUGUST + id,
    ...values,
  };
  putInvoice(store, invoice);
  return invoice;
}

function counter(): () => number {
  let last = 1_000_000;
  return () => {
    last += 1;
    return last;
  };
}
