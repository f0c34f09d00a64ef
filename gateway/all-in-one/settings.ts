import { timeZoneSetting } from '../../common/service.ts';
import { identitySettings } from '../../subgraphs/identity/main.ts';
import { cacheSettings } from '../../subgraphs/shared/cache/settings.ts';
import { syncSettings } from '../../subgraphs/shared/links/settings.ts';
import { gatewaySettings } from '../settings.ts';

const { supergraph: _ownOnly, subgraphConnections: _httpOnly, ...inherited } = gatewaySettings;

/** Settings of the one process, beside those of the sources and, without sources, the sandbox's. */
export const allInOneSettings = {
  ...inherited,
  timeZone: timeZoneSetting,
  identityKeys: identitySettings.identityKeys,
  operatorLinks: identitySettings.operatorLinks,
  ...cacheSettings,
  ...syncSettings,
};
