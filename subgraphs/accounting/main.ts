import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { createClock } from '../../common/clock.ts';
import { createLogger } from '../../common/log.ts';
import { readSettings, readSources, readTogether, SettingsError, setting } from '../../common/settings.ts';
import { createPartyAuth } from '../shared/party-http.ts';
import { createSealer, sealKeysSchema } from '../shared/seal.ts';
import { startSubgraphServer } from '../shared/subgraph.ts';
import { addDocumentRoutes } from './documents-http.ts';
import { accountingVendors, createAccountingSources } from './sources.ts';
import { createAccountingSubgraph } from './subgraph.ts';

/** Settings of the accounting subgraph as its own service, beside those of its sources. */
export const accountingSettings = {
  port: setting({
    name: 'PORT',
    schema: z.coerce.number('expected a port').int().min(0).max(65535),
    default: '4014',
    description: 'port to listen on',
  }),
  host: setting({ name: 'HOST', schema: z.string(), default: '127.0.0.1', description: 'address to listen on' }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: 'info',
    description: 'least severe level that is logged',
  }),
  timeZone: setting({
    name: 'COMPANY_TIME_ZONE',
    schema: z.string().refine(isTimeZone, 'expected an IANA time zone, as Europe/Warsaw'),
    default: 'Europe/Warsaw',
    description: "the company's time zone",
  }),
  documentsBaseUrl: setting({
    name: 'DOCUMENTS_BASE_URL',
    schema: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }),
    default: 'http://localhost:4014',
    description: 'address under which /documents of this service is reached from outside',
  }),
  identityKeys: setting({
    name: 'IDENTITY_KEYS',
    schema: sealKeysSchema,
    secret: true,
    description: 'keys that seal claims: id:base64 of 32 bytes, comma separated',
  }),
  identityPublicKey: setting({
    name: 'IDENTITY_PUBLIC_KEY',
    schema: z.string().transform(toPublicKey),
    default: null,
    // Not secret; but a PEM file is how keys are kept, and `_FILE` comes with `secret`.
    secret: true,
    description: "identity's public Ed25519 key (PEM); without it nobody may ask for parties",
  }),
};

export async function startAccounting(env: Readonly<Record<string, string | undefined>>) {
  const { settings, configured } = readTogether({
    settings: () => readSettings(accountingSettings, env),
    configured: () => readSources({ env, variable: 'ACCOUNTING_SOURCES', vendors: accountingVendors }),
  });
  const { port, host, logLevel, timeZone, documentsBaseUrl, identityKeys, identityPublicKey } = settings;
  const log = createLogger({ level: logLevel, name: 'accounting' });
  const sources = createAccountingSources(configured, { log });
  const subgraph = createAccountingSubgraph({
    sources,
    sealer: createSealer(identityKeys),
    clock: createClock({ timeZone }),
    documentsBaseUrl,
    log,
  });
  const partyAuth = identityPublicKey ? createPartyAuth({ publicKeys: [identityPublicKey] }) : undefined;
  const addRoutes = (server: Parameters<typeof addDocumentRoutes>[0]) => addDocumentRoutes(server, subgraph.documents);
  const server = await startSubgraphServer(subgraph, { port, host, log, partyAuth, addRoutes });
  log.info({ url: server.url, sources: sources.map(({ name }) => name) }, 'accounting is listening');
  const close = async () => {
    await server.close();
    await subgraph.close();
  };
  return { url: server.url, close, [Symbol.asyncDispose]: close };
}

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC';
}

function toPublicKey(text: string, context: z.RefinementCtx) {
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below: the reason would quote the key.
  }
  context.addIssue({ code: 'custom', message: 'expected a public Ed25519 key in PEM' });
  return z.NEVER;
}

if (import.meta.main) {
  try {
    const service = await startAccounting(process.env);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void service.close());
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
