import { expect, test } from '@jest/globals';
import { createAccountingGraph, sealer } from './accounting-subgraph-fixture.ts';
import { addPayment, addProduct, ksefNumber, startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';

const KSEF = ksefNumber();

test('one document with all that it says', async () => {
  await using account = await startFakturownia((store) => {
    store.departments.set(1, {
      id: 1,
      name: 'Biuro i Kawa Sp. z o.o.',
      shortcut: 'Centrala',
      taxNumber: '9992345674',
      street: 'Cybernetyki 10',
      city: 'Warszawa',
      postCode: '02-677',
      bankAccount: '',
    });
    addInvoice(store, 5, {
      clientId: 77,
      oid: '1001',
      status: 'partial',
      paidMinor: 1050,
      govId: KSEF,
      splitPayment: true,
      updatedAt: Date.parse('2026-07-01T08:30:00.250Z'),
    });
  });
  const { ask } = createAccountingGraph([account.source]);
  const answer = await ask(`{
    invoice(id: "fakturownia:invoice:5") {
      id number kind kindRaw status statusRaw paymentStatus issueDate saleDate dueDate paidAt currency
      buyer { name taxId { scheme country value unit valid } address { street city postalCode country } email }
      seller { name taxId { value } address { city } }
      customer { claim } orderNumbers
      lines { id sku product { sku } name quantity unit unitPriceNet vatRate { code kind percent country } net { amount currency } vat { amount } gross { amount } }
      vatBreakdown { vatRate { code } net { amount } vat { amount } gross { amount } }
      vatMethod totals { net { amount } vat { amount } gross { amount } paid { amount } } balance { amount currency }
      fx { rate } isOverdue daysOverdue agingBucket corrects { id } corrections { id } correctionReason correctionEffect
      ksef { status statusRaw number sentAt acceptedOn verificationUrl messages }
      splitPaymentMarked
      source { system source vendor remoteId url fetchedAt sourceUpdatedAt stale }
    }
  }`);
  expect(answer.errors).toBeUndefined();
  expect(answer.extensions?.notProvided).toEqual([
    expect.objectContaining({ code: 'NOT_PROVIDED_BY_SOURCE', coordinate: 'Invoice.vatMethod' }),
    expect.objectContaining({ coordinate: 'Invoice.correctionEffect', vendor: 'fakturownia' }),
  ]);
  expect(answer.data?.invoice).toEqual({
    id: 'fakturownia:invoice:5',
    number: 'FV/5/2026',
    kind: 'INVOICE',
    kindRaw: 'vat',
    status: 'ISSUED',
    statusRaw: 'partial',
    paymentStatus: 'PARTIALLY_PAID',
    issueDate: '2026-10-16',
    saleDate: '2026-10-16',
    dueDate: '2026-10-23',
    paidAt: null,
    currency: 'PLN',
    buyer: {
      name: 'Klient 1 Sp. z o.o.',
      taxId: { scheme: 'PL_NIP', country: 'PL', value: '5252445767', unit: null, valid: true },
      address: { street: 'Nowa 44', city: 'Warszawa', postalCode: '00-001', country: 'PL' },
      email: 'klient1@firma.pl',
    },
    seller: { name: 'Biuro i Kawa Sp. z o.o.', taxId: { value: '9992345674' }, address: { city: 'Warszawa' } },
    customer: { claim: sealer.seal('claim', ['fakturownia:client:77']) },
    orderNumbers: ['1001'],
    lines: [
      {
        id: '50',
        sku: 'KAWA-1',
        product: { sku: 'KAWA-1' },
        name: 'Kawa ziarnista',
        quantity: '1',
        unit: 'szt',
        unitPriceNet: '59',
        vatRate: { code: '23', kind: 'STANDARD', percent: '23', country: 'PL' },
        net: { amount: '59.00', currency: 'PLN' },
        vat: { amount: '13.57' },
        gross: { amount: '72.57' },
      },
    ],
    vatBreakdown: [
      { vatRate: { code: '23' }, net: { amount: '59.00' }, vat: { amount: '13.57' }, gross: { amount: '72.57' } },
    ],
    vatMethod: null,
    totals: {
      net: { amount: '59.00' },
      vat: { amount: '13.57' },
      gross: { amount: '72.57' },
      paid: { amount: '10.50' },
    },
    balance: { amount: '62.07', currency: 'PLN' },
    fx: null,
    isOverdue: true,
    daysOverdue: 10,
    agingBucket: 'D1_30',
    corrects: null,
    corrections: [],
    correctionReason: null,
    correctionEffect: null,
    ksef: {
      status: 'ACCEPTED',
      statusRaw: 'ok',
      number: KSEF,
      sentAt: '2026-08-10T08:30:00.000Z',
      acceptedOn: '2026-10-16',
      verificationUrl: `https://ksef.mf.gov.pl/web/verify/${KSEF}`,
      messages: [],
    },
    splitPaymentMarked: true,
    source: {
      system: 'ACCOUNTING',
      source: 'fakturownia',
      vendor: 'fakturownia',
      remoteId: '5',
      url: null,
      fetchedAt: expect.stringMatching(/Z$/),
      sourceUpdatedAt: '2026-07-01T08:30:00.250Z',
      stale: false,
    },
  });
  expect(account.takeCalls()).toEqual({ 'GET /invoices.json': 2 });
});

test('zw, np and oo are no 0 %; a foreign currency comes with its rate', async () => {
  await using account = await startFakturownia((store) => {
    const invoice = addInvoice(store, 5, {
      currency: 'EUR',
      exchangeRate: 42_531,
      exchangeNote: 'Tabela nr 210/A/NBP/2026 z dnia 2026-10-29',
      npTaxKind: 'export_service_eu',
      grossMinor: 40_000,
      netMinor: 40_000,
      vatMinor: 0,
    });
    const [position] = invoice.positions;
    const untaxed = { ...position!, netMinor: 10_000, grossMinor: 10_000 };
    invoice.positions = (['zw', 'np', 'oo', '0'] as const).map((vat, index) => ({ ...untaxed, id: index, vat }));
  });
  const { ask } = createAccountingGraph([account.source]);
  const { data } = await ask(`{
    invoice(id: "fakturownia:invoice:5") {
      currency fx { from to rate table date }
      vatBreakdown { vatRate { code kind percent } vat { amount currency } }
    }
  }`);
  expect(data?.invoice).toEqual({
    currency: 'EUR',
    fx: { from: 'EUR', to: 'PLN', rate: '4.2531', table: '210/A/NBP/2026', date: '2026-10-29' },
    vatBreakdown: [
      { vatRate: { code: 'zw', kind: 'EXEMPT', percent: null }, vat: { amount: '0.00', currency: 'EUR' } },
      { vatRate: { code: 'np II', kind: 'OUTSIDE_SCOPE_EU', percent: null }, vat: { amount: '0.00', currency: 'EUR' } },
      { vatRate: { code: 'oo', kind: 'REVERSE_CHARGE', percent: null }, vat: { amount: '0.00', currency: 'EUR' } },
      { vatRate: { code: '0 KR', kind: 'ZERO', percent: '0' }, vat: { amount: '0.00', currency: 'EUR' } },
    ],
  });
});

test('a correction is of the kind of what it corrects in the end, and knows it', async () => {
  await using account = await startFakturownia((store) => {
    addInvoice(store, 1, { kind: 'advance' });
    addInvoice(store, 2, { kind: 'correction', fromInvoiceId: 1, correctionReason: 'Zwrot' });
    addInvoice(store, 3, { kind: 'correction', fromInvoiceId: 2 });
    addInvoice(store, 4, { kind: 'final', advanceIds: [1] });
    addInvoice(store, 5, { kind: 'correction', fromInvoiceId: 4 });
    addInvoice(store, 6, { kind: 'correction', fromInvoiceId: 404 });
  });
  const { ask } = createAccountingGraph([account.source]);
  const { data, errors } = await ask(`{
    two: invoice(id: "fakturownia:invoice:2") { ...Correction } three: invoice(id: "fakturownia:invoice:3") { ...Correction }
    five: invoice(id: "fakturownia:invoice:5") { ...Correction } six: invoice(id: "fakturownia:invoice:6") { ...Correction }
    one: invoice(id: "fakturownia:invoice:1") { corrections { id corrections { id } } }
  }
  fragment Correction on Invoice { kind kindRaw corrects { id } correctionReason balance { amount } }`);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    two: { kind: 'CORRECTION_ADVANCE', corrects: { id: 'fakturownia:invoice:1' }, correctionReason: 'Zwrot' },
    three: { kind: 'CORRECTION_ADVANCE', kindRaw: 'correction', corrects: { id: 'fakturownia:invoice:2' } },
    five: { kind: 'CORRECTION_FINAL', balance: { amount: '0.00' } },
    six: { kind: 'CORRECTION', corrects: null },
    one: { corrections: [{ id: 'fakturownia:invoice:2', corrections: [{ id: 'fakturownia:invoice:3' }] }] },
  });
});

test('payments: what of each was put against which document, and who paid', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 77);
    addInvoice(store, 5, { clientId: 77, paidMinor: 7257, status: 'paid', paidDate: '2026-10-20' });
    addInvoice(store, 6, { clientId: 77, paidMinor: 2743, status: 'partial' });
    addPayment(store, 9, { invoiceIds: [5, 6], priceMinor: 11_000, description: 'FV/5/2026 FV/6/2026' });
  });
  const { ask } = createAccountingGraph([account.source]);
  const { data, errors } = await ask(`{
    payment(id: "fakturownia:payment:9") {
      amount { amount currency } valueDate method status title unallocated { amount } customer { claim }
      allocations { amount { amount } invoice { number } payment { id } } source { remoteId sourceUpdatedAt }
    }
    invoice(id: "fakturownia:invoice:6") { payments { amount { amount } payment { id allocations { amount { amount } } } } }
    none: payment(id: "fakturownia:payment:404") { id }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    payment: {
      amount: { amount: '110.00', currency: 'PLN' },
      valueDate: '2026-10-20',
      method: 'bank',
      status: 'BOOKED',
      title: 'FV/5/2026 FV/6/2026',
      unallocated: { amount: '10.00' },
      customer: { claim: sealer.seal('claim', ['fakturownia:client:77']) },
      allocations: [
        { amount: { amount: '72.57' }, invoice: { number: 'FV/5/2026' }, payment: { id: 'fakturownia:payment:9' } },
        { amount: { amount: '27.43' }, invoice: { number: 'FV/6/2026' }, payment: { id: 'fakturownia:payment:9' } },
      ],
      source: { remoteId: '9', sourceUpdatedAt: '2026-10-20T08:00:00.000Z' },
    },
    invoice: {
      payments: [
        {
          amount: { amount: '27.43' },
          payment: {
            id: 'fakturownia:payment:9',
            allocations: [{ amount: { amount: '72.57' } }, { amount: { amount: '27.43' } }],
          },
        },
      ],
    },
    none: null,
  });
});

test('a product’s tax class, cost and stock by its code', async () => {
  await using account = await startFakturownia((store) => {
    addProduct(store, 3, { code: 'KAWA-1', gtu: 'GTU_01', pkwiu: '10.83.11.0' });
    addProduct(store, 4, { code: 'SZKOLENIE', vat: 'zw' });
    addProduct(store, 5, { code: 'MLYNEK' });
  });
  const { ask } = createAccountingGraph([account.source]);
  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { sku taxClass { vatRate { code } gtu pkwiu } unitCost { amount currency } warehouseStock } } }';
  const { data } = await ask(query, {
    r: ['KAWA-1', 'SZKOLENIE', 'NONE'].map((sku) => ({ __typename: 'Product', sku })),
  });
  expect(data?._entities).toEqual([
    {
      sku: 'KAWA-1',
      taxClass: { vatRate: { code: '23' }, gtu: 'GTU_01', pkwiu: '10.83.11.0' },
      unitCost: { amount: '25.00', currency: 'PLN' },
      warehouseStock: '12',
    },
    {
      sku: 'SZKOLENIE',
      taxClass: { vatRate: { code: 'zw' }, gtu: null, pkwiu: null },
      unitCost: { amount: '25.00', currency: 'PLN' },
      warehouseStock: '12',
    },
    { sku: 'NONE', taxClass: null, unitCost: null, warehouseStock: null },
  ]);
  expect(account.takeCalls()).toEqual({ 'GET /products.json': 1 });
  // The list brought the others along.
  await ask(query, { r: [{ __typename: 'Product', sku: 'MLYNEK' }] });
  expect(account.takeCalls()).toEqual({});
});
