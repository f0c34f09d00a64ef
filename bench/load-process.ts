import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

/**
 * Sends load from a process of its own, so that the sender's work is not the server's. Told over IPC what to send; answers
 * with what came of it.
 */
export interface LoadOrder {
  url: string;
  /** Sent in turn. */
  bodies: readonly string[];
  headers?: Record<string, string>;
  seconds: number;
  /** Each connection its next request as soon as it has its answer; or so many a second, whatever becomes of those before. */
  load: { kind: 'closed'; connections: number } | { kind: 'open'; perSecond: number };
  /** An answer that takes longer is a bad one. */
  slowMs: number;
}

export interface LoadReport {
  sent: number;
  /** Answered with 200 and data, before the load ended. */
  good: number;
  /** The same, with those that came later. */
  answered: number;
  goodP50Ms: number;
  goodP99Ms: number;
  /** Answered with 503 and Retry-After. */
  refused: number;
  refusedP50Ms: number;
  refusedP95Ms: number;
  refusedP99Ms: number;
  /** Everything else, by what came. */
  failures: Record<string, number>;
  /** When the last refused, failed or slow one was sent, since the beginning; 0 when there was none. */
  lastBadMs: number;
  seconds: number;
}

/** Enough for all that wait; opened once and kept, because to open them all at once is another kind of load. */
const CONNECTIONS = 2000;
const pools = new Map<string, Pool>();

async function poolOf(url: string): Promise<Pool> {
  const { origin } = new URL(url);
  const known = pools.get(origin);
  if (known) return known;
  const pool = new Pool(origin, { connections: CONNECTIONS, keepAliveTimeout: 60_000 });
  pools.set(origin, pool);
  const open = () => pool.request({ path: '/health/live', method: 'GET' }).then(({ body }) => body.dump());
  for (let opened = 100; opened <= CONNECTIONS; opened += 100) await Promise.all(Array.from({ length: opened }, open));
  return pool;
}

async function run(order: LoadOrder): Promise<LoadReport> {
  const { url, load, seconds } = order;
  const pool = await poolOf(url);
  const began = performance.now();
  const outcomes: Outcome[] = [];
  let count = 0;
  const send = async () => {
    const body = order.bodies[count % order.bodies.length]!;
    count += 1;
    outcomes.push(await sendOne(pool, { ...order, body }, began));
  };
  const endAt = began + seconds * 1000;
  if (load.kind === 'closed') await sendClosed(send, load.connections, endAt);
  else await sendOpen(send, load.perSecond, endAt);
  const tookS = (performance.now() - began) / 1000;
  return summarize(outcomes, order, load.kind === 'closed' ? tookS : seconds);
}

async function sendClosed(send: () => Promise<void>, connections: number, endAt: number): Promise<void> {
  const client = async () => {
    while (performance.now() < endAt) await send();
  };
  await Promise.all(Array.from({ length: connections }, client));
}

/** Catches up when a timer comes late, so that the rate holds. */
async function sendOpen(send: () => Promise<void>, perSecond: number, endAt: number): Promise<void> {
  const began = performance.now();
  const sent: Promise<void>[] = [];
  while (performance.now() < endAt) {
    const due = ((performance.now() - began) * perSecond) / 1000;
    while (sent.length < due) sent.push(send());
    await pause(1);
  }
  await Promise.all(sent);
}

interface Outcome {
  kind: 'good' | 'refused' | string;
  ms: number;
  sentAtMs: number;
}

async function sendOne(
  pool: Pool,
  { url, body, headers: own }: LoadOrder & { body: string },
  began: number,
): Promise<Outcome> {
  const sentAt = performance.now();
  const kind = await ask(pool, new URL(url).pathname, body, own).catch((error: Error) => error.message);
  return { kind, ms: performance.now() - sentAt, sentAtMs: sentAt - began };
}

async function ask(pool: Pool, path: string, body: string, own: LoadOrder['headers']): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...own };
  const { statusCode, headers: sent, body: answer } = await pool.request({ path, method: 'POST', headers, body });
  const text = await answer.text();
  if (statusCode === 200 && text.startsWith('{"data":{')) return 'good';
  if (statusCode === 503 && sent['retry-after'] && text.includes('"OVERLOADED"')) return 'refused';
  return `${statusCode} ${text.slice(0, 100)}`;
}

function summarize(outcomes: readonly Outcome[], { slowMs }: LoadOrder, seconds: number): LoadReport {
  const timesOf = (kind: string) => outcomes.filter((one) => one.kind === kind).map(({ ms }) => ms);
  const [good, refused] = [timesOf('good'), timesOf('refused')];
  const others = outcomes.map(({ kind }) => kind).filter((kind) => kind !== 'good' && kind !== 'refused');
  const bad = outcomes.filter(({ kind, ms }) => kind !== 'good' || ms > slowMs).map(({ sentAtMs }) => sentAtMs);
  return {
    sent: outcomes.length,
    good: outcomes.filter(({ kind, ms, sentAtMs }) => kind === 'good' && sentAtMs + ms <= seconds * 1000).length,
    answered: good.length,
    goodP50Ms: quantile(good, 0.5),
    goodP99Ms: quantile(good, 0.99),
    refused: refused.length,
    refusedP50Ms: quantile(refused, 0.5),
    refusedP95Ms: quantile(refused, 0.95),
    refusedP99Ms: quantile(refused, 0.99),
    failures: Object.fromEntries(
      Map.groupBy(others, (kind) => kind)
        .entries()
        .map(([kind, all]) => [kind, all.length]),
    ),
    lastBadMs: Math.max(0, ...bad),
    seconds,
  };
}

function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
}

process.on('message', (order: LoadOrder) => void run(order).then((report) => process.send?.(report)));
