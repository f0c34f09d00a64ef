import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AllInOne, startAllInOne } from '../../gateway/all-in-one/main.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { SANDBOX_CREDENTIALS, SANDBOX_WEBHOOK_SECRET } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { testClients, tokenForEverything } from '../e2e/test-client.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { addContact, addOrder, addShopCustomer, emptyDataset } from './sandbox-fixture.ts';

describe.each(['off', 'on'])('with the entity cache %s', (entityCache) => {
  let redis: TestRedis;
  let sandbox: Sandbox;
  let folder: string;
  let replicas: AllInOne[];
  let token: string;

  /** Webhooks reach the first replica alone. */
  beforeAll(async () => {
    const dataset = emptyDataset();
    addContact(dataset.hubspot, 501, { email: 'anna@palarnia.pl', firstName: 'Anna', lastName: 'Nowak' });
    addShopCustomer(dataset.woo, 12, { email: 'ewa@dom.pl' });
    addOrder(dataset.woo, 1001, { customerId: 12 });
    redis = await startRedis();
    sandbox = await startSandbox({ dataset, webhookTimings: { batchMs: 1 } });
    folder = await mkdtemp(join(tmpdir(), 'jeden-replicas-'));
    const clients = await testClients(dataset);
    const { privateKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const start = () =>
      startAllInOne(
        {
          ...sandboxEnvironment(sandbox),
          PORT: '0',
          LOG_LEVEL: 'silent',
          REDIS_URL: redis.url,
          ENTITY_CACHE: entityCache,
          // What is counted here are calls: a busy machine's slowness must not look like an outage.
          REDIS_TIMEOUT: '1s',
          PUBLIC_URL: 'https://graph.example',
          ISSUER_KEYS: privateKey,
          AUDIT_FILE: join(folder, 'audit.jsonl'),
          BUDGET_PER_MINUTE: '1000000000',
          OVERLOAD_WAIT_MS: '60000',
        },
        { clock: sandbox.clock, clients },
      );
    replicas = [await start(), await start()];
    token = await tokenForEverything(replicas[0]!.url);
    const { url } = replicas[0]!;
    sandbox.control.setWebhookTarget('hubspot', {
      url: `${url}/webhooks/hubspot`,
      signedUrl: 'https://graph.example/webhooks/hubspot',
      clientSecret: SANDBOX_WEBHOOK_SECRET,
    });
    sandbox.control.setWebhookTarget('woo', { url: `${url}/webhooks/woo`, secret: SANDBOX_WEBHOOK_SECRET });
    await sandbox.control.webhooksIdle();
  });

  afterAll(async () => {
    await Promise.all((replicas ?? []).map((replica) => replica.close()));
    await sandbox?.close();
    await redis?.[Symbol.asyncDispose]();
    if (folder) await rm(folder, { recursive: true });
  });

  test('after a webhook both replicas serve the new value, for one call, and never the old one', async () => {
    const query = '{ customerByEmail(email: "ewa@dom.pl") { orders { nodes { customerNote } } } }';
    const note = async (replica: number) => {
      const { customerByEmail } = await ask<{ customerByEmail: { orders: { nodes: { customerNote: string }[] } } }>(
        replica,
        query,
      );
      return customerByEmail.orders.nodes[0]!.customerNote;
    };
    await note(0);
    await note(1);
    for (const text of ['pierwsza', 'druga', 'trzecia']) {
      await changeOrder({ customer_note: text });
      sandbox.control.resetCalls();
      const notes = await Promise.all(Array.from({ length: 40 }, (_, index) => note(index % 2)));
      expect(new Set(notes)).toEqual(new Set([text]));
      expect(sandbox.control.calls().woo.total).toBe(1);
    }
  });

  test('a changed e-mail finds the customer by the new address alone, at both replicas', async () => {
    const idBy = async (replica: number, email: string) => {
      const query = `{ customerByEmail(email: "${email}") { id } }`;
      return (await ask<{ customerByEmail: { id: string } | null }>(replica, query)).customerByEmail?.id ?? null;
    };
    const idsBy = (email: string) => Promise.all([idBy(0, email), idBy(1, email)]);
    const id = 'hubspot:contact:501';
    expect(await idsBy('anna@palarnia.pl')).toEqual([id, id]);
    expect(await idsBy('anna@nowa.pl')).toEqual([null, null]);
    const url = `${sandbox.urls.hubspot}/crm/v3/objects/contacts/501`;
    const authorization = `Bearer ${SANDBOX_CREDENTIALS.hubspot.token}`;
    await send(url, 'PATCH', authorization, { properties: { email: 'anna@nowa.pl' } });
    expect(await idsBy('anna@nowa.pl')).toEqual([id, id]);
    expect(await idsBy('anna@palarnia.pl')).toEqual([null, null]);
  });

  async function ask<T>(replica: number, query: string): Promise<T> {
    const response = await fetch(`${replicas[replica]!.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  }

  function changeOrder(change: object): Promise<void> {
    const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
    const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
    return send(`${sandbox.urls.woo}/wp-json/wc/v3/orders/1001`, 'PUT', authorization, change);
  }

  /** Resolves when the webhook was answered. */
  async function send(url: string, method: string, authorization: string, body: object): Promise<void> {
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    await sandbox.control.webhooksIdle();
  }
});
