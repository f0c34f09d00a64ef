import { join } from 'node:path';
import { z } from 'zod';
import { privateKeysSchema } from '../../common/ed25519.ts';
import { type Parsed, setting } from '../../common/settings.ts';
import { stateSettings } from '../clients/settings.ts';

/** Settings of the embedded issuer. */
export const issuerSettings = {
  ...stateSettings,
  publicUrl: setting({
    name: 'PUBLIC_URL',
    schema: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }),
    default: null,
    description: 'the address under which callers reach the gateway; names the embedded issuer in its tokens',
  }),
  issuerKeys: setting({
    name: 'ISSUER_KEYS',
    schema: privateKeysSchema,
    default: null,
    secret: true,
    description:
      'private Ed25519 keys (PEM) of the embedded issuer: the first signs, all verify; default: a key made at first start, in STATE_DIR',
  }),
  tokenTtlSeconds: setting({
    name: 'TOKEN_TTL_S',
    schema: z
      .string()
      .regex(/^\d{1,4}$/, 'expected seconds, 60 to 3600')
      .transform(Number)
      .refine((seconds) => seconds >= 60 && seconds <= 3600, 'expected seconds, 60 to 3600'),
    default: '600',
    description: 'how long tokens of the embedded issuer live, in seconds',
  }),
} as const;

/** Of `npm run token` alone. */
export const clientSecretSetting = setting({
  name: 'CLIENT_SECRET',
  schema: z.string(),
  default: null,
  secret: true,
  description: "the client's secret: then the running gateway is asked for a token, as the client would",
});

export function keyFileOf({ stateDir }: Pick<Parsed<typeof issuerSettings>, 'stateDir'>): string {
  return join(stateDir, 'issuer-keys.json');
}

/** What tokens of the embedded issuer are for. */
export function audienceOf(publicUrl: string): string {
  return `${publicUrl.replace(/\/$/, '')}/graphql`;
}
