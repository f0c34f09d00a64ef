import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { aligned } from '../federation/table.ts';
import { placeBetween } from '../federation/write-page.ts';
import type { Latencies } from './latency.ts';

/** Beside the other results of the gateway's speed; a run writes its own column. */
const RESULTS = new URL('../federation/results/customer-360.json', import.meta.url);
const PAGE = new URL('../federation/FEDERATION.md', import.meta.url);

type Saved = Record<string, Latencies>;

/** Keeps what a run found under this name, and writes all of them as one table. */
export async function saveLatencies(name: string, latencies: Latencies): Promise<void> {
  const saved: Saved = { ...(await readSaved()), [name]: latencies };
  await mkdir(new URL('.', RESULTS), { recursive: true });
  await writeFile(RESULTS, `${JSON.stringify(saved, null, 2)}\n`);
  await writeFile(PAGE, placeBetween(await readFile(PAGE, 'utf8'), 'customer-360', toTable(saved)));
}

async function readSaved(): Promise<Saved> {
  const text = await readFile(RESULTS, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Saved;
}

function toTable(saved: Saved): string {
  const row = (title: string, of: (one: Latencies) => string) => [title, ...Object.values(saved).map(of)];
  const warm = Object.keys(Object.values(saved)[0]!.warm);
  return aligned([
    ['', ...Object.keys(saved)],
    row('cold, as a multiple of its longest chain of calls', ({ coldMultiple }) => coldMultiple.toFixed(3)),
    ...warm.flatMap((query) => [
      row(`warm, ${query}: KB`, ({ warm }) => (warm[query]!.bytes / 1024).toFixed(0)),
      row('processor time a request, ms', ({ warm }) => warm[query]!.cpuMs.toFixed(2)),
      row('p50, ms', ({ warm }) => warm[query]!.p50Ms.toFixed(1)),
      row('p95, ms', ({ warm }) => warm[query]!.p95Ms.toFixed(1)),
    ]),
  ]);
}
