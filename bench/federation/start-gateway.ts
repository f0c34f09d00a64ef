import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Gateway, PEERS, type Stage } from './gateways.ts';
import { bodyOf, type OperationName } from './operations.ts';
import { GATEWAY_CORE, type PinnedProcess, startPinned } from './pinned-process.ts';

export interface RunningGateway extends Disposable {
  process: PinnedProcess;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Asks once; the text of the answer. */
  ask(query: OperationName): Promise<string>;
}

const START_TRIES = 150;
const TRY_MS = 200;

/** Started, and answering. */
export async function startGateway(
  gateway: Gateway,
  stage: Stage,
  { nodeOptions, hasChannel }: { nodeOptions: string; hasChannel?: boolean },
): Promise<RunningGateway> {
  const port = await freePort();
  const process = startPinned({
    core: GATEWAY_CORE,
    command: gateway.command(stage, port),
    env: { NODE_OPTIONS: nodeOptions, ...gateway.env(stage, port) },
    logFile: join(stage.folder, `${gateway.name}.log`),
    cwd: PEERS,
    hasChannel,
  });
  const url = `http://127.0.0.1:${port}${gateway.path}`;
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...gateway.headers(stage) };
  const ask = async (query: OperationName) => {
    const response = await fetch(url, { method: 'POST', headers, body: bodyOf(query) });
    return response.text();
  };
  try {
    await waitUntilAnswering(() => ask('small'));
  } catch (error) {
    process[Symbol.dispose]();
    throw new Error(`${gateway.name}: ${(error as Error).message}\n${process.tail()}`);
  }
  return { process, url, headers, ask, [Symbol.dispose]: () => process[Symbol.dispose]() };
}

async function waitUntilAnswering(ask: () => Promise<string>): Promise<void> {
  let last = 'no connection';
  for (let attempt = 0; attempt < START_TRIES; attempt += 1) {
    last = await ask().catch(() => last);
    if (last.startsWith('{"data":{')) return;
    await pause(TRY_MS);
  }
  throw new Error(`no data within ${(START_TRIES * TRY_MS) / 1000} s, but: ${last.slice(0, 500)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
