import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type DocumentNode, execute, parse } from 'graphql';
import { type Answer, createRawServer, toHttp } from './raw-http.ts';
import { buildSchemas } from './schema.ts';

/**
 * All subgraphs in one process, each under its name as path. In the mode `memo` an equal request gets the stored bytes of
 * the first answer, so that the gateway is what is measured; in `exec` each is executed.
 */
const { values } = parseArgs({
  options: { mode: { type: 'string', default: 'memo' }, delay: { type: 'string', default: '0' } },
});

export interface SubgraphStats {
  requests: number;
  cpuMs: number;
}

const isMemo = values.mode === 'memo';
const delayMs = Number(values.delay);
const schemas = buildSchemas();
const documents = new Map<string, DocumentNode>();
const stored = new Map<string, Buffer>();
let requests = 0;

function answer(method: string, path: string, body: string): Answer {
  if (method === 'GET') return toHttp(JSON.stringify(stats()));
  requests += 1;
  if (delayMs === 0) return answerOf(path, body);
  return pause(delayMs).then(() => answerOf(path, body));
}

function stats(): SubgraphStats {
  const { user, system } = process.cpuUsage();
  return { requests, cpuMs: (user + system) / 1000 };
}

function answerOf(path: string, body: string): Answer {
  const key = `${path} ${body}`;
  return stored.get(key) ?? run(path, body, key).catch(refuse);
}

async function run(path: string, body: string, key: string): Promise<Buffer> {
  const { query, variables, operationName } = JSON.parse(body);
  const document = documents.get(query) ?? parse(query, { noLocation: true });
  documents.set(query, document);
  const schema = schemas.get(path.slice(1))!;
  const result = await execute({ schema, document, variableValues: variables, operationName });
  const bytes = toHttp(JSON.stringify(result));
  if (isMemo) stored.set(key, bytes);
  return bytes;
}

/** Whoever else finds this port, as one whose own server had it before, must not end a run. */
function refuse(error: unknown): Buffer {
  return toHttp(JSON.stringify({ errors: [{ message: String(error) }] }));
}

const server = createRawServer(answer);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
