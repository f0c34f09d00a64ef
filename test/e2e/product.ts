import { createClock } from '../../common/clock.ts';
import { type AllInOne, startAllInOne } from '../../gateway/all-in-one/main.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import type { Dataset } from '../../sandbox/data/dataset.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start.ts';

/** A GraphQL answer. Tests say what they expect in `data`. */
export interface Answer<T> {
  data: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

/** The product with its sandbox, over HTTP as any caller has it. */
export interface Product extends AsyncDisposable {
  url: string;
  sandbox: Sandbox;
  dataset: Dataset;
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
  /** Throws for an answer with errors. */
  data<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
}

export interface ProductOptions {
  sandbox?: SandboxOptions;
  /** Settings beside those that point at the sandbox. */
  env?: Record<string, string>;
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
    ...options.env,
  };
  let running: AllInOne;
  try {
    running = await startAllInOne(env, { clock });
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  const ask = <T>(query: string, variables?: Record<string, unknown>) =>
    askGraph<T>(`${running.url}/graphql`, query, variables);
  return {
    url: running.url,
    sandbox,
    dataset: sandbox.dataset,
    ask,
    data: async <T>(query: string, variables?: Record<string, unknown>) => {
      const { data, errors } = await ask<T>(query, variables);
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

async function askGraph<T>(url: string, query: string, variables?: Record<string, unknown>): Promise<Answer<T>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
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
