import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { type ProductProcess, startProductProcess } from '../e2e/product-process.ts';
import { type HttpFault, startHttpProxy } from '../setup/faults/http-proxy.ts';
import { scrape } from '../setup/scrape.ts';

const MB = 1_000_000;
const AT_ONCE = 6;
const SECONDS = 8;
/** Each of the answers is read up to 20 MB, in parts that are put together; garbage waits a little to be collected. */
const MOST_MB = 500;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 60 });
});

afterAll(() => sandbox.close());

test.each<[string, HttpFault]>([
  ['200 MB', { mode: 'huge', bytes: 200 * MB }],
  ['gzip bombs of 200 MB', { mode: 'gzip-bomb', bytes: 200 * MB }],
])(
  'a vendor that answers every other call with %s costs bounded memory, and is read again once it is well',
  async (_how, fault) => {
    await using proxy = await startHttpProxy(sandbox.urls.hubspot);
    await using product = await startProductProcess({
      ...sandboxEnvironment(sandbox),
      HUBSPOT_URL: proxy.url,
      CACHE_TTL: '*:*=1ms',
    });
    const deals = [...sandbox.dataset.hubspot.deals.keys()].map((id) => `hubspot:deal:${id}`);
    const { before, most } = await watched(product, async () => {
      // Every other one, so that the circuit stays closed and the next one comes.
      proxy.set({ mode: 'flap', share: 0.5, fault });
      const endAt = performance.now() + SECONDS * 1000;
      let sent = 0;
      const client = async () => {
        while (performance.now() < endAt) {
          await ask(product, deals[sent % deals.length]!);
          sent += 1;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, client));
    });
    expect(proxy.counts().arrived).toBeGreaterThan(AT_ONCE * 2);
    expect(most.residentMb).toBeLessThan(before.residentMb + MOST_MB);
    proxy.set({ mode: 'pass' });
    expect((await ask(product, deals[0]!)).data).toMatchObject({ deal: { id: deals[0] } });
  },
  60_000,
);

async function ask({ url, token }: ProductProcess, id: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'query ($id: ID!) { deal(id: $id) { id } }', variables: { id } }),
  });
  return (await response.json()) as { data: unknown };
}

/** What the process holds, as operators see it. */
async function memoryOf({ adminUrl }: ProductProcess) {
  const { sum } = await scrape(adminUrl);
  return { residentMb: sum('process_resident_memory_bytes') / MB };
}

async function watched(product: ProductProcess, work: () => Promise<void>) {
  await ask(product, 'hubspot:deal:0');
  const before = await memoryOf(product);
  const most = { ...before };
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      const { residentMb } = await memoryOf(product);
      most.residentMb = Math.max(most.residentMb, residentMb);
      await pause(50);
    }
  };
  const watching = watch();
  await work();
  isOver = true;
  await watching;
  return { before, most };
}
