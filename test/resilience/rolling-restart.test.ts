import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { addClient } from '../../gateway/clients/edits.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { type ServiceProcess, startService } from '../e2e/service-process.ts';
import { ALL_SCOPES } from '../e2e/test-client.ts';
import { freePort } from '../live/processes.ts';
import { startRedis } from '../setup/redis.ts';

const QUERY = `query ($id: ID!) { customer(id: $id) { id displayName orders { nodes { number } } receivables { openInvoiceCount } } }`;

test('two replicas restart one after the other under load, and no request fails', async () => {
  await using company = await startCompany();
  const replicas = [await company.startReplica(), await company.startReplica()];
  const token = await requestToken(replicas[0]!.url, company.secret, { clientId: 'support', scope: null, own: null });
  await using balancer = startBalancer(replicas.map(({ url }) => url));
  const load = startLoad(balancer, company.ids, token);
  for (const [index, replica] of replicas.entries()) {
    await load.until(40);
    expect(await replica.stop()).toBe(0);
    replicas[index] = await company.startReplica(replica.url);
    await balancer.untilReady(index);
  }
  await load.until(40);
  const { answers, failures } = await load.stop();
  expect(failures).toEqual([]);
  expect(answers).toBeGreaterThan(120);
  expect(balancer.sent().every((count) => count > 40)).toBe(true);
}, 120_000);

/** The company's systems, slow enough that requests are always under way, and what its replicas share. */
async function startCompany() {
  await using started = new AsyncDisposableStack();
  const sandbox = started.use(await startSandbox({ customers: 60 }));
  const redis = started.use(await startRedis());
  for (const vendor of ['hubspot', 'woo', 'fakturownia'] as const) sandbox.control.set(vendor, { latencyMs: 40 });
  const folder = await mkdtemp(join(tmpdir(), 'rolling-'));
  started.defer(() => rm(folder, { recursive: true }));
  const client = { id: 'support', scopes: [...ALL_SCOPES], rows: 'all', budget: 1_000_000_000, expiresAt: null };
  const secret = await addClient(join(folder, 'clients.json'), client, new Date());
  const settings = {
    ...sandboxEnvironment(sandbox),
    IDENTITY_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    PUBLIC_URL: 'http://jeden.test',
    STATE_DIR: folder,
    REDIS_URL: redis.url,
    ADMIN_PORT: 'off',
    // Longer than the balancer takes to look twice.
    SHUTDOWN_DELAY_MS: '500',
  };
  const running = started.move();
  return {
    ids: sandbox.dataset.truth().customers.flatMap(({ references }) => references.slice(0, 1)),
    secret,
    startReplica: async (url = ''): Promise<ServiceProcess> => {
      const port = url ? new URL(url).port : String(await freePort());
      const announced = /Health +http:\/\/[^:]+(:\d+)/;
      const replica = await startService('gateway/all-in-one/main.ts', { ...settings, PORT: port }, announced);
      running.use(replica);
      return { ...replica, url: `http://127.0.0.1:${port}` };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const LOOK_EVERY_MS = 100;

/** What a load balancer does: in turn to those that are ready, on connections that it keeps, and nothing is tried twice. */
function startBalancer(urls: readonly string[]) {
  const replicas = urls.map((url) => ({ url, pool: new Pool(url, { connections: 8 }), isReady: true, sent: 0 }));
  let turn = 0;
  let isOn = true;
  const look = async () => {
    while (isOn) {
      await Promise.all(
        replicas.map(async (replica) => {
          replica.isReady = await fetch(`${replica.url}/health/ready`).then(
            ({ ok }) => ok,
            () => false,
          );
        }),
      );
      await pause(LOOK_EVERY_MS);
    }
  };
  const looking = look();
  return {
    async send(body: string, headers: Record<string, string>) {
      const ready = replicas.filter(({ isReady }) => isReady);
      turn += 1;
      const replica = ready[turn % ready.length]!;
      replica.sent += 1;
      const answer = await replica.pool.request({ method: 'POST', path: '/graphql', headers, body });
      return { status: answer.statusCode, body: await answer.body.text() };
    },
    sent: () => replicas.map(({ sent }) => sent),
    untilReady: async (index: number) => {
      while (!replicas[index]!.isReady) await pause(LOOK_EVERY_MS);
    },
    [Symbol.asyncDispose]: async () => {
      isOn = false;
      await looking;
      await Promise.all(replicas.map(({ pool }) => pool.close()));
    },
  };
}

/** A few callers who ask for one customer after the other. */
function startLoad(balancer: ReturnType<typeof startBalancer>, ids: readonly string[], token: string) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const failures: string[] = [];
  let answers = 0;
  let isOn = true;
  const caller = async (first: number) => {
    for (let next = first; isOn; next += 1) {
      const body = JSON.stringify({ query: QUERY, variables: { id: ids[next % ids.length] } });
      const answer = await balancer.send(body, headers).catch(String);
      const isGood =
        typeof answer !== 'string' && answer.status === 200 && /^\{"data":\{"customer":\{"id":"/.test(answer.body);
      if (!isGood || answer.body.includes('"errors"')) failures.push(JSON.stringify(answer));
      else answers += 1;
    }
  };
  const running = Promise.all([0, 7, 14, 21].map(caller));
  return {
    /** Until so many more are answered. */
    until: async (more: number) => {
      const goal = answers + more;
      while (answers < goal && failures.length === 0) await pause(20);
    },
    stop: async () => {
      isOn = false;
      await running;
      return { answers, failures };
    },
  };
}
