import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpServer, listen } from '../../common/http.ts';
import { createLogger } from '../../common/log.ts';
import type { Redis } from '../../common/redis.ts';
import { readSettings } from '../../common/settings.ts';
import type { ClientRecord } from '../../gateway/clients/client-file.ts';
import { authenticationSettings, createAuthentication } from '../../gateway/issuer/authentication.ts';
import type { Authenticate } from '../../gateway/tokens/authenticate.ts';
import { useCaller } from '../../gateway/tokens/use-caller.ts';

export const PUBLIC_URL = 'https://graph.test';

export interface StateFolder extends AsyncDisposable {
  path: string;
  clientsFile: string;
}

export async function tempState(): Promise<StateFolder> {
  const root = await mkdtemp(join(tmpdir(), 'jeden-state-'));
  const path = join(root, 'state');
  return {
    path,
    clientsFile: join(path, 'clients.json'),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

interface TokenAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface TestGateway extends AsyncDisposable {
  url: string;
  /** POST /oauth/token as any OAuth client does. */
  token(form: Record<string, string>, headers?: Record<string, string>): Promise<TokenAnswer>;
  /** A token by client credentials, in the Authorization header. */
  tokenOf(id: string, secret: string, form?: Record<string, string>): Promise<string>;
  /** Who the gateway takes the bearer for, or the status with which it refuses. */
  whoami(token: string): Promise<{ status: number; caller?: Record<string, unknown> }>;
  authenticate: Authenticate;
  logged(): string;
}

export interface GatewayOptions {
  state?: StateFolder;
  redis?: Redis;
  sandboxClients?: readonly ClientRecord[];
  env?: Record<string, string>;
}

/** One replica of a gateway with everything about tokens, and a route that says who asks. */
export async function startTokenGateway(options: GatewayOptions): Promise<TestGateway> {
  const { state, redis = null, sandboxClients, env = {} } = options;
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLogger({ level: 'trace', name: 'test', destination });
  const settings = readSettings(authenticationSettings, { ...(state ? { STATE_DIR: state.path } : {}), ...env });
  const authentication = await createAuthentication(settings, { publicUrl: PUBLIC_URL, log, redis, sandboxClients });
  const server = createHttpServer({ log });
  await authentication.addRoutes(server);
  await server.register(async (scope) => {
    const callerOf = useCaller(scope, authentication.authenticate);
    scope.get('/whoami', async (request) => {
      const { scopes, ...caller } = callerOf(request);
      return { ...caller, scopes: [...scopes] };
    });
  });
  const running = await listen(server, { port: 0 });
  const token: TestGateway['token'] = async (form, headers = {}) => {
    const response = await fetch(`${running.url}/oauth/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    url: running.url,
    token,
    tokenOf: async (id, secret, form = {}) => {
      const { status, body } = await token(form, { authorization: basic(id, secret) });
      if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
      return String(body.access_token);
    },
    whoami: async (bearer) => {
      const response = await fetch(`${running.url}/whoami`, { headers: { authorization: `Bearer ${bearer}` } });
      const caller = await response.json();
      return response.ok ? { status: response.status, caller } : { status: response.status };
    },
    authenticate: authentication.authenticate,
    logged: () => lines.join(''),
    [Symbol.asyncDispose]: async () => {
      await running.close();
      await authentication.close();
    },
  };
}

export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
}

/** Asks again until the answer is the expected one; what changes on disk or in Redis counts within seconds. */
export async function eventually<T>(ask: () => Promise<T>, isExpected: (answer: T) => boolean): Promise<T> {
  const giveUpAt = performance.now() + 8000;
  for (;;) {
    const answer = await ask();
    if (isExpected(answer) || performance.now() > giveUpAt) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
