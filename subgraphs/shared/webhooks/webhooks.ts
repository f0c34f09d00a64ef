import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../../common/log.ts';
import type { Redis } from '../../../common/redis.ts';
import type { RecordCache } from '../record-cache.ts';
import type { ChangedRecords } from './changed-records.ts';
import { createMemoryDuplicates, createRedisDuplicates } from './duplicates.ts';
import { createReceive } from './receive.ts';
import { createRereadQueue, type RereadQueueOptions } from './reread-queue.ts';
import type { SourceWebhook } from './webhook.ts';
import { addWebhookRoutes, type OnWebhook } from './webhook-routes.ts';

export interface WebhooksDeps {
  /** Of the sources that have a secret for them. */
  webhooks: readonly SourceWebhook[];
  /** The one that the sources read through. */
  cache: RecordCache;
  /** Of the domain that has the source. */
  changed(source: string): ChangedRecords;
  /** See WebhookRouteDeps. */
  publicUrl(): string;
  log: Logger;
  /** Shared by replicas, so that each event counts once for all of them. */
  redis?: Redis | null;
  /** Told of every webhook, refused ones too. */
  onWebhook?: OnWebhook;
  options?: RereadQueueOptions;
}

/** The webhooks of a process that holds sources. */
export interface Webhooks {
  addRoutes(server: FastifyInstance): void;
  /** Resolves when every changed record was read, or given up. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export function createWebhooks(deps: WebhooksDeps): Webhooks {
  const { webhooks, cache, changed, publicUrl, log, redis = null, onWebhook = () => {}, options } = deps;
  const queue = createRereadQueue({ changed, log, options });
  const duplicates = redis ? createRedisDuplicates(redis) : createMemoryDuplicates();
  const receive = createReceive({ cache, changed, duplicates, queue });
  return {
    addRoutes: (server) => addWebhookRoutes(server, { webhooks, receive, publicUrl, log, onWebhook }),
    idle: queue.idle,
    close: queue.close,
  };
}
