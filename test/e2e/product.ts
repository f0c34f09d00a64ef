import { createClock } from '../../common/clock.ts';
import { type AllInOne, startAllInOne } from '../../gateway/all-in-one/main.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import type { Dataset } from '../../sandbox/data/dataset.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import { testClients, tokenForEverything } from './test-client.ts';

/** A GraphQL answer. Tests say what they expect in `data`. */
export interface Answer<T> {
  data: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

/** The product with its sandbox, over HTTP as any caller has it. */
export interface Product extends AsyncDisposable {
  url: string;
  /** Of the server for operators. */
  adminUrl: string;
  sandbox: Sandbox;
  dataset: Dataset;
  /** `token` defaults to one that may see everything. */
  ask<T>(query: string, variables?: Record<string, unknown>, token?: string): Promise<Answer<T>>;
  /** Throws for an answer with errors. */
  data<T>(query: string, variables?: Record<string, unknown>, token?: string): Promise<T>;
}

export interface ProductOptions {
  sandbox?: SandboxOptions;
  /** Settings beside those that point at the sandbox. */
  env?: Record<string, string>;
  /** Settings that need the sandbox, as the addresses of proxies before it. */
  envOf?: (sandbox: Sandbox) => Promise<Record<string, string>>;
}

/** Starts the sandbox and, on the settings that a company would write, everything else in this process. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const clock =
    options.sandbox?.clock ?? createClock({ asOf: options.sandbox?.asOf ?? new Date('2026-11-02T09:00:00Z') });
  const sandbox = await startSandbox({ ...options.sandbox, clock });
  const env = {
    ...sandboxEnvironment(sandbox),
    IDENTITY_KEYS: TEST_KEYS,
    LOG_LEVEL: 'silent',
    PORT: '0',
    // Tests ask for more, at once and in a minute, than any client should.
    BUDGET_PER_MINUTE: '1000000000',
    OVERLOAD_WAIT_MS: '600000',
    MAX_COST: '10000000',
    MAX_ALIASES: '5000',
    MAX_ROOT_FIELDS: '5000',
    ...options.env,
    ...(await options.envOf?.(sandbox)),
  };
  let running: AllInOne;
  try {
    running = await startAllInOne(env, { clock, clients: await testClients(sandbox.dataset) });
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  const everything = await tokenForEverything(running.url);
  const ask = <T>(query: string, variables?: Record<string, unknown>, token = everything) =>
    askGraph<T>(`${running.url}/graphql`, token, query, variables);
  return {
    url: running.url,
    adminUrl: running.adminUrl ?? '',
    sandbox,
    dataset: sandbox.dataset,
    ask,
    data: async <T>(query: string, variables?: Record<string, unknown>, token?: string) => {
      const { data, errors } = await ask<T>(query, variables, token);
      if (errors || data === null) throw new Error(JSON.stringify(errors, null, 1));
      return data;
    },
    [Symbol.asyncDispose]: async () => {
      await running.close();
      await sandbox.close();
    },
  };
}

/** Any 32 bytes. */
const TEST_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;

async function askGraph<T>(
  url: string,
  token: string,
  query: string,
  variables?: Record<string, unknown>,
): Promise<Answer<T>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<T>;
}

/** Runs `task` on all items, a few at a time. */
export async function eachOf<T>(items: readonly T[], task: (item: T) => Promise<void>, atOnce = 8): Promise<void> {
  const queue = items.values();
  const work = async () => {
    for (const item of queue) await task(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
