import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an upstream says instead of its answer. */
export interface Spoilt {
  status: number;
  contentType: string;
  body: string;
}

export interface SpoilingProxy extends AsyncDisposable {
  url: string;
  /** From now on; null passes everything on. */
  spoil(answer: Spoilt | null): void;
  spoiltAnswers(): number;
  /** What was asked since the last time: `GET /wp-json/wc/v3/orders?page=1`, as it came. */
  takeAsked(): string[];
  /** The headers of all that was asked. */
  headers(): readonly IncomingHttpHeaders[];
}

/** Stands before one server, and answers in its place when told to, with the canary in the body and in headers. */
export async function startSpoilingProxy(target: string, canary = ''): Promise<SpoilingProxy> {
  let spoilt: Spoilt | null = null;
  let count = 0;
  const asked: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    headers.push(incoming.headers);
    if (spoilt === null) return passOn(target, incoming, response);
    count++;
    incoming.resume();
    const { status, contentType, body } = spoilt;
    response.writeHead(status, { 'content-type': contentType, 'x-upstream': canary, 'set-cookie': `id=${canary}` });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spoil: (answer) => {
      spoilt = answer;
    },
    spoiltAnswers: () => count,
    takeAsked: () => asked.splice(0),
    headers: () => headers,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** With the caller's own `host`, which is part of what it signed. */
function passOn(target: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url = '/', headers } = incoming;
  const outgoing = request(new URL(url, target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}
