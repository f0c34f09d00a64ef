import { connectRedis, redisSettings } from '../../common/redis.ts';
import { readSettings, SettingsError } from '../../common/settings.ts';
import { askGraph } from './ask-graph.ts';
import { AuditCommandError, runAuditCommand } from './command.ts';
import { readFileEntries } from './read-file.ts';
import { readRedisEntries } from './redis-sink.ts';
import { auditFileSetting, auditTokenSetting } from './settings.ts';

const REDIS_TIMEOUT_MS = 5000;

/** `npm run audit -- --customer ID`: who has read this person's data. */
async function main(args: readonly string[]): Promise<void> {
  const table = { redisUrl: redisSettings.redisUrl, auditFile: auditFileSetting, auditToken: auditTokenSetting };
  const { redisUrl, auditFile, auditToken } = readSettings(table, process.env);
  const { answer, note } = await runAuditCommand(args, {
    read: readerOf(redisUrl, auditFile),
    readFile: readFileEntries,
    askGraph: (url, id) => askGraph(url, id, auditToken),
    now: new Date(),
  });
  process.stderr.write(`${note}\n`);
  if (answer) process.stdout.write(`${answer}\n`);
}

function readerOf(redisUrl: string | null, auditFile: string | null) {
  if (redisUrl !== null) return readFromRedis.bind(null, redisUrl);
  return auditFile === null ? null : readFileEntries.bind(null, auditFile);
}

async function readFromRedis(url: string, references: readonly string[], since: Date | null) {
  await using redis = connectRedis({ url, name: 'jeden-audit-command' });
  await redis.untilReady(REDIS_TIMEOUT_MS);
  return await readRedisEntries(redis, references, since);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  const isTheirs = error instanceof AuditCommandError || error instanceof SettingsError;
  process.stderr.write(`${isTheirs ? error.message : String(error)}\n`);
}
