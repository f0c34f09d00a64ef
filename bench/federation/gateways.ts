import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a gateway is started with. */
export interface Stage {
  /** For files of this run. */
  folder: string;
  /** Supergraph files, without and with rights. */
  plain: string;
  guarded: string;
  /** Folder of Grafbase's configurations, each named as its gateway here: Grafbase composes by itself. */
  grafbase: string;
  /** Of a client that may see all of the guarded supergraph. */
  token: string;
  /** What jeden's own settings say of that client. */
  ownSettings: Readonly<Record<string, string>>;
}

type Env = Readonly<Record<string, string>>;

/** A gateway that can be measured. */
export interface Gateway {
  name: string;
  label: string;
  /** Where it answers GraphQL. */
  path: string;
  isNode: boolean;
  /** Whether it is this product. */
  isOurs: boolean;
  /** Program and arguments; it runs in `peers`. */
  command(stage: Stage, port: number): string[];
  env(stage: Stage, port: number): Env;
  headers(stage: Stage): Env;
}

/** Gateways run in this folder, where their packages are. */
export const PEERS = fileURLToPath(new URL('./peers', import.meta.url));

/** To which answers are compared. */
export const REFERENCE = apollo('apollo', 'Apollo Server + @apollo/gateway', {});

/** To measure one more, add it here. */
export const GATEWAYS: readonly Gateway[] = [
  REFERENCE,
  apollo('apollo-undici', 'the same, undici as its HTTP client', { HTTP_CLIENT: 'undici' }),
  hive('hive', 'Hive Gateway (--jit)', {}),
  hive('hive-nodedup', 'the same, without de-duplication of sub-requests', { DEDUPLICATE: 'false' }),
  hive('hive-rr', 'Hive Gateway, native router runtime', { ROUTER_RUNTIME: 'true' }),
  hive('hive-rr-nodedup', 'the same, without de-duplication of sub-requests', {
    ROUTER_RUNTIME: 'true',
    DEDUPLICATE: 'false',
  }),
  grafbase('grafbase', 'Grafbase (Rust, `dev` of its npm package)'),
  grafbase('grafbase-nodedup', 'the same, without de-duplication of sub-requests'),
  jeden('jeden', 'jeden: token, rights, limits, logs, metrics', {}),
  jeden('jeden-nodedup', 'the same, without de-duplication of sub-requests', { SHARE_CALLS_MS: '0' }),
  jeden('jeden-kept', 'the same, its entity cache warm', { ENTITY_CACHE: 'on' }),
];

function apollo(name: string, label: string, env: Env): Gateway {
  return {
    name,
    label,
    path: '/',
    isNode: true,
    isOurs: false,
    command: () => [process.execPath, 'apollo.ts'],
    env: ({ plain }, port) => ({ SUPERGRAPH: plain, PORT: String(port), APOLLO_TELEMETRY_DISABLED: 'true', ...env }),
    headers: () => ({}),
  };
}

function hive(name: string, label: string, env: Env): Gateway {
  const program = 'node_modules/@graphql-hive/gateway/dist/bin.js';
  const jit = env.ROUTER_RUNTIME ? [] : ['--jit'];
  return {
    name,
    label,
    path: '/graphql',
    isNode: true,
    isOurs: false,
    command: ({ plain }, port) => [
      ...[process.execPath, program, 'supergraph', plain],
      ...['-c', 'hive.config.ts', '-h', '127.0.0.1', '-p', String(port), ...jit],
    ],
    env: () => env,
    headers: () => ({}),
  };
}

function grafbase(name: string, label: string): Gateway {
  const program = 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase';
  return {
    name,
    label,
    path: '/graphql',
    isNode: false,
    isOurs: false,
    command: (stage, port) => [
      ...[program, 'dev', '-c', join(stage.grafbase, `${name}.toml`)],
      ...['--listen-address', `127.0.0.1:${port}`],
    ],
    env: ({ folder }) => ({ HOME: folder }),
    headers: () => ({}),
  };
}

/** As its own service with all that it does for each request; `env` are settings of one kind of run. */
function jeden(name: string, label: string, env: Env): Gateway {
  const main = fileURLToPath(new URL('../../gateway/main.ts', import.meta.url));
  return {
    name,
    label,
    path: '/graphql',
    isNode: true,
    isOurs: true,
    command: () => [process.execPath, main],
    env: ({ guarded, folder, ownSettings }, port) => ({
      SUPERGRAPH: guarded,
      STATE_DIR: folder,
      AUDIT_FILE: join(folder, 'audit.log'),
      PORT: String(port),
      ADMIN_PORT: '0',
      ...ownSettings,
      ...env,
    }),
    headers: ({ token }) => ({ authorization: `Bearer ${token}` }),
  };
}
