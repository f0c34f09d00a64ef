import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** Reads one private Ed25519 key from PEM. */
export const privateKeySchema = z
  .string()
  .transform((text, context) => toKey(text, context, 'private', createPrivateKey));

/** Several private keys behind each other while one replaces another. */
export const privateKeysSchema = z
  .string()
  .transform((text, context) =>
    blocksOf(text, 'PRIVATE').map((pem) => toKey(pem, context, 'private', createPrivateKey)),
  );

/** Several public keys behind each other while one replaces another. */
export const publicKeysSchema = z
  .string()
  .transform((text, context) => blocksOf(text, 'PUBLIC').map((pem) => toKey(pem, context, 'public', createPublicKey)));

function blocksOf(text: string, kind: 'PRIVATE' | 'PUBLIC'): string[] {
  return text.match(new RegExp(`-----BEGIN ${kind} KEY-----[^-]*-----END ${kind} KEY-----`, 'g')) ?? [text];
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
