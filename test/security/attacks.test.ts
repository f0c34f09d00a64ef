import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { CALLER_HEADER } from '../../common/caller-header.ts';
import type { Answer } from '../e2e/product.ts';
import { createFieldReader } from './asked-fields.ts';
import { type RecordedProduct, startRecordedProduct } from './recorded-product.ts';
import { type SpoilingProxy, startSpoilingProxy } from './spoiling-proxy.ts';

const fieldsOf = createFieldReader();
const proxies: SpoilingProxy[] = [];
let product: RecordedProduct;
let tokens: { everything: string; finance: string; partner: string };
let customer: { id: string; email: string };

beforeAll(async () => {
  product = await startRecordedProduct({
    urlOf: async (url) => {
      const proxy = await startSpoilingProxy(url);
      proxies.push(proxy);
      return proxy.url;
    },
  });
  tokens = {
    everything: await product.token(),
    finance: await product.token('finance'),
    partner: await product.token('partner'),
  };
  const { data } = await product.ask<{ customers: { nodes: { id: string }[] } }>(
    '{ customers(first: 5) { nodes { id } } }',
    { token: tokens.partner },
  );
  const { id } = data!.customers.nodes[0]!;
  const known = await product.ask<{ customer: { email: string } }>('query ($id: ID!) { customer(id: $id) { email } }', {
    token: tokens.everything,
    variables: { id },
  });
  customer = { id, email: known.data!.customer.email };
}, 120_000);

afterAll(async () => {
  await product[Symbol.asyncDispose]();
  for (const proxy of proxies) await proxy[Symbol.asyncDispose]();
});

/** That a text is no reference at all may be told; that there is no such record is plain null. */
const codesOf = ({ errors = [] }: Answer<unknown>) => errors.map(({ extensions }) => extensions.code);

const takeAsked = () => proxies.flatMap((proxy) => proxy.takeAsked());

describe('ids cannot lead an upstream elsewhere', () => {
  const REMOTE_IDS = [
    '../customers',
    '1/../../customers',
    '..%2fcustomers',
    '%2e%2e/customers',
    '..\\customers',
    '1?injected=1',
    '1&injected=1',
    '1#injected',
    '1;injected=1',
    '1/injected',
    '1\r\nInjected: 1',
    '1\u0000',
    '-1',
    '1e3',
    '0x10',
    '１',
    '__proto__',
    'constructor',
    '[object Object]',
  ];

  test.each([
    ['order', 'woo:order'],
    ['customer', 'woo:customer'],
    ['customer', 'woo:order'],
    ['customer', 'hubspot:contact'],
    ['customer', 'fakturownia:client'],
    ['deal', 'hubspot:deal'],
    ['ticket', 'hubspot:ticket'],
    ['invoice', 'fakturownia:invoice'],
    ['payment', 'fakturownia:payment'],
  ])('%s(id: "%s:…")', async (field, prefix) => {
    takeAsked();
    const ids = REMOTE_IDS.map((remote) => `${prefix}:${remote}`);
    const parts = ids.map((_, index) => `f${index}: ${field}(id: $id${index}) { id }`).join(' ');
    const declared = ids.map((_, index) => `$id${index}: ID!`).join(' ');
    const variables = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
    const answer = await product.ask(`query (${declared}) { ${parts} }`, { token: tokens.everything, variables });
    expect(new Set(Object.values(answer.data!))).toEqual(new Set([null]));
    expect(codesOf(answer).filter((code) => code !== 'BAD_USER_INPUT')).toEqual([]);
    expect(takeAsked().filter((line) => /injected|\.\.|%2e|proto|constructor|object/i.test(line))).toEqual([]);
  });

  test.each([
    'nobody:order:1',
    '__proto__:order:1',
    'woo:__proto__:1',
    'constructor:constructor:1',
    'toString',
    '',
    ':::',
    `woo:order:${'9'.repeat(400)}`,
  ])('"%s" is nobody\'s and asks nobody', async (id) => {
    takeAsked();
    const answer = await product.ask('query ($id: ID!) { order(id: $id) { id } customer(id: $id) { id } }', {
      token: tokens.everything,
      variables: { id },
    });
    expect(answer.data).toEqual({ order: null, customer: null });
    expect(codesOf(answer).filter((code) => code !== 'BAD_USER_INPUT')).toEqual([]);
    expect(takeAsked()).toEqual([]);
  });

  test('texts to look for stay one value of their parameter', async () => {
    takeAsked();
    const query = `query ($t: String!) {
      orderByNumber(number: $t) { id } invoiceByNumber(number: $t) { id } product(sku: $t) { name }
      customers(search: $t, first: 2) { nodes { id } } products(search: $t, first: 2) { nodes { sku } }
    }`;
    for (const text of ['x&injected=1', 'x?injected=1#y', 'x/../../injected', 'x\r\ninjected: 1', 'x%26injected=1']) {
      await product.ask(query, { token: tokens.everything, variables: { t: text } });
    }
    const urls = takeAsked().map((line) => new URL(line.slice(line.indexOf(' ') + 1), 'http://upstream.test'));
    expect(urls.length).toBeGreaterThan(5);
    expect(urls.flatMap(({ searchParams }) => [...searchParams.keys()]).filter((key) => /injected/.test(key))).toEqual(
      [],
    );
    expect(urls.map(({ pathname }) => pathname).filter((path) => /injected|\.\./.test(path))).toEqual([]);
  });
});

describe('who asks', () => {
  test('is what the token says, whatever headers like ours a client sends', async () => {
    product.takeReached();
    await product.ask('{ customers(first: 1) { nodes { id } } }', { token: tokens.finance });
    const stolen = product.takeReached()[0]!.headers[CALLER_HEADER]!;
    for (const name of [CALLER_HEADER, CALLER_HEADER.toUpperCase(), 'x-jeden-anything']) {
      const query = 'query ($id: ID!) { customer(id: $id) { id email } customers(first: 100) { nodes { id } } }';
      const variables = { id: customer.id };
      const forged = await product.ask(query, { token: tokens.partner, variables, headers: { [name]: stolen } });
      const reached = product.takeReached();
      const honest = await product.ask(query, { token: tokens.partner, variables });
      product.takeReached();
      expect(forged).toEqual(honest);
      expect(reached.length).toBeGreaterThan(0);
      for (const { headers } of reached) {
        expect(Object.keys(headers)).toEqual([CALLER_HEADER, 'x-request-id', 'x-deadline-ms']);
        expect(decodeJwt(headers[CALLER_HEADER]!)).toMatchObject({ client: 'partner' });
      }
      expect(fieldsOf(reached)).not.toContain('Customer.email');
    }
  });

  test('flips on one cached text with its variables, and each subgraph is asked for what that caller may see', async () => {
    const query = `query ($id: ID!, $with: Boolean!) {
      customer(id: $id) { id email @include(if: $with) receivables @skip(if: $with) { openInvoiceCount } }
    }`;
    product.takeReached();
    for (let round = 0; round < 6; round++) {
      for (const caller of ['finance', 'partner'] as const) {
        const withEmail = round % 2 === 0;
        const variables = { id: customer.id, with: withEmail };
        const answer = await product.ask(query, { token: tokens[caller], variables });
        const asked = fieldsOf(product.takeReached());
        const isFull = caller === 'finance';
        const key = withEmail ? 'email' : 'receivables';
        expect(Object.keys(answer.data!.customer as object)).toEqual(['id', key]);
        expect(answer.errors?.map(({ path }) => path) ?? []).toEqual(isFull ? [] : [['customer', key]]);
        expect(asked.has('Customer.email') || asked.has('Customer.receivables')).toBe(isFull);
        if (!isFull) expect(JSON.stringify(answer)).not.toContain(customer.email);
      }
    }
  });
});

describe('what is not part of the graph', () => {
  test.each([
    '{ _service { sdl } }',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { email } } }',
    '{ _entities(representations: [{ __typename: "Customer", id: "hubspot:contact:1" }]) { __typename } }',
    '{ customers { nodes { claim records } } }',
    '{ orders { nodes { orderRef invoiceRef } } }',
    '{ parties { id } }',
    'mutation { customers { nodes { id } } }',
    'subscription { customers { nodes { id } } }',
  ])('reaches no subgraph: %s', async (query) => {
    product.takeReached();
    const answer = await product.ask(query, { token: tokens.everything, variables: { r: [] } });
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(product.takeReached()).toEqual([]);
  });

  test('introspection shows nobody the internal names, nor somebody what they may not select', async () => {
    const query = '{ __schema { types { name fields { name } } } }';
    const everything = JSON.stringify(await product.ask(query, { token: tokens.everything }));
    expect(everything).toMatch(/"receivables"/);
    expect(everything).not.toMatch(/"(_entities|_service|_Any|claim|records|orderRef|invoiceRef)"/);
    const partner = JSON.stringify(await product.ask(query, { token: tokens.partner }));
    expect(partner).not.toMatch(/"(receivables|emails|taxIdentifiers|unitCost|Deal|Receivables)"/);
    const nobody = await product.ask(query, { token: null });
    expect(JSON.stringify(nobody)).not.toMatch(/"(Customer|Invoice|Order)"/);
  });

  test('introspection that goes in circles is refused', async () => {
    const circle = Array.from({ length: 8 }).reduce((inner: string) => `fields { type { ${inner} } }`, 'name');
    const answer = await product.ask(`{ __schema { types { ${circle} } } }`, { token: tokens.everything });
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors?.length).toBeGreaterThan(0);
  });
});

describe('documents with several operations', () => {
  const query = `query A { customers(first: 1) { nodes { id } } }
    query B($id: ID!) { customer(id: $id) { id email } }
    mutation C { addCustomerNote(customerId: "x", text: "x", idempotencyKey: "x") { id } }`;

  test.each([undefined, 'D', '__proto__', 'constructor', ''])('run nothing for the name %s', async (operationName) => {
    product.takeReached();
    const answer = await product.ask(query, { token: tokens.everything, operationName });
    expect(answer.data ?? null).toBeNull();
    expect(product.takeReached()).toEqual([]);
  });

  test('run the one that is named, with the rights that it needs', async () => {
    product.takeReached();
    const variables = { id: customer.id };
    const answer = await product.ask(query, { token: tokens.partner, variables, operationName: 'B' });
    expect(answer.data).toEqual({ customer: { id: customer.id, email: null } });
    expect(fieldsOf(product.takeReached())).not.toContain('Customer.email');
    const write = await product.ask(query, { token: tokens.partner, variables, operationName: 'C' });
    expect(write.data).toBeNull();
    expect(product.takeReached()).toEqual([]);
  });
});

describe('names that objects have by themselves', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is an alias like others',
    async (name) => {
      const query = `query ($id: ID!) { ${name}: customer(id: $id) { ${name}: id x: email } }`;
      const answer = await product.ask(query, { token: tokens.partner, variables: { id: customer.id } });
      const text = JSON.stringify(answer);
      expect(text).toContain(`"data":{"${name}":{"${name}":"${customer.id}","x":null}}`);
      expect(text).not.toContain(customer.email);
    },
  );

  test.each(['__proto__', 'constructor'])('%s is no way into variables', async (name) => {
    product.takeReached();
    const text = `{"${name}":{"id":"${customer.id}","with":true}}`;
    const query = 'query ($id: ID!, $with: Boolean = false) { customer(id: $id) { email @include(if: $with) } }';
    const answer = await product.ask(query, { token: tokens.everything, variables: JSON.parse(text) });
    expect(answer.data ?? null).toBeNull();
    expect(product.takeReached()).toEqual([]);
  });
});

describe('sizes of lists', () => {
  test.each(['first: 1000000', 'first: -1', 'first: 101', 'first: 2147483648', 'first: 1, first: 100', 'first: "5"'])(
    '%s is refused and asks no upstream',
    async (argument) => {
      takeAsked();
      const fields = ['customers', 'orders', 'invoices', 'products'];
      for (const field of fields) {
        const answer = await product.ask(`{ ${field}(${argument}) { nodes { __typename } } }`, {
          token: tokens.everything,
        });
        expect(answer.data?.[field] ?? null).toBeNull();
        expect(answer.errors?.length).toBeGreaterThan(0);
      }
      expect(takeAsked()).toEqual([]);
    },
  );
});
