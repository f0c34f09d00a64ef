import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createLogger } from '../../common/log.ts';
import { readSettings, SettingsError } from '../../common/settings.ts';
import { authorizationSettings } from '../authorization-settings.ts';
import { EditError } from '../clients/edits.ts';
import { createFileRegistry } from '../clients/registry.ts';
import { sandboxScopes } from '../clients/sandbox-clients.ts';
import { clientsFileOf } from '../clients/settings.ts';
import { ANONYMOUS } from '../rights/caller-rights.ts';
import type { CallerRights } from '../rights/rule.ts';
import { gatewaySettings } from '../settings.ts';
import { clientSchema } from './client-schema.ts';

const USAGE = `npm run --silent schema -- --client NAME | --scope "orders:read customers:read" [--policy "a b"]

  Prints the schema as a client sees it, for its code generator: a client of the registry, or of the sandbox when the
  registry has no such name, or whoever has these scopes. With neither option: as somebody without a token sees it.
  --policy names the policies that hold for the client; without it none does.
`;

async function main(args: string[]): Promise<string> {
  const { supergraph } = gatewaySettings;
  const settings = readSettings({ ...authorizationSettings, supergraph }, process.env);
  const { client, scope, policy = '' } = parse(args);
  const scopes = client === undefined ? words(scope) : await scopesOf(client, clientsFileOf(settings));
  const rights: CallerRights =
    scopes === null ? ANONYMOUS : { isAuthenticated: true, scopes: new Set(scopes), policies: new Set(words(policy)) };
  const supergraphSdl = await readFile(settings.supergraph, 'utf8');
  return clientSchema(supergraphSdl, rights, { undeclaredFields: settings.rightsDefault });
}

async function scopesOf(client: string, path: string): Promise<readonly string[]> {
  const registry = createFileRegistry({ path, log: createLogger({ level: 'warn', name: 'schema' }) });
  const scopes = (await registry.current()).clients.get(client)?.scopes ?? sandboxScopes(client);
  if (scopes === null) throw new EditError(`There is no client "${client}"`);
  return scopes;
}

function words(text: string | undefined): string[] | null {
  return text === undefined ? null : text.split(/[ ,]+/).filter((word) => word !== '');
}

function parse(args: string[]): { client?: string; scope?: string; policy?: string } {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args, options: { client: text, scope: text, policy: text } });
    if (values.client === undefined || values.scope === undefined) return values;
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
