import { Pool } from 'undici';

/**
 * undici's pool in the shape of a fetcher. Not undici's `fetch`, whose streams and headers cost as much as the client
 * that Apollo brings.
 */
const pools = new Map<string, Pool>();

function poolOf(origin: string): Pool {
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 64 });
  pools.set(origin, pool);
  return pool;
}

interface Init {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export async function fetch(url: string, init: Init = {}) {
  const { origin, pathname, search } = new URL(url);
  const { method = 'GET', body } = init;
  const answer = await poolOf(origin).request({
    path: pathname + search,
    method: method as 'POST',
    headers: init.headers,
    body,
  });
  const status = answer.statusCode;
  return {
    status,
    ok: status >= 200 && status < 300,
    statusText: '',
    url,
    headers: createHeaders(answer.headers),
    json: () => answer.body.json(),
    text: () => answer.body.text(),
  };
}

/** As much of `Headers` as Apollo asks for. */
function createHeaders(values: Record<string, string | string[] | undefined>) {
  const entries = Object.entries(values).map(([name, value]) => [name, String(value)] as [string, string]);
  const get = (name: string) => values[name.toLowerCase()]?.toString() ?? null;
  return {
    get,
    has: (name: string) => get(name) !== null,
    entries: () => entries[Symbol.iterator](),
    [Symbol.iterator]: () => entries[Symbol.iterator](),
  };
}
