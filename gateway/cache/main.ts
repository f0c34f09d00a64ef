import { readSettings, SettingsError } from '../../common/settings.ts';
import { CacheCommandError, runCacheCommand } from './command.ts';
import { cacheCommandSettings } from './settings.ts';

/** `npm run cache -- erase|invalidate`. */
async function main(args: readonly string[]): Promise<void> {
  const { adminUrls, cacheKey } = readSettings(cacheCommandSettings, process.env);
  if (cacheKey === null)
    throw new CacheCommandError('CACHE_INVALIDATION_KEY: is required, the one of the running parts');
  process.stdout.write(`${await runCacheCommand(args, { adminUrls, key: cacheKey })}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  const isTheirs = error instanceof CacheCommandError || error instanceof SettingsError;
  process.stderr.write(`${isTheirs ? error.message : String(error)}\n`);
}
