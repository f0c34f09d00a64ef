import { expect, test } from '@jest/globals';
import { createIdentity, sealer } from '../unit/identity-world.ts';
import { addDeal } from './crm-portal.ts';
import { palarniaDataset } from './identity-company.ts';
import { startStack } from './identity-stack.ts';
import { addContact, addOrder, address, addShopCustomer } from './sandbox-fixture.ts';

const PALARNIA = 'hubspot:company:77';

test('every reference and identifier of a customer leads to it', async () => {
  const dataset = palarniaDataset();
  addDeal(dataset.hubspot, 1);
  dataset.hubspot.associations.link('deals', 1, 'contacts', 501);
  await using stack = await startStack({ dataset });
  const references = [
    ...['hubspot:company:77', 'hubspot:contact:501', 'hubspot:contact:490', 'hubspot:deal:1'],
    ...['woo:customer:12', 'woo:order:1', 'woo:order:2', 'fakturownia:client:3', 'fakturownia:invoice:9'],
  ];
  const byReference = references.map((reference) => `customer(id: "${reference}")`);
  const byIdentifier = ['customerByEmail(email: " Anna@Palarnia.PL ")', 'customerByPhone(phone: "600-100-200")'];
  const byTaxId = ['525-244-57-67', 'PL 5252445767', '5252445767'].map((text) => `customerByTaxId(taxId: "${text}")`);
  for (const field of [...byReference, ...byIdentifier, ...byTaxId]) {
    // Each by a service that has heard of nothing before.
    const { data, errors } = await createIdentity(stack.ports).ask(`{ customer: ${field} { id } }`);
    expect({ field, data, errors }).toEqual({ field, data: { customer: { id: PALARNIA } }, errors: undefined });
  }
});

test('tells the profile by the strongest record, the records, and why they are one, with nothing unmasked in it', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const { data, errors } = await createIdentity(stack.ports).ask(`{ customer(id: "woo:order:1") {
    kind displayName initials firstName lastName legalName email emailMasked emails phone phoneMasked phones taxIdMasked
    taxIdentifiers { scheme country value unit valid } addresses { name street city postalCode country } records claim
    identity { aliases incomplete unavailable { source } links { rule from to evidence confidence } rejected { rule from to reason } }
    sources { system source vendor reference remoteId url fetchedAt sourceUpdatedAt stale } } }`);
  expect(errors).toBeUndefined();
  const { records, claim, identity, sources, ...profile } = data!.customer as Record<string, unknown>;
  expect(profile).toEqual({
    kind: 'COMPANY',
    displayName: 'Palarnia Kawy Sp. z o.o.',
    initials: null,
    firstName: null,
    lastName: null,
    legalName: 'Palarnia Kawy Sp. z o.o.',
    email: 'anna@palarnia.pl',
    emailMasked: 'a***@palarnia.pl',
    emails: ['anna@palarnia.pl', 'biuro@rachunki.pl'],
    phone: '+48600100200',
    phoneMasked: '***200',
    phones: ['+48600100200'],
    taxIdMasked: '***767',
    taxIdentifiers: [{ scheme: 'PL_NIP', country: 'PL', value: '5252445767', unit: null, valid: true }],
    addresses: [
      { name: null, street: 'Nowa 44', city: 'Warszawa', postalCode: '00-001', country: 'PL' },
      expect.objectContaining({ name: 'PALARNIA KAWY SPÓŁKA Z O.O.', street: 'Nowa 44' }),
      expect.objectContaining({ name: 'Palarnia Kawy', street: 'Długa 1' }),
    ],
  });
  const references = ['hubspot:company:77', 'hubspot:contact:501', 'fakturownia:client:3', 'woo:customer:12'];
  const [id, ...sealed] = sealer.open('records', String(records));
  expect(id).toBe(PALARNIA);
  expect(sealed).toEqual([...references, expect.stringMatching(/^woo:guest:/)]);
  expect(sealer.open('claim', String(claim))).toEqual([PALARNIA]);
  expect(sources).toMatchObject([
    { system: 'CRM', source: 'hubspot', vendor: 'hubspot', reference: PALARNIA, remoteId: '77', stale: false },
    { reference: 'hubspot:contact:501' },
    { system: 'ACCOUNTING', vendor: 'fakturownia', reference: 'fakturownia:client:3' },
    { system: 'SHOP', vendor: 'woocommerce', reference: 'woo:customer:12', url: expect.stringContaining('user_id=12') },
    { reference: sealed.at(-1) },
  ]);
  expect(identity).toMatchObject({ aliases: ['hubspot:contact:490'], incomplete: false, unavailable: [] });
  const { links, rejected } = identity as { links: unknown[]; rejected: unknown[] };
  const link = (rule: string, from: string, to: string, evidence: string, confidence: number) =>
    expect.objectContaining({ rule, from, to, evidence, confidence });
  const companyAndContact = `${PALARNIA} hubspot:contact:501`;
  expect(links).toContainEqual(link('CRM_ASSOCIATION', PALARNIA, 'hubspot:contact:501', companyAndContact, 0.98));
  expect(links).toContainEqual(link('TAX_ID', 'fakturownia:client:3', PALARNIA, '***767', 0.97));
  expect(links).toContainEqual(link('EMAIL', 'hubspot:contact:501', 'woo:customer:12', 'a***@palarnia.pl', 0.93));
  expect(rejected).toEqual([
    { rule: 'EMAIL', from: 'fakturownia:client:3', to: 'fakturownia:client:4', reason: 'SHARED_MAILBOX' },
  ]);
  expect(JSON.stringify(identity)).not.toMatch(/anna@|5252445767|600100200/);
});

test('a person known by guest orders alone is a customer, with initials for those who may not see names', async () => {
  await using stack = await startStack({ dataset: palarniaDataset({ ewa: false }) });
  const fields = 'id kind displayName initials firstName lastName legalName emailMasked sources { reference }';
  const { data } = await createIdentity(stack.ports).ask(`{
    one: customer(id: "woo:order:3") { ${fields} } other: customer(id: "woo:order:4") { ${fields} }
    byEmail: customerByEmail(email: "ewa@dom.pl") { ${fields} } }`);
  expect(data!.one).toMatchObject({
    id: expect.stringMatching(/^woo:guest:/),
    kind: 'PERSON',
    displayName: 'Ewa Lis',
    initials: 'E. L.',
    firstName: 'Ewa',
    lastName: 'Lis',
    legalName: null,
    emailMasked: 'e***@dom.pl',
    sources: [{}, {}],
  });
  expect([data!.other, data!.byEmail]).toEqual([data!.one, data!.one]);
});

test.each([
  'customer(id: "hubspot:contact:999999")',
  'customer(id: "magento:customer:1")',
  'customer(id: "fakturownia:client:5")',
  'customer(id: "fakturownia:invoice:10")',
  'customerByEmail(email: "nobody@dom.pl")',
  'customerByEmail(email: "brak@brak.pl")',
  'customerByPhone(phone: "+48 699 999 998")',
  'customerByPhone(phone: "600 000 000")',
  'customerByTaxId(taxId: "1111111111")',
  'customerByTaxId(taxId: "5252445768")',
])('%s is nobody, without an error', async (field) => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const result = await createIdentity(stack.ports).ask(`{ customer: ${field} { id } }`);
  expect({ data: result.data, errors: result.errors }).toEqual({ data: { customer: null } });
});

test.each([
  'customer(id: "77")',
  'customerByEmail(email: "anna")',
  'customerByPhone(phone: "12")',
  'customerByTaxId(taxId: "palarnia")',
  'customerCandidates',
  'customerCandidates(email: "anna@palarnia.pl", taxId: "5252445767")',
])('%s is refused as input, and no system is asked', async (field) => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const result = await createIdentity(stack.ports).ask(`{ field: ${field} { id } }`);
  expect(result.errors).toMatchObject([{ extensions: { code: expect.stringMatching(/BAD_USER_INPUT|VALIDATION/) } }]);
  expect(stack.takeAsked()).toEqual([]);
});

test('what several customers share is ambiguous, and its candidates are listed apart', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const { data, errors } = await createIdentity(stack.ports).ask(`{
    customerByEmail(email: "biuro@rachunki.pl") { id }
    customerCandidates(email: "biuro@rachunki.pl") { id displayName }
    anna: customerCandidates(phone: "600100200") { id } }`);
  expect(errors).toMatchObject([{ path: ['customerByEmail'], extensions: { code: 'AMBIGUOUS' } }]);
  expect(data).toEqual({
    customerByEmail: null,
    customerCandidates: [
      { id: PALARNIA, displayName: 'Palarnia Kawy Sp. z o.o.' },
      { id: 'fakturownia:client:4', displayName: 'Hurtownia Sp. z o.o.' },
    ],
    anna: [{ id: PALARNIA }],
  });
});

test('spouses with one telephone and surname stay apart, and the telephone is ambiguous', async () => {
  const dataset = palarniaDataset();
  const { hubspot, woo } = dataset;
  const family = { lastName: 'Kowal', phone: '511 222 333' };
  addContact(hubspot, 601, { ...family, email: 'adam@kowal.pl', firstName: 'Adam' });
  addContact(hubspot, 602, { ...family, email: 'beata@kowal.pl', firstName: 'Beata' });
  addOrder(woo, 60, { billing: address({ ...family, firstName: 'Beata', email: 'beata@kowal.pl' }) });
  await using stack = await startStack({ dataset });
  const { data, errors } = await createIdentity(stack.ports).ask(`{
    order: customer(id: "woo:order:60") { id sources { system } }
    adam: customer(id: "hubspot:contact:601") { id identity { rejected { reason } } }
    customerByPhone(phone: "511222333") { id } }`);
  expect(data).toMatchObject({
    order: { id: 'hubspot:contact:602', sources: [{ system: 'CRM' }, { system: 'SHOP' }] },
    adam: { id: 'hubspot:contact:601' },
    customerByPhone: null,
  });
  expect(errors).toMatchObject([{ path: ['customerByPhone'], extensions: { code: 'AMBIGUOUS' } }]);
});

test('entities answer by claim and by id, null for a claim on nobody; a forged claim is refused', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const claims = ['woo:customer:12', 'fakturownia:client:3', 'fakturownia:client:5'];
  const representations = [
    ...claims.map((reference) => ({ __typename: 'Customer', claim: sealer.seal('claim', [reference]) })),
    { __typename: 'Customer', id: 'hubspot:contact:503' },
    { __typename: 'Customer', claim: 'k1.forged' },
  ];
  const { data, errors } = await createIdentity(stack.ports).ask(ENTITIES('id displayName'), { representations });
  const palarnia = { id: PALARNIA, displayName: 'Palarnia Kawy Sp. z o.o.' };
  expect(data!._entities).toEqual([
    palarnia,
    palarnia,
    null,
    { id: 'hubspot:contact:503', displayName: 'Ewa Lis' },
    null,
  ]);
  expect(errors).toMatchObject([{ path: ['_entities', 4], extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('fifty claims share their rounds: one call a domain for all of them in each', async () => {
  const dataset = palarniaDataset();
  for (let id = 100; id < 150; id += 1) {
    const billing = address({ email: `klient${id}@dom.pl`, firstName: 'Jan', lastName: 'Kowal', phone: '' });
    addShopCustomer(dataset.woo, id, { email: billing.email, firstName: 'Jan', lastName: 'Kowal', billing });
    addContact(dataset.hubspot, id, { email: billing.email, firstName: 'Jan', lastName: 'Kowal' });
  }
  await using stack = await startStack({ dataset });
  const ids = Array.from({ length: 50 }, (_, index) => index + 100);
  // Two orders of each: equal claims are one.
  const claims = [...ids, ...ids].map((id) => sealer.seal('claim', [`woo:customer:${id}`]));
  const representations = claims.map((claim) => ({ __typename: 'Customer', claim }));
  const { data, errors } = await createIdentity(stack.ports).ask(ENTITIES('id'), { representations });
  expect(errors).toBeUndefined();
  expect(data!._entities).toEqual([...ids, ...ids].map((id) => ({ id: `hubspot:contact:${id}` })));
  expect(stack.takeAsked()).toEqual([
    // Which source is whose is not known yet.
    ...['crm 50', 'accounting 50', 'shop 50'],
    // E-mail, and who points at the account.
    ...['crm 100', 'accounting 100', 'shop 50'],
    // Who points at the contact.
    ...['crm 50', 'accounting 50'],
  ]);
});

test('what was worked out is kept a while, by every reference, so that the next fetch asks nobody', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const { ask } = createIdentity(stack.ports);
  const first = await ask('{ customer(id: "woo:order:1") { id records } }');
  stack.takeAsked();
  const representations = ['hubspot:contact:501', 'hubspot:contact:490', 'woo:customer:12', PALARNIA].map((id) => ({
    __typename: 'Customer',
    id,
  }));
  const { data } = await ask(ENTITIES('id records'), { representations });
  expect(data!._entities).toEqual(representations.map(() => first.data!.customer));
  expect(stack.takeAsked()).toEqual([]);
});

function ENTITIES(selection: string): string {
  return `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { ${selection} } } }`;
}
