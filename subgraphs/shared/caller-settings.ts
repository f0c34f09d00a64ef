import { z } from 'zod';
import { type CallerVerifier, createCallerVerifier, gatewayPublicKeySetting } from '../../common/caller-header.ts';
import type { Logger } from '../../common/log.ts';
import { type Redis, redisSettings } from '../../common/redis.ts';
import { createRedisRowRuleStore } from '../../common/row-rule-store.ts';
import { type Parsed, SettingsError, setting } from '../../common/settings.ts';
import type { CallerDeps } from './caller.ts';
import { createIdentityClient } from './identity-http.ts';
import { serviceUrlSetting } from './service-url.ts';

/** How a subgraph's service learns who asks. */
export const callerSettings = {
  gatewayPublicKey: gatewayPublicKeySetting,
  unsignedCallers: setting({
    name: 'UNSIGNED_CALLERS',
    schema: z.enum(['refuse', 'allow'], 'expected refuse or allow'),
    default: 'refuse',
    description: 'allow: answer everything to everybody while there is no GATEWAY_PUBLIC_KEY; for development alone',
  }),
  ...redisSettings,
};

export const domainCallerSettings = {
  ...callerSettings,
  identityUrl: serviceUrlSetting('IDENTITY_URL', 'http://127.0.0.1:4011'),
};

type CallerSettings = Parsed<typeof callerSettings>;

/** Without the gateway's key a service would answer anybody: it starts so only where that was said. */
export function checkCallers<S extends CallerSettings>(settings: S): S {
  if (settings.gatewayPublicKey || settings.unsignedCallers === 'allow') return settings;
  const { name, description } = gatewayPublicKeySetting;
  throw new SettingsError([`${name} (or ${name}_FILE): is required, or UNSIGNED_CALLERS=allow; ${description}`]);
}

interface VerifierDeps {
  /** For row rules too long for a header; null where there is none: such callers are refused. */
  redis: Redis | null;
  log: Logger;
}

/** Tells who asks a subgraph, by its name; undefined where everybody may. */
export function verifierFrom(
  { gatewayPublicKey }: CallerSettings,
  { redis, log }: VerifierDeps,
): ((audience: string) => CallerVerifier) | undefined {
  if (!gatewayPublicKey) {
    log.warn('callers are not checked: whoever reaches this service sees everything');
    return undefined;
  }
  const rowRules = redis && createRedisRowRuleStore(redis);
  return (audience) => createCallerVerifier({ publicKeys: gatewayPublicKey, audience, rowRules });
}

/** The same for a domain, with its way to identity. */
export function connectCallers(
  settings: Parsed<typeof domainCallerSettings>,
  { domain, ...deps }: VerifierDeps & { domain: string },
): { callers?: CallerDeps; close(): Promise<void> } {
  const verify = verifierFrom(settings, deps)?.(domain);
  if (!verify) return { close: async () => {} };
  const identity = createIdentityClient({ url: settings.identityUrl, domain }, { log: deps.log });
  return { callers: { verify, identity }, close: identity.close };
}
