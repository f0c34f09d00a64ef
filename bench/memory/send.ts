import { Pool } from 'undici';
import type { LoadRequest } from './requests.ts';

export interface Sender extends AsyncDisposable {
  /** Null when what came is what has to come; else what came. */
  send(request: LoadRequest): Promise<string | null>;
}

const CONNECTIONS = 16;

export function createSender(url: string): Sender {
  const pool = new Pool(url, { connections: CONNECTIONS });
  return {
    async send({ path, body, headers, status, expected, abortMs, isAlone }) {
      const signal = abortMs === undefined ? undefined : AbortSignal.timeout(abortMs);
      try {
        const response = await pool.request({
          path,
          method: body === null ? 'GET' : 'POST',
          headers,
          body,
          signal,
          reset: isAlone ?? false,
        });
        const text = await response.body.text();
        if (response.statusCode === status && expected.test(text)) return null;
        return `${response.statusCode} ${text.slice(0, 300)} instead of ${status} ${expected} for ${path} ${body?.slice(0, 120)}`;
      } catch (error) {
        if (signal?.aborted) return null;
        return `${String(error)} for ${path} ${body?.slice(0, 120)}`;
      }
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}
