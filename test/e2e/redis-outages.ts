import { setTimeout as pause } from 'node:timers/promises';
import { startTcpProxy, type TcpProxy } from '../setup/faults/tcp-proxy.ts';
import type { Answer } from './product.ts';
import { type Company, type CompanyOptions, type Replica, startCompany } from './replicas.ts';
import { changesAt } from './vendor-changes.ts';

/** Ways in which Redis fails; each returns what ends it. */
export const OUTAGES = {
  'killed and started again, empty': async ({ company }) => {
    await company.redis.stop();
    return () => company.redis.start();
  },
  hangs: async ({ company }) => {
    company.redis.pause();
    return async () => company.redis.resume();
  },
  'answers garbage': async ({ proxy }) => spoil(proxy, 'garbage'),
  'answers by halves': async ({ proxy }) => spoil(proxy, 'half'),
  'closes in the middle of an answer': async ({ proxy }) => spoil(proxy, 'cut'),
} satisfies Record<string, (site: OutageSite) => Promise<() => Promise<void>>>;

export type OutageName = keyof typeof OUTAGES;

/** Two replicas over a Redis that can be disturbed; the first gets the webhooks. */
export interface OutageSite extends AsyncDisposable {
  company: Company;
  proxy: TcpProxy;
  replicas: [Replica, Replica];
}

async function spoil(proxy: TcpProxy, mode: 'garbage' | 'half' | 'cut'): Promise<() => Promise<void>> {
  proxy.set({ mode });
  return async () => proxy.set({ mode: 'pass' });
}

export async function startOutageSite({
  sandbox,
  env,
}: Pick<CompanyOptions, 'sandbox' | 'env'> = {}): Promise<OutageSite> {
  await using started = new AsyncDisposableStack();
  const proxies: TcpProxy[] = [];
  const company = started.use(
    await startCompany({
      sandbox: { customers: 100, webhookTimings: { batchMs: 1 }, ...sandbox },
      redisUrl: async (redis) => {
        proxies.push(started.use(await startTcpProxy(redis.url)));
        return proxies[0]!.url;
      },
      env: { REDIS_TIMEOUT: '40ms', ...env },
    }),
  );
  const replicas: [Replica, Replica] = [await company.startReplica(), await company.startReplica()];
  company.sendWebhooksTo(replicas[0]);
  const running = started.move();
  return { company, proxy: proxies[0]!, replicas, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** One answer of the traffic. */
export interface Sample {
  /** When it was asked. */
  atMs: number;
  tookMs: number;
}

export interface Traffic {
  samples: Sample[];
  /** Answers that were none. */
  failures: string[];
  /** Answers older than a change whose webhook was answered before they were asked for. */
  stale: string[];
  changes(): number;
  /** How long the webhook of a change took at most. */
  stop(): Promise<void>;
}

const READ_EVERY_MS = 8;
const CHANGE_EVERY_MS = 60;
const ORDERS = 40;
/** Of these the first are changed again and again. */
const CHANGED_ORDERS = 8;

const ORDER = 'query ($id: ID!) { order(id: $id) { id number customerNote } }';

interface OrderAnswer {
  order: { id: string; number: string; customerNote: string | null } | null;
}

/** Readers of both replicas, steady whatever the answers take, while a shop changes its orders. */
export async function startTraffic({ company, replicas }: OutageSite): Promise<Traffic> {
  const vendor = changesAt(company.sandbox);
  const ids = [...company.sandbox.dataset.woo.orders.keys()].slice(0, ORDERS);
  const told = new Map<number, number>();
  const samples: Sample[] = [];
  const failures: string[] = [];
  const stale: string[] = [];
  const asked = new Set<Promise<void>>();
  let changes = 0;
  let isOn = true;

  async function change(): Promise<void> {
    const id = ids[changes % CHANGED_ORDERS]!;
    changes += 1;
    const version = changes;
    await vendor.order(id, { customer_note: String(version) });
    await company.sandbox.control.webhooksIdle();
    told.set(id, version);
  }

  async function read(replica: Replica, id: number): Promise<void> {
    const known = told.get(id) ?? 0;
    const atMs = performance.now();
    const answer = await replica.ask<OrderAnswer>(ORDER, { id: `woo:order:${id}` }).catch(toFailure);
    samples.push({ atMs, tookMs: performance.now() - atMs });
    const order = answer.data?.order;
    if (answer.errors || order?.id !== `woo:order:${id}`) failures.push(JSON.stringify(answer));
    else if (known > 0 && Number(order.customerNote) < known) {
      stale.push(`replica ${replicas.indexOf(replica)}: ${order.customerNote} after ${known} was told`);
    }
  }

  async function keepReading(): Promise<void> {
    for (let turn = 0; isOn; turn += 1) {
      // In pairs, so that both replicas are asked for each order.
      const reading = read(replicas[turn % 2]!, ids[(turn >> 1) % ids.length]!);
      asked.add(reading);
      void reading.then(() => asked.delete(reading));
      await pause(READ_EVERY_MS);
    }
    await Promise.all(asked);
  }

  async function keepChanging(): Promise<void> {
    while (isOn) {
      await change();
      await pause(CHANGE_EVERY_MS);
    }
  }

  for (const _ of Array(CHANGED_ORDERS)) await change();
  const running = Promise.all([keepReading(), keepChanging()]);
  return {
    samples,
    failures,
    stale,
    changes: () => changes,
    stop: async () => {
      isOn = false;
      await running;
    },
  };
}

function toFailure(error: unknown): Answer<OrderAnswer> {
  return { data: null, errors: [{ message: String(error), extensions: {} }] };
}

/** Reads invoices, which nobody else does, at the first replica until the second has what that one read. */
export async function untilShared({ company, replicas }: OutageSite, invoices: Iterator<string>): Promise<void> {
  const query = 'query ($id: ID!) { invoice(id: $id) { id number } }';
  const { control } = company.sandbox;
  const end = performance.now() + SHARED_WITHIN_MS;
  while (performance.now() < end) {
    const { value: id } = invoices.next();
    await replicas[0].data(query, { id });
    control.resetCalls();
    await replicas[1].data(query, { id });
    if (Object.keys(control.calls().fakturownia.byRoute).length === 0) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`The replicas share nothing ${SHARED_WITHIN_MS} ms after the outage`);
}

const LOOK_EVERY_MS = 250;
const SHARED_WITHIN_MS = 20_000;

/** Each once. */
export function invoicesOf({ company }: OutageSite): Iterator<string> {
  return company.sandbox.dataset.fakturownia.invoices.keys().map((id) => `fakturownia:invoice:${id}`);
}
