import { createClock } from '../../common/clock.ts';
import { createLogger } from '../../common/log.ts';
import { connectRedis } from '../../common/redis.ts';
import { hostSetting, logLevelSetting, portSetting, runService, timeZoneSetting } from '../../common/service.ts';
import { readSettings, readSources, readTogether } from '../../common/settings.ts';
import { checkCallers, connectCallers, domainCallerSettings } from '../shared/caller-settings.ts';
import { identityKeysSetting, identityPublicKeySetting } from '../shared/identity-settings.ts';
import { createPartyAuth } from '../shared/party-http.ts';
import { createRecordCache } from '../shared/record-cache.ts';
import { createSealer } from '../shared/seal.ts';
import { startSubgraphServer } from '../shared/subgraph.ts';
import { createRedisWriteMemory } from '../shared/write-memory.ts';
import { createCrmSources, crmVendors } from './sources.ts';
import { createCrmSubgraph } from './subgraph.ts';

/** Settings of the CRM subgraph as its own service, beside those of its sources. */
export const crmSettings = {
  port: portSetting('4012'),
  host: hostSetting,
  logLevel: logLevelSetting,
  timeZone: timeZoneSetting,
  identityKeys: identityKeysSetting,
  identityPublicKey: identityPublicKeySetting,
  ...domainCallerSettings,
};

export async function startCrm(env: Readonly<Record<string, string | undefined>>) {
  const { settings, configured } = readTogether({
    settings: () => checkCallers(readSettings(crmSettings, env)),
    configured: () => readSources({ env, variable: 'CRM_SOURCES', vendors: crmVendors }),
  });
  const { port, host, logLevel, timeZone, identityKeys, identityPublicKey } = settings;
  const log = createLogger({ level: logLevel, name: 'crm' });
  const redis = settings.redisUrl === null ? null : connectRedis({ url: settings.redisUrl, name: 'jeden-crm', log });
  const { callers, close: closeCallers } = connectCallers(settings, { domain: 'crm', redis, log });
  const writes = redis ? createRedisWriteMemory(redis) : undefined;
  const sources = createCrmSources(configured, { cache: createRecordCache(), clock: createClock({ timeZone }), log });
  const subgraph = createCrmSubgraph({ sources, sealer: createSealer(identityKeys), callers, writes, log });
  const partyAuth = identityPublicKey ? createPartyAuth({ publicKeys: identityPublicKey }) : undefined;
  const server = await startSubgraphServer(subgraph, { port, host, log, partyAuth });
  log.info({ url: server.url, sources: sources.map(({ name }) => name) }, 'crm is listening');
  const close = async () => {
    await server.close();
    await subgraph.close();
    await closeCallers();
    await redis?.close();
  };
  return { url: server.url, close, [Symbol.asyncDispose]: close };
}

if (import.meta.main) await runService(() => startCrm(process.env));
