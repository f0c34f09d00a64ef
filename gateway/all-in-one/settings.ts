import { z } from 'zod';
import { timeZoneSetting } from '../../common/service.ts';
import { setting } from '../../common/settings.ts';
import { identitySettings } from '../../subgraphs/identity/main.ts';
import { gatewaySettings } from '../settings.ts';

const { supergraph: _ownOnly, subgraphConnections: _httpOnly, ...inherited } = gatewaySettings;

/** Settings of the one process, beside those of the sources and, without sources, the sandbox's. */
export const allInOneSettings = {
  ...inherited,
  timeZone: timeZoneSetting,
  publicUrl: setting({
    name: 'PUBLIC_URL',
    schema: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }),
    default: null,
    description:
      'address under which callers reach this process, for links to documents; unset = localhost and the port',
  }),
  identityKeys: identitySettings.identityKeys,
  operatorLinks: identitySettings.operatorLinks,
};
