import { privateKeySchema, publicKeysSchema } from '../../common/ed25519.ts';
import { setting } from '../../common/settings.ts';
import { sealKeysSchema } from './seal.ts';

/** The keys that hold the subgraphs together; identity's own is private, the others' public. */
export const identityKeysSetting = setting({
  name: 'IDENTITY_KEYS',
  schema: sealKeysSchema,
  secret: true,
  description: 'keys that seal claims and guest ids: id:base64 of 32 bytes, comma separated, the first one seals',
});

export const identityPublicKeySetting = setting({
  name: 'IDENTITY_PUBLIC_KEY',
  schema: publicKeysSchema,
  default: null,
  // Not secret; but a PEM file is how keys are kept, and `_FILE` comes with `secret`.
  secret: true,
  description:
    "identity's public Ed25519 key (PEM), several behind each other while it changes; without one nobody may ask for parties",
});

export const identityPrivateKeySetting = setting({
  name: 'IDENTITY_PRIVATE_KEY',
  schema: privateKeySchema,
  secret: true,
  description: "identity's private Ed25519 key (PEM): proves to the other subgraphs that it is identity who asks",
});
