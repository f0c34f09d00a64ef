import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MedusaConfig } from '../../subgraphs/shop/connectors/medusa/config.ts';
import { createMedusaSource } from '../../subgraphs/shop/connectors/medusa/connector.ts';

/** One request as it arrived. */
interface SeenRequest {
  /** Below `/admin/`. */
  path: string;
  query: URLSearchParams;
  authorization: string;
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/**
 * A Medusa that answers what the test says. What a real server does with a question is shown by the live tests; here
 * stand its peculiarities, its errors, and what it is asked.
 */
export async function startFakeMedusa(answer: Answer, config: Partial<MedusaConfig> = {}) {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://medusa.test');
    const path = url.pathname.replace(/^\/admin\//, '');
    const one = { path, query: url.searchParams, authorization: request.headers.authorization ?? '' };
    seen.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const full = { name: 'medusa', url: `http://127.0.0.1:${port}`, apiKey: 'sk_secret', ...config };
  const source = createMedusaSource(full, { random: () => 0 });
  return {
    source,
    config: full,
    seen,
    [Symbol.asyncDispose]: async () => {
      await source.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** `GET /admin/orders` and its kin: a page of `items` that says how many there are in all. */
export function sendList(
  response: ServerResponse,
  collection: string,
  items: readonly unknown[],
  count = items.length,
) {
  sendText(response, 200, JSON.stringify({ [collection]: items, count, offset: 0, limit: 100 }));
}

export function sendText(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
