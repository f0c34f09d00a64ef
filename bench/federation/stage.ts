import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger } from '../../common/log.ts';
import { addClient } from '../../gateway/clients/edits.ts';
import { createFileRegistry } from '../../gateway/clients/registry.ts';
import { createKeyFileRing } from '../../gateway/issuer/key-file.ts';
import { audienceOf } from '../../gateway/issuer/settings.ts';
import { signTokenFor } from '../../gateway/issuer/token-command.ts';
import type { Stage } from './gateways.ts';
import { composeSupergraph, SCOPES, SUBGRAPHS, subgraphSdl, type Variant } from './schema.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

const CLIENT = 'bench';
const PUBLIC_URL = 'http://localhost';
/** More than any load takes. */
const BUDGET = 1_000_000_000_000;
const TTL_SECONDS = 24 * 60 * 60;

/** Writes what the gateways read, for subgraphs at this address. */
export async function createStage(subgraphsUrl: string): Promise<Stage> {
  const folder = createTemporaryFolder();
  const supergraph = async (variant: Variant) => {
    const path = join(folder, `${variant}.graphql`);
    await writeFile(path, composeSupergraph(subgraphsUrl, variant));
    return path;
  };
  return {
    folder,
    plain: await supergraph('plain'),
    guarded: await supergraph('guarded'),
    grafbase: await writeGrafbase(join(folder, 'grafbase'), subgraphsUrl),
    token: await signToken(folder),
    ownSettings: { PUBLIC_URL, GATEWAY_PRIVATE_KEY: newPrivateKey() },
  };
}

async function writeGrafbase(folder: string, url: string): Promise<string> {
  await mkdir(folder);
  for (const name of SUBGRAPHS) await writeFile(join(folder, `${name}.graphql`), subgraphSdl(name, 'plain'));
  const parts = SUBGRAPHS.map(
    (name) => `[subgraphs.${name}]\nurl = "${url}/${name}"\nschema_path = "./${name}.graphql"\n`,
  );
  const config = parts.join('\n');
  await writeFile(join(folder, 'grafbase.toml'), config);
  const alone = `[traffic_shaping]\ninflight_deduplication = false\n\n${config}`;
  await writeFile(join(folder, 'grafbase-nodedup.toml'), alone);
  return folder;
}

/** Of the embedded issuer, whose keys and clients are in this folder. */
async function signToken(folder: string): Promise<string> {
  const log = createLogger({ level: 'warn', name: 'bench' });
  const path = join(folder, 'clients.json');
  await addClient(path, { id: CLIENT, scopes: SCOPES, rows: 'all', budget: BUDGET, expiresAt: null }, new Date());
  return signTokenFor(
    { clientId: CLIENT, scope: null, own: null },
    {
      registry: createFileRegistry({ path, log }),
      keyRing: await createKeyFileRing({ path: join(folder, 'issuer-keys.json'), log }),
      issuer: PUBLIC_URL,
      audience: audienceOf(PUBLIC_URL),
      ttlSeconds: TTL_SECONDS,
    },
  );
}

/** The gateway signs with it who asks, for the subgraphs. */
function newPrivateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
