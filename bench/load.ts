import { Pool } from 'undici';

export interface Load {
  url: string;
  body: string;
  headers?: Record<string, string>;
  /** Requests under way at any time. */
  connections: number;
  seconds: number;
}

export interface Measured {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  answerBytes: number;
  /** The last answer, parsed. */
  answer: unknown;
}

/** Sends the same request over and over, each connection its next one as soon as it has its answer. */
export async function measure({ url, body, headers: own, connections, seconds }: Load): Promise<Measured> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections });
  const times: number[] = [];
  let last = '';
  const end = performance.now() + seconds * 1000;
  async function client(): Promise<void> {
    while (performance.now() < end) {
      const began = performance.now();
      const headers = { 'content-type': 'application/json', accept: 'application/json', ...own };
      const response = await pool.request({ path: pathname, method: 'POST', headers, body });
      last = await response.body.text();
      if (response.statusCode !== 200) throw new Error(`HTTP status ${response.statusCode}: ${last.slice(0, 300)}`);
      times.push(performance.now() - began);
    }
  }
  await Promise.all(Array.from({ length: connections }, client));
  await pool.close();
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.floor(sorted.length * share)]!;
  return {
    perSecond: times.length / seconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    answerBytes: Buffer.byteLength(last),
    answer: JSON.parse(last),
  };
}
