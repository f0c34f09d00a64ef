import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
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
  schema: z.string().transform(toPublicKeys),
  default: null,
  // Not secret; but a PEM file is how keys are kept, and `_FILE` comes with `secret`.
  secret: true,
  description:
    "identity's public Ed25519 key (PEM), several behind each other while it changes; without one nobody may ask for parties",
});

export const identityPrivateKeySetting = setting({
  name: 'IDENTITY_PRIVATE_KEY',
  schema: z.string().transform((text, context) => toKey(text, context, 'private', createPrivateKey)),
  secret: true,
  description: "identity's private Ed25519 key (PEM): proves to the other subgraphs that it is identity who asks",
});

const PUBLIC_PEM = /-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g;

function toPublicKeys(text: string, context: z.RefinementCtx): KeyObject[] {
  const blocks = text.match(PUBLIC_PEM) ?? [text];
  return blocks.map((pem) => toKey(pem, context, 'public', createPublicKey));
}

function toKey(
  pem: string,
  context: z.RefinementCtx,
  kind: 'public' | 'private',
  read: (pem: string) => KeyObject,
): KeyObject {
  try {
    const key = read(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below: the reason would quote the key.
  }
  context.addIssue({ code: 'custom', message: `expected a ${kind} Ed25519 key in PEM` });
  return z.NEVER;
}
