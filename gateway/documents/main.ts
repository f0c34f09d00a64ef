import { readFile } from 'node:fs/promises';
import { readSettings, SettingsError } from '../../common/settings.ts';
import { stateSettings } from '../clients/settings.ts';
import { gatewaySettings } from '../settings.ts';
import { apiSchemaOf } from '../supergraph/api-schema.ts';
import { CollectError } from './collect.ts';
import { type CommandOutput, runDocumentsCommand } from './command.ts';
import { documentSettings, documentsFileOf } from './settings.ts';

/** `npm run documents -- publish|list|remove` */
async function main(args: readonly string[]): Promise<CommandOutput> {
  const { supergraph } = gatewaySettings;
  const settings = readSettings({ ...stateSettings, ...documentSettings, supergraph }, process.env);
  return runDocumentsCommand(args, {
    documentsFile: documentsFileOf(settings),
    readSchema: async () => apiSchemaOf(await readFile(settings.supergraph, 'utf8')),
  });
}

try {
  const { note, answer } = await main(process.argv.slice(2));
  if (note) process.stderr.write(`${note}\n`);
  if (answer) process.stdout.write(`${answer}\n`);
} catch (error) {
  process.exitCode = 1;
  const isTheirs = error instanceof CollectError || error instanceof SettingsError;
  process.stderr.write(`${isTheirs ? error.message : String(error)}\n`);
}
