import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { sendSandboxWebhooks } from '../../gateway/all-in-one/sandbox-webhooks.ts';
import { addClient } from '../../gateway/clients/edits.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import { freePort } from '../live/processes.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import type { Answer } from './product.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { ALL_SCOPES } from './test-client.ts';

export interface CompanyOptions {
  sandbox?: SandboxOptions;
  /** Settings of every replica beside those that point at the sandbox and at Redis. */
  env?: Record<string, string>;
  /** Where replicas find Redis, when that is not its own address: a proxy before it. */
  redisUrl?: (redis: TestRedis) => string | Promise<string>;
}

/** One process of the whole product. */
export interface Replica {
  url: string;
  adminUrl: string;
  service: ServiceProcess;
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
  /** Throws for an answer with errors. */
  data<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
}

/** A company's systems and Redis, and as many replicas of the product as are started over them. */
export interface Company extends AsyncDisposable {
  sandbox: Sandbox;
  redis: TestRedis;
  /** `port` 0 takes a free one; a replica that was stopped can be started on its own again. */
  startReplica(port?: number): Promise<Replica>;
  /** From now on the systems tell this replica of every change. */
  sendWebhooksTo(replica: Replica): void;
}

/** The replicas differ in their ports alone, so they share all that stands in Redis. */
export async function startCompany({ sandbox: options, env, redisUrl }: CompanyOptions = {}): Promise<Company> {
  await using started = new AsyncDisposableStack();
  const sandbox = started.use(await startSandbox(options));
  const redis = started.use(await startRedis());
  const folder = await mkdtemp(join(tmpdir(), 'company-'));
  started.defer(() => rm(folder, { recursive: true }));
  const client = { id: 'everything', scopes: [...ALL_SCOPES], rows: 'all', budget: 1_000_000_000, expiresAt: null };
  const secret = await addClient(join(folder, 'clients.json'), client, new Date());
  const settings: Record<string, string> = {
    ...sandboxEnvironment(sandbox),
    IDENTITY_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    PUBLIC_URL,
    STATE_DIR: folder,
    AUDIT_FILE: join(folder, 'audit.log'),
    REDIS_URL: (await redisUrl?.(redis)) ?? redis.url,
    LOG_LEVEL: 'error',
    MAX_COST: '10000000',
    // Everything here shares two cores, and tests ask for all at once.
    OVERLOAD_WAIT_MS: '60000',
    REDIS_TIMEOUT: '1s',
    ...env,
  };
  const running = started.move();
  let token: string | null = null;

  async function startReplica(given = 0): Promise<Replica> {
    const port = given === 0 ? await freePort() : given;
    const adminPort = await freePort();
    const own = { ...settings, PORT: String(port), ADMIN_PORT: String(adminPort) };
    const service = running.use(await startService('gateway/all-in-one/main.ts', own, /Health +(http:\S+)/));
    const url = `http://127.0.0.1:${port}`;
    token ??= await requestToken(url, secret, { clientId: client.id, scope: null, own: null });
    const pool = new Pool(url, { connections: 64 });
    running.defer(() => pool.destroy());
    const ask = createAsk(pool, token);
    return { url, adminUrl: `http://127.0.0.1:${adminPort}`, service, ask, data: throwing(ask) };
  }

  return {
    sandbox,
    redis,
    startReplica,
    sendWebhooksTo: ({ url }) => sendSandboxWebhooks(sandbox, { url, publicUrl: PUBLIC_URL, env: settings }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Reached nowhere: what callers call the product. */
const PUBLIC_URL = 'http://jeden.test';

type Ask = Replica['ask'];

function createAsk(pool: Pool, token: string): Ask {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return async <T>(query: string, variables?: Record<string, unknown>) => {
    const body = JSON.stringify({ query, variables });
    const response = await pool.request({ method: 'POST', path: '/graphql', headers, body });
    return (await response.body.json()) as Answer<T>;
  };
}

function throwing(ask: Ask): Replica['data'] {
  return async <T>(query: string, variables?: Record<string, unknown>) => {
    const { data, errors } = await ask<T>(query, variables);
    if (errors || data === null) throw new Error(JSON.stringify(errors, null, 1));
    return data;
  };
}
