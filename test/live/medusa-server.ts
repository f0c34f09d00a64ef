import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createSecretKey } from './medusa-admin.ts';
import { installMedusa } from './medusa-install.ts';
import { startPostgres } from './postgres.ts';
import { freePort, run, type Server, startServer } from './processes.ts';

export interface MedusaServer extends Server {
  url: string;
  /** A secret API key (`sk_…`) with the rights of an admin. */
  apiKey: string;
  [Symbol.asyncDispose](): Promise<void>;
}

const MIGRATE_TIMEOUT_MS = 180_000;
const START_TIMEOUT_MS = 120_000;

/** Installs what is missing, then starts a real Medusa with an empty database on free loopback ports. */
export async function startMedusa(): Promise<MedusaServer> {
  const directory = await installMedusa();
  await using started = new AsyncDisposableStack();
  const postgres = await startPostgres();
  started.defer(postgres.close);
  const env = medusaEnvironment(postgres.url);
  const admin = { email: 'admin@example.test', password: randomBytes(16).toString('hex') };
  await medusaCommand(directory, env, ['db:migrate']);
  await medusaCommand(directory, env, ['user', '--email', admin.email, '--password', admin.password]);
  const server = await startServerProcess(directory, env);
  started.defer(server.close);
  const apiKey = await createSecretKey(server.url, admin);
  const running = started.move();
  const close = (): Promise<void> => running.disposeAsync();
  return { url: server.url, apiKey, close, [Symbol.asyncDispose]: close };
}

async function startServerProcess(directory: string, env: Record<string, string>): Promise<Server & { url: string }> {
  const port = await freePort();
  const program = {
    command: process.execPath,
    args: [medusaCli(directory), 'start', '--host', '127.0.0.1', '--port', String(port)],
    cwd: directory,
    env,
    user: null,
    stopSignal: 'SIGTERM' as const,
    removeAfter: null,
  };
  const server = await startServer(program, /Server is ready on port/, START_TIMEOUT_MS);
  return { url: `http://127.0.0.1:${port}`, close: server.close };
}

/** Medusa's own command line, e.g. `medusa db:migrate`. */
async function medusaCommand(directory: string, env: Record<string, string>, args: string[]): Promise<void> {
  const command = { command: process.execPath, args: [medusaCli(directory), ...args], cwd: directory, env };
  await run({ ...command, timeoutMs: MIGRATE_TIMEOUT_MS });
}

function medusaCli(directory: string): string {
  return join(directory, 'node_modules', '@medusajs', 'cli', 'cli.js');
}

/** Only these reach Medusa: nothing of the caller's settings, and no report to the vendor. */
function medusaEnvironment(databaseUrl: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    JWT_SECRET: randomBytes(32).toString('hex'),
    COOKIE_SECRET: randomBytes(32).toString('hex'),
    MEDUSA_DISABLE_TELEMETRY: 'true',
  };
}
