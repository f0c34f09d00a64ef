import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { createClock } from '../../common/clock.ts';
import type { Dataset } from '../../sandbox/data/dataset.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import type { HubspotConfig } from '../../subgraphs/crm/connectors/hubspot/config.ts';
import { createHubspotSource } from '../../subgraphs/crm/connectors/hubspot/connector.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { portalDataset } from './crm-portal.ts';

/** One request as it went out. */
export interface SentRequest {
  /** `POST /crm/v3/objects/contacts/batch/read` */
  route: string;
  query: URLSearchParams;
  body: unknown;
}

/** HubSpot's connector before the sandbox's HubSpot server, with everything that it sends. */
export async function startHubspot(
  options: { dataset?: Dataset; sandbox?: SandboxOptions; config?: Partial<HubspotConfig> } = {},
) {
  const { dataset = portalDataset() } = options;
  const sandbox = await startSandbox({ dataset, ...options.sandbox });
  const recorder = createRecorder();
  const config = { name: 'hubspot', url: sandbox.urls.hubspot, ...SANDBOX_CREDENTIALS.hubspot, ...options.config };
  const cache = createRecordCache();
  const deps = { cache, clock: sandbox.clock, dispatcher: recorder.dispatcher, random: () => 0 };
  const source = createHubspotSource(config, deps);
  return {
    source,
    config,
    cache,
    deps,
    sandbox,
    hubspot: dataset.hubspot,
    sent: recorder.sent,
    routes: () => recorder.sent.map(({ route }) => route),
    [Symbol.asyncDispose]: async () => {
      await source.close();
      await recorder.dispatcher.close();
      await sandbox.close();
    },
  };
}

function createRecorder() {
  const sent: SentRequest[] = [];
  const record = (dispatch: Dispatcher['dispatch']): Dispatcher['dispatch'] => {
    return (request, handler) => {
      const [path, query] = String(request.path).split('?', 2);
      const body = typeof request.body === 'string' ? JSON.parse(request.body) : null;
      sent.push({ route: `${request.method} ${path}`, query: new URLSearchParams(query ?? ''), body });
      return dispatch(request, handler);
    };
  };
  return { sent, dispatcher: new Agent().compose(record) };
}

/** A HubSpot that answers what the test says, for what the sandbox never does. */
export async function startFakeHubspot(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const recorder = createRecorder();
  const clock = createClock({ asOf: new Date('2026-11-02T09:00:00Z') });
  const source = createHubspotSource(
    { name: 'hubspot', url: `http://127.0.0.1:${port}`, token: 'secret-token' },
    { cache: createRecordCache(), clock, dispatcher: recorder.dispatcher, random: () => 0 },
  );
  return {
    source,
    sent: recorder.sent,
    [Symbol.asyncDispose]: async () => {
      await recorder.dispatcher.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
