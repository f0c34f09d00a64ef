import { z } from 'zod';
import { setting } from '../../common/settings.ts';
import { cacheSettings } from '../../subgraphs/shared/cache/settings.ts';

/** Of `npm run cache`. */
export const cacheCommandSettings = {
  adminUrls: setting({
    name: 'ADMIN_URLS',
    schema: z.string().transform((text, context) => {
      const urls = text.split(',').map((url) => url.trim().replace(/\/+$/, ''));
      if (urls.every((url) => /^https?:\/\/\S+$/.test(url))) return urls;
      context.addIssue({ code: 'custom', message: 'expected http addresses, comma separated' });
      return z.NEVER;
    }),
    default: 'http://127.0.0.1:4500',
    description: "the parts' servers for operators that npm run cache talks to, comma separated",
  }),
  cacheKey: cacheSettings.cacheKey,
};
