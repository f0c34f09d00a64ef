import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { addClient } from '../../gateway/clients/edits.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import { SANDBOX_CREDENTIALS, VENDORS, type Vendor } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { type ServiceProcess, startService } from '../e2e/service-process.ts';
import { ALL_SCOPES } from '../e2e/test-client.ts';
import { freePort } from '../live/processes.ts';
import { startTraceCollector, type TraceCollector } from '../setup/trace-collector.ts';
import { type SpoilingProxy, type Spoilt, startSpoilingProxy } from './spoiling-proxy.ts';

/** In bodies and headers of upstreams; nobody may see it. */
const UPSTREAM = 'canary-upstream-7f3a';
/** Sent by callers in places where it does not belong; may come back to who sent it, and stand nowhere else. */
const HOSTILE = 'canary.hostile@canary.example';
/** The same, in a form that nothing could know for somebody's. */
const WORD = 'canarywordq7';

const CUSTOMER = `query ($id: ID!, $email: EmailAddress!) {
  customer(id: $id) {
    id displayName email phone emails taxIdentifiers { value } addresses { street }
    orders(first: 5) { nodes { id number billingEmail billingAddress { name } customerNote } }
    invoices(first: 5) { nodes { id number buyer { name email taxId { value } } documents { format url } } }
    activities(first: 3) { nodes { subject body } }
    contacts(first: 3) { nodes { firstName email } }
  }
  byEmail: customerByEmail(email: $email) { id displayName }
}`;

/** A page that only the upstream's own people should read. */
const SPOILT: readonly Spoilt[] = [
  ...[400, 401, 403, 429, 500, 503].map((status) => ({
    status,
    contentType: 'application/json',
    body: JSON.stringify({
      code: UPSTREAM,
      message: `${UPSTREAM} at /srv/${UPSTREAM}`,
      error: UPSTREAM,
      status: 'error',
    }),
  })),
  { status: 200, contentType: 'text/html', body: `<h1>${UPSTREAM}</h1>` },
  { status: 200, contentType: 'application/json', body: `{"results":[{"id":"${UPSTREAM}"` },
  { status: 200, contentType: 'application/json', body: JSON.stringify([{ id: UPSTREAM, email: [UPSTREAM] }]) },
  { status: 302, contentType: 'text/plain', body: UPSTREAM },
];

interface Seen {
  caller: string;
  /** Status, headers and body. */
  text: string;
}

let folder: string;
let sandbox: Sandbox;
let proxies: Record<Vendor, SpoilingProxy>;
let service: ServiceProcess;
let collector: TraceCollector;
let adminPort: number;
let customer: { id: string; email: string; personal: string[] };
const secrets: string[] = [];
const tokens: Record<string, string> = {};
const seen: Seen[] = [];
const started = new AsyncDisposableStack();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canaries-'));
  started.defer(() => rm(folder, { recursive: true }));
  sandbox = started.use(await startSandbox({ customers: 80 }));
  const start = async (vendor: Vendor) => started.use(await startSpoilingProxy(sandbox.urls[vendor], UPSTREAM));
  proxies = { hubspot: await start('hubspot'), woo: await start('woo'), fakturownia: await start('fakturownia') };
  customer = choosePerson(sandbox);
  collector = started.use(await startTraceCollector());
  adminPort = await freePort();
  const addOne = (id: string, scopes: string[]) =>
    addClient(join(folder, 'clients.json'), { id, scopes, rows: 'all', budget: null, expiresAt: null }, new Date());
  const clients = {
    all: await addOne('all', ALL_SCOPES),
    partner: await addOne('partner', ['customers:read', 'orders:read']),
  };
  service = started.use(await startService('gateway/all-in-one/main.ts', environment(), /Open +(http:[^ ]+)\/graphql/));
  for (const [clientId, secret] of Object.entries(clients)) {
    secrets.push(secret);
    tokens[clientId] = await requestToken(service.url, secret, { clientId, scope: null, own: null });
  }
}, 120_000);

afterAll(async () => {
  await started.disposeAsync();
});

/** Every setting that holds a secret has one that is searched for. */
function environment(): Record<string, string> {
  const { hubspot, woo, fakturownia } = SANDBOX_CREDENTIALS;
  const pem = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const keys = { ISSUER_KEYS: pem(), GATEWAY_PRIVATE_KEY: pem() };
  const sealKey = randomBytes(32).toString('base64');
  secrets.push(hubspot.token, woo.consumerKey, woo.consumerSecret, fakturownia.apiToken, sealKey);
  secrets.push(...Object.values(keys).map((key) => key.split('\n')[1]!));
  return {
    ...sandboxEnvironment({
      ...sandbox,
      urls: { hubspot: proxies.hubspot.url, woo: proxies.woo.url, fakturownia: proxies.fakturownia.url },
    }),
    ...keys,
    IDENTITY_KEYS: `k1:${sealKey}`,
    LOG_LEVEL: 'trace',
    ADMIN_PORT: String(adminPort),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    STATE_DIR: folder,
  };
}

/** Somebody with a mailbox, a phone and orders, whom two systems know. */
function choosePerson({ dataset }: Sandbox) {
  const person = dataset
    .truth()
    .customers.find(
      ({ references, emails, phone, orderNumbers, invoiceNumbers }) =>
        references.length > 2 &&
        emails.length > 0 &&
        phone !== null &&
        orderNumbers.length > 0 &&
        invoiceNumbers.length > 0,
    )!;
  const { id, emails, phone, taxId } = person;
  return { id, email: emails[0]!, personal: [...emails, phone!, phone!.replace('+48', ''), ...(taxId ? [taxId] : [])] };
}

type Sent = { method?: string; body?: string; headers?: Record<string, string> };

async function send(caller: string, path: string, init: Sent = {}): Promise<Response> {
  const authorization: Record<string, string> = tokens[caller] ? { authorization: `Bearer ${tokens[caller]}` } : {};
  const headers = { 'content-type': 'application/json', ...authorization, ...init.headers };
  const response = await fetch(`${service.url}${path}`, { ...init, headers, redirect: 'manual' });
  const body = await response.clone().text();
  seen.push({ caller, text: `${response.status} ${JSON.stringify([...response.headers])} ${body}` });
  return response;
}

function ask(caller: string, query: string, variables: unknown = {}, headers: Record<string, string> = {}) {
  return send(caller, '/graphql', { method: 'POST', body: JSON.stringify({ query, variables }), headers });
}

test('good and denied requests', async () => {
  const variables = { id: customer.id, email: customer.email };
  const { data } = (await (await ask('all', CUSTOMER, variables)).json()) as {
    data: { customer: { email: string; invoices: { nodes: { documents: { url: string }[] | null }[] } } };
  };
  expect(data.customer.email).toBe(customer.email);
  await ask('partner', CUSTOMER, variables);
  await ask('anonymous', CUSTOMER, variables);
  await ask('partner', '{ customers(first: 10) { nodes { id emailMasked phoneMasked taxIdMasked initials } } }');
  const links = data.customer.invoices.nodes.flatMap(({ documents }) => documents ?? []);
  expect(links.length).toBeGreaterThan(0);
  for (const { url } of links.slice(0, 2)) {
    const { pathname } = new URL(url);
    // Whoever has the link may open it, so it must not stand in a log.
    secrets.push(pathname.split('/').at(-1)!);
    expect((await fetch(`${service.url}${pathname}`)).status).toBe(200);
    await send('anonymous', `${pathname.slice(0, -5)}AAAAA`);
  }
}, 60_000);

test('hostile requests', async () => {
  const text = JSON.stringify(HOSTILE);
  await ask('partner', `{ customerByEmail(email: ${text}) { nothingSuch } }`);
  await ask('partner', `{ customerByEmail(email: ${text} { id }`);
  await ask('partner', 'query ($n: Int) { customers(first: $n) { nodes { id } } }', { n: HOSTILE });
  await ask('all', `{ customerByEmail(email: ${text}) { id } customer(id: ${text}) { id } }`);
  await ask('all', '{ order(id: "woo:order:../customers") { id } x: order(id: "woo:order:1?consumer_key=x") { id } }');
  await ask('all', `{ customers(search: ${text}) { nodes { id } } invoiceByNumber(number: ${text}) { id } }`);
  await send(
    'partner',
    `/graphql?query=${encodeURIComponent(`{ customerByEmail(email: ${text}) { id } }`)}&access_token=${HOSTILE}`,
  );
  await send('partner', '/graphql', { method: 'POST', body: `{"query": "${HOSTILE}` });
  await send('partner', '/graphql', { method: 'POST', body: HOSTILE, headers: { 'content-type': 'text/plain' } });
  await send('nobody', '/graphql', { method: 'POST', body: '{}', headers: { authorization: `Basic ${HOSTILE}` } });
  await send('nobody', '/graphql', { method: 'POST', body: '{}', headers: { authorization: `Bearer ${tokens.all}x` } });
  await ask(
    'partner',
    '{ customers(first: 1) { nodes { id } } }',
    {},
    { 'x-jeden-caller': HOSTILE, cookie: `s=${HOSTILE}` },
  );
  await ask('partner', '{ customers(first: 1) { nodes { id } } }', {}, { 'x-request-id': HOSTILE, referer: HOSTILE });
  await send('nobody', '/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'all',
      client_secret: HOSTILE,
    }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  await send('nobody', `/nowhere?email=${HOSTILE}&word=${WORD}`);
  const { raw } = String;
  for (const body of [WORD, `{"query":"${WORD}"}`, raw`{"query":"{ customer(id: \"${WORD}\") { ${WORD} } }"}`]) {
    await send('partner', `/graphql?word=${WORD}`, {
      method: 'POST',
      body,
      headers: { cookie: WORD, 'user-agent': WORD },
    });
  }
  await ask('all', `{ customers(search: "${WORD}") { nodes { id } } orderByNumber(number: "${WORD}") { id } }`);
  await ask('all', 'query ($w: OrderFilter) { orders(filter: $w) { nodes { id } } }', {
    w: { status: [WORD], [WORD]: WORD },
  });
  await send('nobody', '/graphql', { method: 'POST', body: '{}', headers: { authorization: `Bearer ${WORD}` } });
}, 60_000);

test('requests while upstreams fail and talk', async () => {
  for (const [index, spoilt] of SPOILT.entries()) {
    for (const vendor of VENDORS) proxies[vendor].spoil(spoilt);
    // Each time things that nobody asked for yet: what is cached would be answered.
    const known = sandbox.dataset.truth().customers.slice(index * 4, index * 4 + 4);
    await Promise.all(
      known.flatMap(({ id, emails }) => {
        const variables = { id, email: emails[0] ?? 'nobody@nowhere.example' };
        return ['all', 'partner'].map((caller) => ask(caller, CUSTOMER, variables));
      }),
    );
    await ask('all', `{ orders(first: ${index + 3}) { nodes { id } } invoices(first: ${index + 3}) { nodes { id } } }`);
    await ask('all', `{ orderByNumber(number: "${index}") { id } product(sku: "X${index}") { sku } }`);
  }
  for (const vendor of VENDORS) {
    expect(proxies[vendor].spoiltAnswers()).toBeGreaterThan(0);
    proxies[vendor].spoil(null);
  }
  const failed = seen.filter(({ text }) => text.includes('UPSTREAM_'));
  expect(failed.length).toBeGreaterThan(SPOILT.length);
}, 120_000);

test('no canary stands in a log line, a metric or a trace, nor in an answer, an error or a header of somebody who may not see it', async () => {
  const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  expect(await service.stop()).toBe(0);
  const lines = service
    .output()
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(100);
  const inTokens = Object.values(tokens).flatMap((token) => token.split('.').slice(1));
  const inLog = [...secrets, ...inTokens, ...customer.personal, UPSTREAM, HOSTILE, WORD];
  expect(findIn(lines, inLog)).toEqual([]);
  expect(metrics).toMatch(/^jeden_denied_fields_total\{coordinate=/m);
  expect(collector.spans.length).toBeGreaterThan(500);
  expect(findIn([...metrics.split('\n'), ...collector.spans.map((span) => JSON.stringify(span))], inLog)).toEqual([]);

  const answers = seen.map(({ text }) => text);
  expect(findIn(answers, [...secrets.filter((secret) => !isLink(secret)), ...inTokens, UPSTREAM])).toEqual([]);
  const ofOthers = seen.filter(({ caller }) => caller !== 'all').map(({ text }) => text);
  expect(findIn(ofOthers, customer.personal)).toEqual([]);
  process.stdout.write(
    `canaries: ${inLog.length} searched for in ${lines.length} log lines and ${answers.length} answers\n`,
  );
});

/** A link to a document is in the answer of who may see it. */
function isLink(secret: string): boolean {
  return seen.some(({ caller, text }) => caller === 'all' && text.includes(`/documents/${secret}`));
}

/** Each canary that was found, with where. */
function findIn(texts: readonly string[], canaries: readonly string[]): string[] {
  return texts.flatMap((text) =>
    canaries
      .filter((canary) => text.toLowerCase().includes(canary.toLowerCase()))
      .map((canary) => `${canary} in ${text.slice(0, 600)}`),
  );
}
