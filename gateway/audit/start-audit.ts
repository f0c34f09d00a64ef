import type { Logger } from '../../common/log.ts';
import type { Redis } from '../../common/redis.ts';
import type { Parsed } from '../../common/settings.ts';
import { type Audit, createAudit } from './audit.ts';
import { createLogSink } from './log-sink.ts';
import { createRedisSink } from './redis-sink.ts';
import type { auditSettings } from './settings.ts';

/** The audit as it is configured: lines, and Redis where there is one. Throws when the file cannot be written. */
export async function startAudit(
  settings: Parsed<typeof auditSettings>,
  { redis, log }: { redis: Redis | null; log: Logger },
): Promise<Audit> {
  const { auditFile, auditScopes: scopes, auditMaxEntries: maxEntries, auditRetentionDays: retentionDays } = settings;
  const lines = await createLogSink(auditFile);
  const sinks = redis === null ? [lines] : [lines, createRedisSink({ redis, maxEntries, retentionDays })];
  return createAudit({ sinks, scopes, isRequired: settings.auditRequired, log });
}
