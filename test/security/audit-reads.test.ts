import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createAudit } from '../../gateway/audit/audit.ts';
import { ANONYMOUS } from '../../gateway/tokens/caller.ts';
import { createMemorySink, entriesOf, log, startAuditedCompany, support, withScopes } from './audit-fixture.ts';

const memory = createMemorySink();
const audit = createAudit({ sinks: [memory.sink], log, now: () => new Date('2026-11-02T09:00:00Z') });
let company: Awaited<ReturnType<typeof startAuditedCompany>>;

beforeAll(async () => {
  company = await startAuditedCompany(audit);
});

afterAll(async () => {
  await company?.[Symbol.asyncDispose]();
  await audit.close();
});

beforeEach(() => {
  memory.entries.length = 0;
});

/** What the sandbox knows of Palarnia and its people, and amounts of theirs. */
const CANARIES = /palarnia|rachunki|5252445767|525-244|600.?100|Anna|Nowak|Nowa 44|Warszawa|\d+\.\d\d\b/i;

const EVERYTHING = `query Everything($id: ID!) { customer(id: $id) {
  id displayName email emails phones addresses { street city } taxIdentifiers { value valid } sources { reference }
  contacts { nodes { email phone } } activities { nodes { subject body } }
  orders { nodes { id billingEmail billingAddress { street } totals { gross { amount } } } }
  invoices { nodes { id number buyer { name taxId { value } } totals { gross { amount currency } } balance { amount } } }
  payments { nodes { id amount { amount } } } receivables { total { amount } }
} }`;

test('a reading is recorded with who, what, of whom, when and under which request, and with no value', async () => {
  const answer = await company.ask(EVERYTHING, { variables: { id: 'woo:customer:12' } });
  expect(JSON.stringify(answer.body)).toMatch(CANARIES);
  expect(memory.entries).toHaveLength(1);
  const [entry] = memory.entries;
  expect(entry).toMatchObject({
    time: '2026-11-02T09:00:00.000Z',
    requestId: answer.requestId,
    client: 'support',
    issuer: 'https://issuer.example',
    subject: 'agent-7',
    actor: { id: 'agent-7', name: 'Jan Zieliński' },
    operation: 'Everything',
    outcome: 'executed',
    denied: [],
    asked: ['woo:customer:12'],
    touchedCut: false,
  });
  expect(entry!.allowed).toEqual(
    expect.arrayContaining([
      'Customer.email',
      'Customer.addresses',
      'Address.street',
      'TaxIdentifier.value',
      'Contact.phone',
      'Activity.body',
      'Order.billingEmail',
      'Invoice.number',
      'Invoice.balance',
      'Party.name',
      'Payment.amount',
      'Receivables.total',
    ]),
  );
  expect(entry!.allowed).not.toContain('Customer.id');
  expect(entry!.allowed).not.toContain('Order.totals');
  expect(entry!.touched.Customer).toEqual(
    expect.arrayContaining([
      'hubspot:company:77',
      'hubspot:contact:501',
      'hubspot:contact:490',
      'woo:customer:12',
      'fakturownia:client:3',
    ]),
  );
  expect(entry!.touched.Order).toContain('woo:order:1');
  expect(entry!.touched.Invoice).toEqual(['fakturownia:invoice:9']);
  expect(JSON.stringify(entry)).not.toMatch(CANARIES);
});

test('aliases, fragments and inline fragments hide no coordinate', async () => {
  const plain = `{ customer(id: "hubspot:company:77") { email taxIdentifiers { value } orders { nodes { billingEmail } } } }`;
  const dressed = `
    query { x: customer(id: "hubspot:company:77") { ...Outer } }
    fragment Outer on Customer { a: email ... { ... on Customer { kind: taxIdentifiers { id: value } } } orders { ...Page } }
    fragment Page on OrderConnection { nodes { ...Row } }
    fragment Row on Order { number: billingEmail }`;
  await company.ask(plain);
  await company.ask(dressed);
  const [first, second] = memory.entries;
  expect(first!.allowed).toEqual([
    'Customer.email',
    'Customer.taxIdentifiers',
    'Order.billingEmail',
    'TaxIdentifier.value',
  ]);
  expect(second!.allowed).toEqual(first!.allowed);
  expect(second!.touched).toEqual(first!.touched);
});

test('what the variables of @skip and @include leave out was not read', async () => {
  const query = `query ($withEmail: Boolean!) { customer(id: "woo:customer:12") { phone email @include(if: $withEmail) } }`;
  await company.ask(query, { variables: { withEmail: false } });
  await company.ask(query, { variables: { withEmail: true } });
  expect(memory.entries.map(({ allowed }) => allowed)).toEqual([
    ['Customer.phone'],
    ['Customer.email', 'Customer.phone'],
  ]);
});

test('a denied field is recorded as denied, beside what was allowed', async () => {
  await company.ask('{ customer(id: "woo:customer:12") { id mail: email taxIdentifiers { value } } }', {
    caller: withScopes('customers:read customers:tax-id'),
  });
  expect(memory.entries).toMatchObject([
    { allowed: ['Customer.taxIdentifiers', 'TaxIdentifier.value'], denied: ['Customer.email'], outcome: 'executed' },
  ]);
});

test('what stands below a denied field was asked for too, and of whom, though nothing was executed', async () => {
  await company.ask('{ customer(id: "hubspot:contact:501") { email invoices { nodes { number } } } }', {
    caller: ANONYMOUS,
  });
  expect(memory.entries).toMatchObject([
    {
      client: null,
      allowed: [],
      denied: expect.arrayContaining(['Customer.email', 'Customer.invoices', 'Invoice.number']),
      asked: ['hubspot:contact:501'],
      touched: {},
    },
  ]);
  expect(entriesOf(memory.entries, 'hubspot:contact:501')).toHaveLength(1);
});

test('an order is its buyer’s and an invoice its client’s, without asking any other system', async () => {
  await using fresh = await startAuditedCompany(audit);
  await fresh.ask('{ order(id: "woo:order:1") { billingEmail } }');
  await fresh.ask('{ invoice(id: "fakturownia:invoice:9") { number } }');
  expect(memory.entries.map(({ touched }) => touched)).toEqual([
    { Customer: ['woo:customer:12'], Order: ['woo:order:1'] },
    { Customer: ['fakturownia:client:3'], Invoice: ['fakturownia:invoice:9'] },
  ]);
  const { hubspot, woo, fakturownia } = fresh.sandbox.control.calls();
  expect([hubspot.total, woo.total, fakturownia.total]).toEqual([0, 1, 1]);
});

test('a guest stands in the audit by a digest, not by the sealed e-mail address', async () => {
  await company.ask('{ order(id: "woo:order:3") { billingEmail } }');
  const [entry] = memory.entries;
  expect(entry!.touched.Customer).toEqual([expect.stringMatching(/^woo:guest:~[\w-]{22}$/)]);
});

test('what names nobody is not recorded, nor is an identifier that was asked by', async () => {
  await company.ask('{ products { nodes { sku } } customer(id: "woo:customer:12") { kind } }');
  expect(memory.entries).toEqual([]);
  await company.ask(
    'query Q($e: EmailAddress!) { customerByEmail(email: $e) { email } customer(id: "anna@palarnia.pl") { phone } }',
    {
      variables: { e: 'anna@palarnia.pl' },
    },
  );
  expect(JSON.stringify(memory.entries)).not.toMatch(CANARIES);
  expect(memory.entries).toMatchObject([{ asked: [], touched: { Customer: expect.anything() } }]);
});

test('the records that subgraphs report never reach a client', async () => {
  const direct = await company.company
    .transportOf('identity')
    .execute(
      { query: '{ customer(id: "woo:customer:12") { kind } }' },
      { requestId: 'r', signal: AbortSignal.timeout(20_000), headers: {} },
    );
  expect(JSON.stringify(direct.extensions)).toContain('"touched"');
  const { body } = await company.ask(EVERYTHING, { variables: { id: 'woo:customer:12' } });
  expect(body.data).toMatchObject({ customer: { email: 'anna@palarnia.pl' } });
  expect(JSON.stringify(body)).not.toMatch(/touched/i);
});

test('a write is recorded with whom it was about, done or refused, and without its text', async () => {
  const query = `mutation Note($id: ID!, $text: String!) {
    addCustomerNote(customerId: $id, text: $text, idempotencyKey: "k1") { subject body }
  }`;
  const variables = { id: 'hubspot:contact:501', text: 'Anna Nowak called' };
  await company.ask(query, { variables });
  const writer = withScopes('customers:read activities:read activities:write');
  const { body } = await company.ask(query, { variables, caller: writer });
  expect(body.errors).toBeUndefined();
  expect(memory.entries).toMatchObject([
    { outcome: 'refused', allowed: [], denied: expect.arrayContaining(['Mutation.addCustomerNote']) },
    { outcome: 'executed', allowed: expect.arrayContaining(['Mutation.addCustomerNote', 'Activity.body']), denied: [] },
  ]);
  expect(memory.entries.map(({ asked }) => asked)).toEqual([['hubspot:contact:501'], ['hubspot:contact:501']]);
  expect(JSON.stringify(memory.entries)).not.toMatch(CANARIES);
});

test('one caller’s name is never on another one’s reading, under concurrency', async () => {
  const query = '{ customer(id: "woo:customer:12") { email } }';
  const callers = Array.from({ length: 50 }, (_, n) => ({ ...support, clientId: `client-${n}` }));
  await Promise.all(callers.map((caller) => company.ask(query, { caller })));
  expect(new Set(memory.entries.map(({ client }) => client)).size).toBe(50);
  expect(memory.entries.every(({ touched }) => touched.Customer?.includes('woo:customer:12'))).toBe(true);
});
