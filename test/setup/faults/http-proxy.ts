import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Certificate } from './certificate.ts';
import { type Counts, createFaults, type Flap, type LineFault, throughPort } from './fault.ts';
import { answerWrongly, type WrongAnswer } from './wrong-answers.ts';

export type HttpFault = LineFault | WrongAnswer;

export interface HttpProxy extends AsyncDisposable {
  /** The target's address, through the proxy. */
  url: string;
  /** From the next request on; `dead` ends the open connections too. */
  set(fault: HttpFault | Flap<HttpFault>): void;
  counts(): Counts;
  resetCounts(): void;
  /** For the next connections; ends the open ones. Of a proxy over TLS. */
  present(certificate: Certificate): void;
  /** Of the largest answer so far, as far as the client took it, headers and all. */
  largestAnswerBytes(): number;
}

export interface HttpProxyOptions {
  /** Served over TLS with this certificate, as one that is out of date; without it over plain HTTP. */
  certificate?: Certificate;
}

const PASS: HttpFault = { mode: 'pass' };

/** Stands before an HTTP server, as a vendor or a subgraph; `target` as `http://127.0.0.1:4012/graphql`. */
export async function startHttpProxy(target: string, { certificate }: HttpProxyOptions = {}): Promise<HttpProxy> {
  const faults = createFaults(PASS);
  const agent = new Agent({ keepAlive: true });
  let counts: Counts = { connections: 0, arrived: 0, passed: 0 };
  let largestAnswerBytes = 0;
  const treat = async (incoming: IncomingMessage, response: ServerResponse) => {
    const fault = faults.next();
    counts.arrived += 1;
    const gone = new AbortController();
    const { socket } = incoming;
    const before = socket.bytesWritten;
    response.once('close', () => {
      largestAnswerBytes = Math.max(largestAnswerBytes, socket.bytesWritten - before);
      gone.abort();
    });
    const ask = () => {
      counts.passed += 1;
      return askTarget(incoming, { target, agent, signal: gone.signal });
    };
    await answer(response, { fault, ask, gone: gone.signal }).catch(() => response.destroy());
  };
  const onRequest = (incoming: IncomingMessage, response: ServerResponse) => void treat(incoming, response);
  const tlsServer = certificate ? createTlsServer(certificate, onRequest) : null;
  const server = tlsServer ?? createServer(onRequest);
  server.on('connection', () => {
    counts.connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = throughPort(target, (server.address() as AddressInfo).port);
  return {
    url: certificate ? url.replace('http:', 'https:') : url,
    set: (fault) => {
      faults.set(fault);
      if (fault.mode === 'dead') server.closeAllConnections();
    },
    present: (next) => {
      tlsServer!.setSecureContext(next);
      server.closeAllConnections();
    },
    counts: () => ({ ...counts }),
    largestAnswerBytes: () => largestAnswerBytes,
    resetCounts: () => {
      counts = { connections: 0, arrived: 0, passed: 0 };
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      agent.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Asking {
  fault: HttpFault;
  ask: () => Promise<IncomingMessage>;
  gone: AbortSignal;
}

async function answer(response: ServerResponse, { fault, ask, gone }: Asking): Promise<void> {
  const began = performance.now();
  switch (fault.mode) {
    case 'pass':
      return passOn(await ask(), response);
    case 'dead':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'delay':
      await pause(fault.ms, undefined, { signal: gone });
      return passOn(await ask(), response);
    case 'slower': {
      const incoming = await ask();
      await pause((performance.now() - began) * (fault.times - 1), undefined, { signal: gone });
      return passOn(incoming, response);
    }
    case 'drip':
      return drip(await ask(), response, { intervalMs: 1000 / fault.bytesPerSecond, gone });
    default:
      return answerWrongly(response, fault, ask);
  }
}

/** With the caller's own `host`, which is part of what some callers sign. */
async function askTarget(
  incoming: IncomingMessage,
  { target, agent, signal }: { target: string; agent: Agent; signal: AbortSignal },
): Promise<IncomingMessage> {
  const { method, url = '/', headers } = incoming;
  const outgoing = request(new URL(url, target), { method, headers, agent, signal });
  incoming.pipe(outgoing);
  const [message] = (await once(outgoing, 'response')) as [IncomingMessage];
  return message;
}

function passOn(message: IncomingMessage, response: ServerResponse): void {
  response.writeHead(message.statusCode!, message.headers);
  message.on('error', () => response.destroy());
  message.pipe(response);
}

async function drip(
  message: IncomingMessage,
  response: ServerResponse,
  { intervalMs, gone }: { intervalMs: number; gone: AbortSignal },
): Promise<void> {
  const body = await buffer(message);
  response.writeHead(message.statusCode!, message.headers);
  for (const byte of body) {
    response.write(Buffer.of(byte));
    await pause(intervalMs, undefined, { signal: gone });
  }
  response.end();
}
