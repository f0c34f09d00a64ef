import { parseArgs } from 'node:util';
import { createLogger } from '../../common/log.ts';
import { portSetting } from '../../common/service.ts';
import { readSettings, SettingsError } from '../../common/settings.ts';
import { EditError } from '../clients/edits.ts';
import { createFileRegistry } from '../clients/registry.ts';
import { sandboxSecret } from '../clients/sandbox-clients.ts';
import { clientsFileOf } from '../clients/settings.ts';
import { createKeyFileRing } from './key-file.ts';
import { audienceOf, clientSecretSetting, issuerSettings, keyFileOf } from './settings.ts';
import { createFixedKeyRing } from './signing-key.ts';
import { requestToken, signTokenFor, type TokenWish } from './token-command.ts';

const USAGE = `npm run --silent token -- --client NAME [--scope "orders:read"] [--own woo:customer:12] [--url ADDRESS]

  Prints a token of the embedded issuer, for trying things out. A client of the registry needs no secret here: its token
  is signed with the key in STATE_DIR. For a client of the sandbox, or with CLIENT_SECRET set, the running gateway is
  asked, at --url (default: PUBLIC_URL, else localhost).
`;

async function main(args: string[]): Promise<string> {
  const settings = readSettings(
    { ...issuerSettings, port: portSetting('4000'), clientSecret: clientSecretSetting },
    process.env,
  );
  const { url, ...wish } = parse(args);
  const issuer = settings.publicUrl ?? `http://localhost:${settings.port}`;
  const log = createLogger({ level: 'warn', name: 'token' });
  const registry = createFileRegistry({ path: clientsFileOf(settings), log });
  const isRegistered = (await registry.current()).clients.has(wish.clientId);
  const secret = settings.clientSecret ?? (isRegistered ? null : sandboxSecret(wish.clientId));
  if (secret !== null) return requestToken(url ?? issuer, secret, wish);
  const keyRing = settings.issuerKeys
    ? await createFixedKeyRing(settings.issuerKeys)
    : await createKeyFileRing({ path: keyFileOf(settings), log });
  const ttlSeconds = settings.tokenTtlSeconds;
  return signTokenFor(wish, { registry, keyRing, issuer, audience: audienceOf(issuer), ttlSeconds });
}

function parse(args: string[]): TokenWish & { url: string | null } {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args, options: { client: text, scope: text, own: text, url: text } });
    const { client, scope = null, own = null, url = null } = values;
    if (client) return { clientId: client, scope, own, url };
  } catch {
    // Told below.
  }
  throw new EditError(USAGE);
}

try {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
} catch (error) {
  process.exitCode = 1;
  const isTheirs = error instanceof EditError || error instanceof SettingsError;
  process.stderr.write(`${isTheirs ? error.message : String(error)}\n`);
}
