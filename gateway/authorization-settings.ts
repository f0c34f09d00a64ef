import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createCallerSigner, gatewayPrivateKeySetting } from '../common/caller-header.ts';
import type { Logger } from '../common/log.ts';
import { type Redis, redisFrom, redisSettings } from '../common/redis.ts';
import { createMemoryRowRuleStore, createRedisRowRuleStore, type RowRuleStore } from '../common/row-rule-store.ts';
import { type Parsed, setting } from '../common/settings.ts';
import type { Authorization } from './authorization.ts';
import type { ClientRecord } from './clients/client-file.ts';
import { authenticationSettings, createAuthentication } from './issuer/authentication.ts';

/** Who may see what: settings of every process that holds a gateway. */
export const authorizationSettings = {
  ...authenticationSettings,
  rightsDefault: setting({
    name: 'RIGHTS_DEFAULT',
    schema: z.enum(['authenticated', 'public'], 'expected authenticated or public'),
    default: 'authenticated',
    description: 'who may see fields that carry no directive: any good token, or everybody',
  }),
  ...redisSettings,
  gatewayPrivateKey: gatewayPrivateKeySetting,
};

export interface AuthorizationDeps {
  /** The address under which callers reach the gateway; it names the embedded issuer. */
  publicUrl: string;
  log: Logger;
  /** The sandbox's own clients. */
  sandboxClients?: readonly ClientRecord[];
  /** Default: in Redis, if there is one. */
  rowRules?: RowRuleStore;
}

export interface RunningAuthorization extends AsyncDisposable {
  authorization: Authorization;
  /** The embedded issuer's routes. */
  addRoutes(server: FastifyInstance): Promise<void>;
  /** Where row rules are that are too long for a header. */
  rowRules: RowRuleStore;
  /** What replicas share; null when none is configured. */
  redis: Redis | null;
}

export async function createAuthorization(
  settings: Parsed<typeof authorizationSettings>,
  { publicUrl, log, sandboxClients, rowRules: own }: AuthorizationDeps,
): Promise<RunningAuthorization> {
  await using started = new AsyncDisposableStack();
  const { rightsDefault, gatewayPrivateKey: privateKey } = settings;
  const redis = redisFrom(settings, { name: 'gateway', log });
  if (redis) started.defer(() => redis.close());
  const authentication = started.use(await createAuthentication(settings, { publicUrl, log, redis, sandboxClients }));
  const rowRules = own ?? (redis ? createRedisRowRuleStore(redis) : createMemoryRowRuleStore());
  const running = started.move();
  return {
    authorization: {
      authenticate: authentication.authenticate,
      undeclaredFields: rightsDefault,
      policies: new Map(),
      sign: privateKey && createCallerSigner({ privateKey, rowRules }),
    },
    addRoutes: authentication.addRoutes,
    rowRules,
    redis,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
