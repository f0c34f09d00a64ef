import { z } from 'zod';
import { setting } from '../../common/settings.ts';

/** Where another subgraph's service is. */
export function serviceUrlSetting(name: string, fallback: string) {
  const schema = z.url({ protocol: /^https?$/, error: 'expected an http or https address' });
  return setting({ name, schema, default: fallback, description: `address of the subgraph's service` });
}
