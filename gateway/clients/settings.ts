import { join } from 'node:path';
import { z } from 'zod';
import { type Parsed, setting } from '../../common/settings.ts';

/** Where the gateway keeps what it must remember; the commands of the operator read the same. */
export const stateSettings = {
  stateDir: setting({
    name: 'STATE_DIR',
    schema: z.string(),
    default: '.jeden',
    description: "folder of the gateway's state: the client registry and the signing keys of the embedded issuer",
  }),
  clientsFile: setting({
    name: 'CLIENTS_FILE',
    schema: z.string(),
    default: null,
    description: 'the client registry, JSON or YAML; default clients.json in STATE_DIR',
  }),
} as const;

export function clientsFileOf({ stateDir, clientsFile }: Parsed<typeof stateSettings>): string {
  return clientsFile ?? join(stateDir, 'clients.json');
}
