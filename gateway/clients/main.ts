import { connectRedis, redisSettings } from '../../common/redis.ts';
import { readSettings, SettingsError } from '../../common/settings.ts';
import { rotateKeys } from '../issuer/key-file.ts';
import { keyFileOf } from '../issuer/settings.ts';
import { ClientFileError } from './client-file.ts';
import { runClientCommand } from './command.ts';
import { EditError } from './edits.ts';
import { clientsFileOf, stateSettings } from './settings.ts';
import { shareRevocation } from './shared-revocations.ts';

const REDIS_TIMEOUT_MS = 5000;

/** `npm run client -- add|list|rotate|revoke|revoke-token|rotate-keys`. A secret stands on stdout alone. */
async function main(args: readonly string[]): Promise<void> {
  const settings = readSettings({ ...stateSettings, redisUrl: redisSettings.redisUrl }, process.env);
  const { redisUrl } = settings;
  const now = new Date();
  const { note, answer } = await runClientCommand(args, {
    clientsFile: clientsFileOf(settings),
    share: redisUrl === null ? null : (key, untilMs) => share(redisUrl, key, untilMs),
    rotateKeys: (isUrgent) => rotateKeys(keyFileOf(settings), now, isUrgent),
    now,
  });
  if (note) process.stderr.write(`${note}\n`);
  if (answer) process.stdout.write(`${answer}\n`);
}

async function share(url: string, key: string, untilMs: number | null): Promise<void> {
  await using redis = connectRedis({ url, name: 'jeden-client-command' });
  await redis.untilReady(REDIS_TIMEOUT_MS);
  try {
    await shareRevocation(redis, key, untilMs);
  } catch (cause) {
    const message = 'Revoked in the registry file, but Redis could not be told: replicas that read another file go on.';
    throw new EditError(`${message} Run it again.`, { cause });
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  const isTheirs = [EditError, SettingsError, ClientFileError].some((kind) => error instanceof kind);
  process.stderr.write(`${isTheirs && error instanceof Error ? error.message : String(error)}\n`);
}
