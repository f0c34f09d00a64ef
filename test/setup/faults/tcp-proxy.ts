import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Counts, createFaults, type Flap, type TcpFault, throughPort } from './fault.ts';

export interface TcpProxy extends AsyncDisposable {
  /** The target's address, through the proxy. */
  url: string;
  /** From now on, also for the connections that are open. */
  set(fault: TcpFault | Flap<TcpFault>): void;
  counts(): Counts;
  resetCounts(): void;
}

/** One client's connection, its target's, and how they are treated now. */
interface Line {
  client: Socket;
  target: Socket;
  fault: TcpFault;
  /** Resolves at the next change of the fault. */
  changed: PromiseWithResolvers<void>;
  askedAt: number;
}

const PASS: TcpFault = { mode: 'pass' };

/** Stands before a server of any protocol, as Redis; `target` as `redis://127.0.0.1:6379`. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const faults = createFaults(PASS);
  const lines = new Set<Line>();
  let counts: Counts = { connections: 0, arrived: 0, passed: 0 };
  // Without it the system holds small answers back, for 40 ms.
  const server = createServer({ noDelay: true }, (client) => {
    const fault = faults.next();
    counts.connections += 1;
    counts.arrived += 1;
    client.on('error', () => {});
    if (fault.mode === 'dead') return void client.resetAndDestroy();
    counts.passed += 1;
    const opened = connect({ port: Number(port), host: hostname, noDelay: true });
    const line = { client, target: opened, fault, changed: Promise.withResolvers<void>(), askedAt: 0 };
    lines.add(line);
    void join(line).finally(() => lines.delete(line));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: throughPort(target, (server.address() as AddressInfo).port),
    set: (fault) => {
      faults.set(fault);
      for (const line of lines) treat(line, faults.next());
    },
    counts: () => ({ ...counts }),
    resetCounts: () => {
      counts = { connections: 0, arrived: 0, passed: 0 };
    },
    [Symbol.asyncDispose]: async () => {
      for (const line of lines) treat(line, { mode: 'dead' });
      server.close();
      await once(server, 'close');
    },
  };
}

function treat(line: Line, fault: TcpFault): void {
  line.fault = fault;
  if (fault.mode === 'dead') line.client.resetAndDestroy();
  line.changed.resolve();
  line.changed = Promise.withResolvers();
}

/** Until either side ends it. */
async function join(line: Line): Promise<void> {
  const { client, target } = line;
  target.on('error', () => client.destroy());
  client.on('close', () => {
    target.destroy();
    line.changed.resolve();
  });
  target.on('close', () => client.end());
  await Promise.allSettled([sendRequests(line), sendAnswers(line)]);
}

async function sendRequests(line: Line): Promise<void> {
  for await (const chunk of line.client) {
    await untilPassing(line);
    line.askedAt = performance.now();
    line.target.write(chunk as Buffer);
  }
}

async function sendAnswers(line: Line): Promise<void> {
  for await (const chunk of line.target) await sendAnswer(line, chunk as Buffer);
}

async function sendAnswer(line: Line, chunk: Buffer): Promise<void> {
  const { client, fault, askedAt } = line;
  if (fault.mode === 'hang') {
    await untilPassing(line);
    return sendAnswer(line, chunk);
  }
  if (fault.mode === 'drip') return drip(line, chunk, 1000 / fault.bytesPerSecond);
  if (fault.mode === 'delay') await pause(fault.ms);
  if (fault.mode === 'slower') await pause((performance.now() - askedAt) * (fault.times - 1));
  client.write(spoilt(chunk, fault));
  if (fault.mode === 'cut') client.end(() => client.resetAndDestroy());
}

function spoilt(chunk: Buffer, { mode }: TcpFault): Buffer {
  if (mode === 'garbage') return randomBytes(chunk.length);
  return mode === 'half' || mode === 'cut' ? chunk.subarray(0, chunk.length / 2) : chunk;
}

/** What was held is sent when the line is well again. */
async function untilPassing(line: Line): Promise<void> {
  while (line.fault.mode === 'hang' && !line.client.destroyed) await line.changed.promise;
}

async function drip(line: Line, chunk: Buffer, intervalMs: number): Promise<void> {
  for (const [index] of chunk.entries()) {
    if (line.fault.mode !== 'drip') return void line.client.write(chunk.subarray(index));
    line.client.write(chunk.subarray(index, index + 1));
    await Promise.race([pause(intervalMs, undefined, { ref: false }), line.changed.promise]);
  }
}
